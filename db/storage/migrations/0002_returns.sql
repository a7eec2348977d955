-- Returns of goods, and members attached to a sale afterwards.

-- One row a return; money in 分. `earned` points were taken back: `lapsed` of them had expired
-- already, for `owed` of them no lot held anything. `paid` went back through the `back_*` tenders.
-- `kept_rank` is the level that the member's other sales reach without the returned one.
CREATE TABLE goods_return (
    op                BLOB PRIMARY KEY CHECK (length(op) = 16),
    sale_id           BLOB NOT NULL,
    member_id         BLOB,
    paid              INTEGER NOT NULL CHECK (paid >= 0),
    discount          INTEGER NOT NULL,
    redeemed          INTEGER NOT NULL CHECK (redeemed >= 0),
    redeemed_value    INTEGER NOT NULL,
    earned            INTEGER NOT NULL CHECK (earned >= 0),
    lapsed            INTEGER NOT NULL,
    owed              INTEGER NOT NULL,
    back_cash         INTEGER NOT NULL,
    back_card         INTEGER NOT NULL,
    back_wechat       INTEGER NOT NULL,
    back_alipay       INTEGER NOT NULL,
    back_stored_value INTEGER NOT NULL,
    back_other        INTEGER NOT NULL,
    kept_tier         TEXT,
    kept_rank         INTEGER,
    reason            TEXT NOT NULL,
    branch_id         BLOB NOT NULL,
    counter_id        BLOB NOT NULL,
    staff_id          BLOB,
    approver_id       BLOB,
    shift_id          BLOB,
    returned_at       INTEGER NOT NULL,
    business_day      TEXT NOT NULL
) STRICT;
CREATE INDEX goods_return_by_sale ON goods_return (sale_id);
CREATE INDEX goods_return_by_day ON goods_return (business_day, branch_id);
CREATE INDEX goods_return_by_member ON goods_return (member_id, returned_at)
    WHERE member_id IS NOT NULL;
CREATE INDEX goods_return_by_shift ON goods_return (shift_id) WHERE shift_id IS NOT NULL;

-- One row for each way the money of a return went back.
CREATE VIEW return_tender (sale_id, tender, amount, business_day, branch_id, shift_id) AS
SELECT sale_id, 'cash', back_cash, business_day, branch_id, shift_id FROM goods_return
WHERE back_cash <> 0
UNION ALL
SELECT sale_id, 'card', back_card, business_day, branch_id, shift_id FROM goods_return
WHERE back_card <> 0
UNION ALL
SELECT sale_id, 'wechat', back_wechat, business_day, branch_id, shift_id FROM goods_return
WHERE back_wechat <> 0
UNION ALL
SELECT sale_id, 'alipay', back_alipay, business_day, branch_id, shift_id FROM goods_return
WHERE back_alipay <> 0
UNION ALL
SELECT sale_id, 'stored_value', back_stored_value, business_day, branch_id, shift_id FROM goods_return
WHERE back_stored_value <> 0
UNION ALL
SELECT sale_id, 'other', back_other, business_day, branch_id, shift_id FROM goods_return
WHERE back_other <> 0;

-- What of a line came back; `quantity` counts units, or 分 where the sale was of an amount alone.
CREATE TABLE goods_return_line (
    op             BLOB NOT NULL,
    line           INTEGER NOT NULL,
    quantity       INTEGER NOT NULL CHECK (quantity > 0),
    earned         INTEGER NOT NULL,
    redeemed       INTEGER NOT NULL,
    redeemed_value INTEGER NOT NULL,
    discount       INTEGER NOT NULL,
    paid           INTEGER NOT NULL,
    PRIMARY KEY (op, line)
) STRICT, WITHOUT ROWID;

-- Maintained beside the sale: the sums of its returns, and whether nothing of it is left.
ALTER TABLE sale ADD COLUMN returned_amount INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sale ADD COLUMN returned_earned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sale ADD COLUMN returned_redeemed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sale ADD COLUMN returned_whole INTEGER NOT NULL DEFAULT 0;
ALTER TABLE counter_day ADD COLUMN returns INTEGER NOT NULL DEFAULT 0;
ALTER TABLE counter_day ADD COLUMN returned_amount INTEGER NOT NULL DEFAULT 0;
ALTER TABLE counter_day ADD COLUMN returned_earned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE counter_day ADD COLUMN returned_redeemed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reversal ADD COLUMN kept_tier TEXT;
ALTER TABLE reversal ADD COLUMN kept_rank INTEGER;

-- A member attached to a sale that was made without one; the sale's own row has him from then on.
CREATE TABLE sale_attach (
    op           BLOB PRIMARY KEY CHECK (length(op) = 16),
    sale_id      BLOB NOT NULL UNIQUE,
    member_id    BLOB NOT NULL,
    branch_id    BLOB NOT NULL,
    counter_id   BLOB NOT NULL,
    staff_id     BLOB,
    approver_id  BLOB,
    attached_at  INTEGER NOT NULL,
    business_day TEXT NOT NULL
) STRICT;
CREATE INDEX transfer_expired ON transfer (lot_id) WHERE entry = 'expire';
