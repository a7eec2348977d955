-- Leases of coupons and stored value ("holds"): what one stream alone may use, online or off.
-- Nothing here is a state: a hold is open until a row of `hold_closed` names it, so the order in
-- which grants, uses and closes arrive changes nothing.
CREATE TABLE hold (
    hold_id   BLOB PRIMARY KEY CHECK (length(hold_id) = 16),
    stream_id BLOB NOT NULL,
    member_id BLOB,
    until_at  INTEGER NOT NULL,
    token     BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_by_member ON hold (member_id, stream_id) WHERE member_id IS NOT NULL;
CREATE INDEX hold_by_stream ON hold (stream_id, until_at);

-- The coupons of a hold, with what a counter must know of one that it has not heard of yet.
CREATE TABLE hold_coupon (
    code       TEXT NOT NULL,
    hold_id    BLOB NOT NULL,
    kind       TEXT NOT NULL,
    valid_from TEXT,
    valid_to   TEXT,
    PRIMARY KEY (code, hold_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_coupon_by_hold ON hold_coupon (hold_id);

-- The stored value of a hold in 分, by bonus lot; principal has an empty `lot_id`.
CREATE TABLE hold_value (
    hold_id    BLOB NOT NULL,
    lot_id     BLOB NOT NULL,
    granted    INTEGER NOT NULL CHECK (granted > 0),
    expires_on TEXT,
    PRIMARY KEY (hold_id, lot_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE hold_spend (
    op      BLOB NOT NULL,
    hold_id BLOB NOT NULL,
    lot_id  BLOB NOT NULL,
    amount  INTEGER NOT NULL CHECK (amount > 0),
    PRIMARY KEY (op, hold_id, lot_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_spend_by_hold ON hold_spend (hold_id);

-- With an empty `code` all of the hold is closed. A coupon that a counter issued is held by it
-- under the id of the operation that issued it.
CREATE TABLE hold_closed (
    hold_id BLOB NOT NULL,
    code    TEXT NOT NULL,
    PRIMARY KEY (hold_id, code)
) STRICT, WITHOUT ROWID;

-- What a stream took in itself of a member's stored value it holds, behind this place in it.
CREATE TABLE value_closed (
    stream_id BLOB NOT NULL,
    member_id BLOB NOT NULL,
    sequence  INTEGER NOT NULL,
    PRIMARY KEY (stream_id, member_id)
) STRICT, WITHOUT ROWID;

-- Which coupons of its own a counter has held long enough.
CREATE INDEX coupon_by_counter ON coupon (counter_id, issued_at);
