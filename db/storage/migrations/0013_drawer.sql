-- The drawer opened by hand: 分 put in, or taken out (below zero), or only opened (0), for a reason.
CREATE TABLE drawer_entry (
    op           BLOB PRIMARY KEY CHECK (length(op) = 16),
    kind         TEXT NOT NULL CHECK (kind IN ('shift_cash', 'drawer_open')),
    shift_id     BLOB,
    amount       INTEGER NOT NULL CHECK ((kind = 'shift_cash') = (amount <> 0)),
    reason       TEXT NOT NULL,
    counter_id   BLOB NOT NULL,
    staff_id     BLOB,
    entered_at   INTEGER NOT NULL,
    business_day TEXT NOT NULL
) STRICT;
CREATE INDEX drawer_entry_by_shift ON drawer_entry (shift_id) WHERE shift_id IS NOT NULL;

-- Papers printed again: `printed` is the act they tell of, `copy` counts from 1.
CREATE TABLE reprint (
    op           BLOB PRIMARY KEY CHECK (length(op) = 16),
    printed      BLOB NOT NULL,
    copy         INTEGER NOT NULL CHECK (copy >= 1),
    counter_id   BLOB NOT NULL,
    staff_id     BLOB,
    entered_at   INTEGER NOT NULL,
    business_day TEXT NOT NULL
) STRICT;
CREATE INDEX reprint_by_printed ON reprint (printed, copy);
