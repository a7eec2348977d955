-- What goes beyond a lease: points redeemed against the floor, leases taken back by force, and what
-- head office covers of them afterwards.

-- Maintained: what head office gave back to the member of a lease, less what it covered out of his
-- account because more was spent than the lease held. What is left is granted − spent − returned.
ALTER TABLE lease ADD COLUMN returned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lease_lot ADD COLUMN returned INTEGER NOT NULL DEFAULT 0;
UPDATE lease_lot SET returned = (
    SELECT coalesce(sum(t.points), 0) FROM transfer AS t
    WHERE t.lease_id = lease_lot.lease_id AND t.lot_id = lease_lot.lot_id AND t.entry = 'reclaim');
UPDATE lease SET returned = (
    SELECT coalesce(sum(s.returned), 0) FROM lease_lot AS s WHERE s.lease_id = lease.lease_id);

-- 1 while a lease was taken back by time alone and its holder has not said yet that he is done.
ALTER TABLE lease ADD COLUMN forced INTEGER NOT NULL DEFAULT 0 CHECK (forced IN (0, 1));
CREATE INDEX lease_forced ON lease (until_at) WHERE forced = 1;

-- Points, and coupons by what they are worth in points, that an act used beyond every lease.
-- `sequence` is its place in its stream: a counter's offline spell begins behind its last exchange.
CREATE TABLE floor_spend (
    op           BLOB PRIMARY KEY CHECK (length(op) = 16),
    stream_id    BLOB NOT NULL,
    sequence     INTEGER NOT NULL,
    member_id    BLOB,
    counter_id   BLOB NOT NULL,
    points       INTEGER NOT NULL CHECK (points >= 0),
    coupons      INTEGER NOT NULL CHECK (coupons >= 0),
    approver_id  BLOB NOT NULL,
    business_day TEXT NOT NULL
) STRICT;
CREATE INDEX floor_spend_by_stream ON floor_spend (stream_id, sequence);
CREATE INDEX floor_spend_by_member ON floor_spend (member_id, business_day);

DROP VIEW account;
CREATE VIEW account (kind, owner, balance) AS
SELECT 'member', member_id, sum(remaining) FROM lot GROUP BY member_id
UNION ALL
SELECT 'lease', lease_id, granted - spent - returned FROM lease
WHERE state <> 'reclaimed' OR granted <> spent + returned
UNION ALL
SELECT kind, x'', sum(points) FROM (
    SELECT credit AS kind, points FROM movement UNION ALL SELECT debit, -points FROM movement
) WHERE kind NOT IN ('member', 'lease') GROUP BY kind;

-- Pieces of a gift under a hold: the stock is one number for the shop, and these are one stream's.
CREATE TABLE hold_gift (
    hold_id BLOB NOT NULL,
    sku     TEXT NOT NULL,
    granted INTEGER NOT NULL CHECK (granted > 0),
    PRIMARY KEY (hold_id, sku)
) STRICT, WITHOUT ROWID;
CREATE INDEX hold_gift_by_sku ON hold_gift (sku);

-- Under which hold a piece went out.
ALTER TABLE gift_move ADD COLUMN hold_id BLOB;
CREATE INDEX gift_move_by_hold ON gift_move (hold_id) WHERE hold_id IS NOT NULL;
