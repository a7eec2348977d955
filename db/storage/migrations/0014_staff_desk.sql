-- What this counter alone knows of its people: a badge (only its digest), a PIN that counts once, the last sign-in.
CREATE TABLE staff_desk (
    staff_id      BLOB PRIMARY KEY CHECK (length(staff_id) = 16),
    badge_digest  BLOB UNIQUE,
    badge_made_at INTEGER,
    pin_once      INTEGER NOT NULL DEFAULT 0 CHECK (pin_once IN (0, 1)),
    signed_in_at  INTEGER
) STRICT, WITHOUT ROWID;
