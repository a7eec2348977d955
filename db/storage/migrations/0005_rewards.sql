-- Gifts with stock, events that awarded, tags that rules gave, points that ended or repaid.

-- One row for each act besides sales that gave, took or ended something. `points` is the change of
-- the member's points; `detail` the event, the gift's sku, or the level. `occurrence` is the key
-- under which an event counts once, `reference` the sale or the act that it follows from.
-- Maintained: `undone_by`, the act that took it back.
CREATE TABLE reward_entry (
    op           BLOB PRIMARY KEY CHECK (length(op) = 16),
    kind         TEXT NOT NULL CHECK (kind IN ('event_award', 'event_revoke', 'gift_redeem',
                                               'gift_return', 'expire', 'debt', 'tier_review')),
    member_id    BLOB NOT NULL,
    points       INTEGER NOT NULL,
    detail       TEXT NOT NULL,
    occurrence   TEXT,
    reference    BLOB,
    raised_to    TEXT,
    raised_rank  INTEGER,
    reason       TEXT NOT NULL,
    branch_id    BLOB NOT NULL,
    counter_id   BLOB NOT NULL,
    staff_id     BLOB,
    approver_id  BLOB,
    shift_id     BLOB,
    entered_at   INTEGER NOT NULL,
    business_day TEXT NOT NULL,
    undone_by    BLOB
) STRICT;
CREATE INDEX reward_entry_by_member ON reward_entry (member_id, entered_at);
CREATE INDEX reward_entry_by_day ON reward_entry (business_day, branch_id);
CREATE INDEX reward_entry_by_occurrence ON reward_entry (member_id, occurrence)
    WHERE occurrence IS NOT NULL;
CREATE INDEX reward_entry_by_reference ON reward_entry (reference) WHERE reference IS NOT NULL;
CREATE INDEX reward_entry_by_shift ON reward_entry (shift_id) WHERE shift_id IS NOT NULL;

-- Pieces of a gift that came into a branch or went out of it: what is left is the program's stock
-- and their sum.
CREATE TABLE gift_move (
    op           BLOB PRIMARY KEY CHECK (length(op) = 16),
    sku          TEXT NOT NULL,
    branch_id    BLOB NOT NULL,
    change       INTEGER NOT NULL CHECK (change <> 0),
    reason       TEXT NOT NULL,
    staff_id     BLOB,
    moved_at     INTEGER NOT NULL,
    business_day TEXT NOT NULL
) STRICT;
CREATE INDEX gift_move_by_sku ON gift_move (sku, branch_id);

-- A member has a tag when the last word on it, of those that stand, gives it. `source` is the kind
-- of the act that said it.
CREATE TABLE member_tag (
    op        BLOB NOT NULL,
    tag       TEXT NOT NULL,
    member_id BLOB NOT NULL,
    held      INTEGER NOT NULL CHECK (held IN (0, 1)),
    source    TEXT NOT NULL,
    hlc       INTEGER NOT NULL,
    undone_by BLOB,
    PRIMARY KEY (op, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_tag_by_member ON member_tag (member_id);

-- How long a lot lives without a sale of its member, as `months@day` or `months/period@day`, where
-- `day` is its last one without any; `expires_on` is maintained from his standing sales.
ALTER TABLE lot ADD COLUMN idle TEXT;
CREATE INDEX lot_by_end ON lot (expires_on) WHERE expires_on IS NOT NULL AND remaining > 0;
CREATE INDEX lot_owed ON lot (member_id) WHERE remaining < 0;
CREATE INDEX lot_idle ON lot (member_id) WHERE idle IS NOT NULL;
