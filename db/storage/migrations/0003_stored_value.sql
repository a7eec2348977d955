-- Stored value: principal and bonus, each a ledger of its own, in 分.
-- In each purse the sum over all accounts is 0. A balance is Σ credits − Σ debits.
CREATE TABLE value_account (
    purse   TEXT NOT NULL CHECK (purse IN ('principal', 'bonus')),
    kind    TEXT NOT NULL CHECK (kind IN ('issued', 'member', 'spent', 'refunded')),
    owner   BLOB NOT NULL,
    balance INTEGER NOT NULL,
    PRIMARY KEY (purse, kind, owner)
) STRICT, WITHOUT ROWID;

-- `debit` and `credit` are kinds of account; `member` is the row's own member's. Where and when
-- it happened stands beside each movement, so that a branch's liability is one sum over days, and
-- so that a counter of a head office knows what it holds itself.
CREATE TABLE value_transfer (
    op           BLOB NOT NULL,
    leg          INTEGER NOT NULL,
    entry        TEXT NOT NULL CHECK (entry IN ('top_up', 'spend', 'give_back', 'refund')),
    purse        TEXT NOT NULL,
    debit        TEXT NOT NULL,
    credit       TEXT NOT NULL,
    amount       INTEGER NOT NULL CHECK (amount > 0),
    member_id    BLOB NOT NULL,
    lot_id       BLOB,
    sale_id      BLOB,
    branch_id    BLOB NOT NULL,
    counter_id   BLOB NOT NULL,
    business_day TEXT NOT NULL,
    PRIMARY KEY (op, leg),
    CHECK (debit <> credit),
    CHECK ((purse = 'bonus') = (lot_id IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX value_transfer_by_member ON value_transfer (member_id, counter_id);
CREATE INDEX value_transfer_by_sale ON value_transfer (sale_id) WHERE sale_id IS NOT NULL;
CREATE INDEX value_transfer_by_day ON value_transfer (business_day, branch_id);

-- A lot of bonus; `remaining` is the fold of its movements. A lot that moves before its top-up is
-- here has `op` of zeros until then.
CREATE TABLE value_lot (
    lot_id     BLOB PRIMARY KEY CHECK (length(lot_id) = 16),
    member_id  BLOB NOT NULL,
    op         BLOB NOT NULL,
    granted    INTEGER NOT NULL,
    remaining  INTEGER NOT NULL,
    opened_on  TEXT NOT NULL,
    expires_on TEXT,
    opened_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX value_lot_open ON value_lot (member_id) WHERE remaining <> 0;

-- Top-ups, and refunds below zero: what the member paid or got, and the bonus that came or went.
-- A refund that takes one top-up back names it in `top_up`.
CREATE TABLE value_entry (
    op           BLOB PRIMARY KEY CHECK (length(op) = 16),
    kind         TEXT NOT NULL CHECK (kind IN ('top_up', 'refund')),
    member_id    BLOB NOT NULL,
    principal    INTEGER NOT NULL,
    bonus        INTEGER NOT NULL,
    tender       TEXT NOT NULL,
    reason       TEXT NOT NULL,
    branch_id    BLOB NOT NULL,
    counter_id   BLOB NOT NULL,
    staff_id     BLOB,
    approver_id  BLOB,
    shift_id     BLOB,
    entered_at   INTEGER NOT NULL,
    business_day TEXT NOT NULL,
    top_up       BLOB
) STRICT;
CREATE INDEX value_entry_by_top_up ON value_entry (top_up) WHERE top_up IS NOT NULL;
CREATE INDEX value_entry_by_member ON value_entry (member_id, entered_at);
CREATE INDEX value_entry_by_day ON value_entry (business_day, branch_id);
CREATE INDEX value_entry_by_shift ON value_entry (shift_id) WHERE shift_id IS NOT NULL;
