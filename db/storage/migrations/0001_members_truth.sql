-- The first schema: identity, members, operations, the points ledger, sales, shifts.
-- Ids are 16-byte UUIDv7 blobs; money is in 分 and points are whole, both INTEGER;
-- *_at is UTC milliseconds, *_on is an ISO business day.

-- Who and where -------------------------------------------------------------------------------
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE branch (
    branch_id       BLOB PRIMARY KEY CHECK (length(branch_id) = 16),
    name            TEXT NOT NULL UNIQUE,
    timezone        TEXT NOT NULL,
    day_cut_minutes INTEGER NOT NULL CHECK (day_cut_minutes BETWEEN 0 AND 1439)
) STRICT;

-- A branch that head office knows under another id: what a shop wrote before it joined.
CREATE TABLE branch_alias (
    alias_id  BLOB PRIMARY KEY CHECK (length(alias_id) = 16),
    branch_id BLOB NOT NULL REFERENCES branch (branch_id)
) STRICT;

CREATE TABLE counter (
    counter_id   BLOB PRIMARY KEY CHECK (length(counter_id) = 16),
    branch_id    BLOB NOT NULL REFERENCES branch (branch_id),
    name         TEXT NOT NULL,
    number_block TEXT
) STRICT;

CREATE TABLE staff (
    staff_id     BLOB PRIMARY KEY CHECK (length(staff_id) = 16),
    code         TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    role         TEXT NOT NULL,
    pin_hash     TEXT NOT NULL,
    pin_misses   INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER NOT NULL DEFAULT 0,
    active       INTEGER NOT NULL DEFAULT 1,
    member_id    BLOB
) STRICT;

CREATE TABLE program (
    program_id   TEXT NOT NULL,
    version      INTEGER NOT NULL,
    effective_on TEXT NOT NULL,
    document     BLOB NOT NULL,
    PRIMARY KEY (program_id, version)
) STRICT, WITHOUT ROWID;

-- A member's tier is the highest that a standing sale raised him to, else `first_tier`: a maximum,
-- so it does not depend on the order in which sales arrive.
-- Members -------------------------------------------------------------------------------------
-- `member_row` is local (postings are small with it); `member_id` is the member everywhere.
CREATE TABLE member (
    member_row     INTEGER PRIMARY KEY,
    member_id      BLOB NOT NULL UNIQUE CHECK (length(member_id) = 16),
    number         TEXT NOT NULL,
    phone          TEXT,
    name           TEXT NOT NULL DEFAULT '',
    gender         TEXT NOT NULL DEFAULT '',
    birthday       TEXT NOT NULL DEFAULT '',
    email          TEXT NOT NULL DEFAULT '',
    city           TEXT NOT NULL DEFAULT '',
    note           TEXT NOT NULL DEFAULT '',
    channel        TEXT NOT NULL,
    referrer_id    BLOB,
    state          TEXT NOT NULL CHECK (state IN ('active', 'frozen', 'merged', 'erased')),
    alias_of       BLOB,
    tier           TEXT NOT NULL DEFAULT '',
    tier_rank      INTEGER NOT NULL DEFAULT 0,
    first_tier     TEXT NOT NULL DEFAULT '',
    home_branch_id BLOB NOT NULL,
    joined_on      TEXT NOT NULL,
    registered_at  INTEGER NOT NULL,
    external_id    TEXT,
    batch_id       BLOB
) STRICT;
CREATE INDEX member_by_number ON member (number);
CREATE INDEX member_by_phone ON member (phone) WHERE phone IS NOT NULL;
CREATE INDEX member_by_external ON member (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX member_by_batch ON member (batch_id) WHERE batch_id IS NOT NULL;

-- Substrings, pinyin and last four of every member, newest visitor first within a gram.
-- `recency` is minus the month of the last visit (year * 12 + month), so a sale rarely moves it.
CREATE TABLE member_gram (
    gram       TEXT NOT NULL,
    recency    INTEGER NOT NULL,
    member_row INTEGER NOT NULL,
    PRIMARY KEY (gram, recency, member_row)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent (
    op           BLOB NOT NULL,
    purpose      TEXT NOT NULL,
    member_id    BLOB NOT NULL,
    granted      INTEGER NOT NULL CHECK (granted IN (0, 1)),
    basis        TEXT NOT NULL,
    text_version TEXT NOT NULL,
    text_hash    TEXT NOT NULL,
    channel      TEXT NOT NULL,
    staff_id     BLOB,
    counter_id   BLOB NOT NULL,
    given_at     INTEGER NOT NULL,
    hlc          INTEGER NOT NULL,
    PRIMARY KEY (op, purpose)
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_by_member ON consent (member_id, purpose, hlc);

-- Personal data beside the chain: an operation names only its digest, so it can be erased.
CREATE TABLE personal (
    op        BLOB PRIMARY KEY,
    member_id BLOB NOT NULL,
    nonce     BLOB NOT NULL,
    payload   BLOB NOT NULL
) STRICT;
CREATE INDEX personal_by_member ON personal (member_id);

-- Operations: the log of immutable facts ----------------------------------------------------
CREATE TABLE stream (
    stream_id        BLOB PRIMARY KEY CHECK (length(stream_id) = 16),
    counter_id       BLOB NOT NULL,
    epoch            INTEGER NOT NULL,
    sequence         INTEGER NOT NULL,
    head             BLOB NOT NULL CHECK (length(head) = 32),
    hlc              INTEGER NOT NULL,
    status           TEXT NOT NULL CHECK (status IN ('live', 'closed', 'forked', 'revoked')),
    acked_sequence   INTEGER NOT NULL DEFAULT 0,
    durable_sequence INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE operation (
    stream_id   BLOB NOT NULL,
    sequence    INTEGER NOT NULL CHECK (sequence > 0),
    op          BLOB NOT NULL UNIQUE CHECK (length(op) = 16),
    kind        TEXT NOT NULL,
    hash        BLOB NOT NULL CHECK (length(hash) = 32),
    raw         BLOB NOT NULL,
    hlc         INTEGER NOT NULL,
    member_id   BLOB,
    received_at INTEGER,
    status      TEXT NOT NULL CHECK (status IN ('applied', 'quarantined', 'skipped')),
    error       TEXT,
    PRIMARY KEY (stream_id, sequence)
) STRICT;

-- An operation that came again in another stream (re-homed after a fork): it holds a place in
-- that chain, and nothing else.
CREATE TABLE repeated (
    stream_id BLOB NOT NULL,
    sequence  INTEGER NOT NULL CHECK (sequence > 0),
    op        BLOB NOT NULL,
    hash      BLOB NOT NULL CHECK (length(hash) = 32),
    raw       BLOB NOT NULL,
    PRIMARY KEY (stream_id, sequence)
) STRICT;

CREATE TABLE cursor (
    bucket      BLOB PRIMARY KEY,
    incarnation BLOB NOT NULL,
    sequence    INTEGER NOT NULL,
    count       INTEGER NOT NULL,
    sum256      BLOB NOT NULL CHECK (length(sum256) = 32)
) STRICT;

-- The points ledger: double entry, append-only ----------------------------------------------
-- A movement goes from the `debit` account to the `credit` account. Kinds: issued, member, lease,
-- redeemed, expired, debt, loss; a member's account is named by `member_id`, a lease's by
-- `lease_id`, the shop's own by nobody. The movement that opens a lot is the lot's own row, written
-- once; every other is a row here. `movement` is all of them.
CREATE TABLE transfer (
    op        BLOB NOT NULL,
    leg       INTEGER NOT NULL,
    entry     TEXT NOT NULL,
    debit     TEXT NOT NULL,
    credit    TEXT NOT NULL,
    points    INTEGER NOT NULL CHECK (points > 0),
    member_id BLOB NOT NULL,
    lot_id    BLOB NOT NULL,
    lease_id  BLOB,
    PRIMARY KEY (op, leg),
    CHECK (debit <> credit)
) STRICT, WITHOUT ROWID;

-- `op`, `leg`, `entry` and `awarded` are the movement that opened the lot; they never change.
-- `remaining` is what the lot still holds in the member's own account: a reversal may press it
-- below zero (points owed), and points under a lease are not in it. A member's lots lie together,
-- so his balance, their sum, is one page.
CREATE TABLE lot (
    member_id    BLOB NOT NULL,
    lot_id       BLOB NOT NULL CHECK (length(lot_id) = 16),
    op           BLOB NOT NULL,
    leg          INTEGER NOT NULL,
    entry        TEXT NOT NULL CHECK (entry IN ('earn', 'adjust', 'opening', 'give_back', '')),
    awarded      INTEGER NOT NULL CHECK (awarded > 0),
    remaining    INTEGER NOT NULL,
    available_on TEXT NOT NULL,
    expires_on   TEXT,
    opened_at    INTEGER NOT NULL,
    PRIMARY KEY (member_id, lot_id)
) STRICT, WITHOUT ROWID;

CREATE VIEW movement (op, leg, entry, debit, credit, points, member_id, lot_id, lease_id) AS
SELECT op, leg, entry, debit, credit, points, member_id, lot_id, lease_id FROM transfer
UNION ALL
SELECT op, leg, entry, iif(entry = 'give_back', 'redeemed', 'issued'), 'member', awarded,
       member_id, lot_id, NULL
FROM lot WHERE op <> zeroblob(16);

CREATE TABLE lease (
    lease_id  BLOB PRIMARY KEY CHECK (length(lease_id) = 16),
    member_id BLOB NOT NULL,
    stream_id BLOB NOT NULL,
    granted   INTEGER NOT NULL CHECK (granted > 0),
    spent     INTEGER NOT NULL DEFAULT 0,
    until_at  INTEGER NOT NULL,
    state     TEXT NOT NULL CHECK (state IN ('open', 'closed', 'reclaimed')),
    token     BLOB NOT NULL
) STRICT;
CREATE INDEX lease_open ON lease (member_id, stream_id) WHERE state = 'open';
CREATE INDEX lease_held ON lease (member_id) WHERE state <> 'reclaimed';

CREATE TABLE lease_lot (
    lease_id BLOB NOT NULL,
    lot_id   BLOB NOT NULL,
    granted  INTEGER NOT NULL CHECK (granted > 0),
    spent    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (lease_id, lot_id)
) STRICT, WITHOUT ROWID;

-- Every account's balance, Σ credits − Σ debits: of members from their lots, of leases from what
-- is left of them, of the shop's own from the movements. All of them add up to 0.
CREATE VIEW account (kind, owner, balance) AS
SELECT 'member', member_id, sum(remaining) FROM lot GROUP BY member_id
UNION ALL
SELECT 'lease', l.lease_id, sum(s.granted - s.spent)
FROM lease AS l JOIN lease_lot AS s ON s.lease_id = l.lease_id
WHERE l.state <> 'reclaimed' GROUP BY l.lease_id
UNION ALL
SELECT kind, x'', sum(points) FROM (
    SELECT credit AS kind, points FROM movement UNION ALL SELECT debit, -points FROM movement
) WHERE kind NOT IN ('member', 'lease') GROUP BY kind;

-- Sales and shifts ----------------------------------------------------------------------------
CREATE TABLE product (
    sku        TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    category   TEXT NOT NULL,
    brand      TEXT NOT NULL,
    size       TEXT NOT NULL,
    unit_price INTEGER
) STRICT, WITHOUT ROWID;

-- `sale_id` is the id of the operation that recorded it. gross − discount − redeemed_value = due,
-- and due = Σ paid_*: the tenders are a closed list, and one row is written faster than two.
CREATE TABLE sale (
    sale_id        BLOB PRIMARY KEY CHECK (length(sale_id) = 16),
    member_id      BLOB,
    branch_id      BLOB NOT NULL,
    counter_id     BLOB NOT NULL,
    staff_id       BLOB,
    shift_id       BLOB,
    sold_at        INTEGER NOT NULL,
    business_day   TEXT NOT NULL,
    items          INTEGER NOT NULL,
    gross          INTEGER NOT NULL,
    discount       INTEGER NOT NULL,
    redeemed       INTEGER NOT NULL,
    redeemed_value INTEGER NOT NULL,
    due            INTEGER NOT NULL,
    paid_cash      INTEGER NOT NULL DEFAULT 0,
    paid_card      INTEGER NOT NULL DEFAULT 0,
    paid_wechat    INTEGER NOT NULL DEFAULT 0,
    paid_alipay    INTEGER NOT NULL DEFAULT 0,
    paid_stored_value INTEGER NOT NULL DEFAULT 0,
    paid_other     INTEGER NOT NULL DEFAULT 0,
    earned         INTEGER NOT NULL,
    tier           TEXT NOT NULL,
    raised_to      TEXT,
    raised_rank    INTEGER,
    program        TEXT NOT NULL,
    till_receipt   TEXT,
    source         TEXT NOT NULL CHECK (source IN ('counter', 'import')),
    batch_id       BLOB,
    reversed_by    BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX sale_by_member ON sale (member_id, sold_at) WHERE member_id IS NOT NULL;
CREATE INDEX sale_by_day ON sale (business_day, branch_id);
CREATE INDEX sale_by_shift ON sale (shift_id) WHERE shift_id IS NOT NULL;
CREATE INDEX sale_by_till_receipt ON sale (branch_id, business_day, till_receipt)
    WHERE till_receipt IS NOT NULL;
CREATE INDEX sale_by_batch ON sale (batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE sale_line (
    sale_id        BLOB NOT NULL,
    line           INTEGER NOT NULL,
    sku            TEXT NOT NULL,
    name           TEXT NOT NULL,
    category       TEXT NOT NULL,
    quantity       INTEGER NOT NULL,
    unit_price     INTEGER NOT NULL,
    discount       INTEGER NOT NULL,
    amount         INTEGER NOT NULL,
    earned         INTEGER NOT NULL,
    redeemed       INTEGER NOT NULL,
    redeemed_value INTEGER NOT NULL,
    PRIMARY KEY (sale_id, line)
) STRICT, WITHOUT ROWID;

-- One row for each way a sale was paid, with what reports ask by.
CREATE VIEW sale_tender (sale_id, tender, amount, business_day, branch_id, shift_id, reversed_by) AS
SELECT sale_id, 'cash', paid_cash, business_day, branch_id, shift_id, reversed_by
FROM sale WHERE paid_cash <> 0
UNION ALL
SELECT sale_id, 'card', paid_card, business_day, branch_id, shift_id, reversed_by
FROM sale WHERE paid_card <> 0
UNION ALL
SELECT sale_id, 'wechat', paid_wechat, business_day, branch_id, shift_id, reversed_by
FROM sale WHERE paid_wechat <> 0
UNION ALL
SELECT sale_id, 'alipay', paid_alipay, business_day, branch_id, shift_id, reversed_by
FROM sale WHERE paid_alipay <> 0
UNION ALL
SELECT sale_id, 'stored_value', paid_stored_value, business_day, branch_id, shift_id, reversed_by
FROM sale WHERE paid_stored_value <> 0
UNION ALL
SELECT sale_id, 'other', paid_other, business_day, branch_id, shift_id, reversed_by
FROM sale WHERE paid_other <> 0;

CREATE TABLE reversal (
    op           BLOB PRIMARY KEY CHECK (length(op) = 16),
    sale_id      BLOB NOT NULL,
    manner       TEXT NOT NULL CHECK (manner IN ('undo', 'void')),
    reason       TEXT NOT NULL,
    branch_id    BLOB NOT NULL,
    counter_id   BLOB NOT NULL,
    staff_id     BLOB,
    approver_id  BLOB,
    shift_id     BLOB,
    reversed_at  INTEGER NOT NULL,
    business_day TEXT NOT NULL
) STRICT;
CREATE INDEX reversal_by_sale ON reversal (sale_id);
CREATE INDEX reversal_by_day ON reversal (business_day, branch_id);
CREATE INDEX reversal_by_shift ON reversal (shift_id) WHERE shift_id IS NOT NULL;

-- Points that moved without a sale: redeemed at another till, adjusted by hand, opening balances.
CREATE TABLE points_entry (
    op           BLOB PRIMARY KEY CHECK (length(op) = 16),
    kind         TEXT NOT NULL CHECK (kind IN ('redeem', 'adjust', 'opening')),
    member_id    BLOB NOT NULL,
    points       INTEGER NOT NULL,
    value        INTEGER NOT NULL,
    reason       TEXT NOT NULL,
    branch_id    BLOB NOT NULL,
    counter_id   BLOB NOT NULL,
    staff_id     BLOB,
    approver_id  BLOB,
    shift_id     BLOB,
    entered_at   INTEGER NOT NULL,
    business_day TEXT NOT NULL
) STRICT;
CREATE INDEX points_entry_by_member ON points_entry (member_id, entered_at);
CREATE INDEX points_entry_by_day ON points_entry (business_day, branch_id);
CREATE INDEX points_entry_by_shift ON points_entry (shift_id) WHERE shift_id IS NOT NULL;

CREATE TABLE shift (
    shift_id      BLOB PRIMARY KEY CHECK (length(shift_id) = 16),
    number        INTEGER NOT NULL,
    branch_id     BLOB NOT NULL,
    counter_id    BLOB NOT NULL,
    staff_id      BLOB,
    business_day  TEXT NOT NULL,
    opened_at     INTEGER NOT NULL,
    opening_float INTEGER NOT NULL,
    closed_at     INTEGER,
    closed_by     BLOB,
    counted       INTEGER,
    till_total    INTEGER
) STRICT;
CREATE INDEX shift_by_counter ON shift (counter_id, opened_at);
CREATE INDEX shift_open ON shift (counter_id) WHERE closed_at IS NULL;

-- Maintained rows: updated in the act's own transaction, provable by `verify` -----------------
CREATE TABLE member_total (
    member_id   BLOB PRIMARY KEY,
    visits      INTEGER NOT NULL DEFAULT 0,
    spend       INTEGER NOT NULL DEFAULT 0,
    earned      INTEGER NOT NULL DEFAULT 0,
    redeemed    INTEGER NOT NULL DEFAULT 0,
    first_on    TEXT,
    last_on     TEXT,
    last_at     INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE counter_day (
    branch_id       BLOB NOT NULL,
    counter_id      BLOB NOT NULL,
    business_day    TEXT NOT NULL,
    sales           INTEGER NOT NULL DEFAULT 0,
    amount          INTEGER NOT NULL DEFAULT 0,
    member_sales    INTEGER NOT NULL DEFAULT 0,
    member_amount   INTEGER NOT NULL DEFAULT 0,
    reversed_sales  INTEGER NOT NULL DEFAULT 0,
    reversed_amount INTEGER NOT NULL DEFAULT 0,
    new_members     INTEGER NOT NULL DEFAULT 0,
    earned          INTEGER NOT NULL DEFAULT 0,
    redeemed        INTEGER NOT NULL DEFAULT 0,
    adjusted        INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (branch_id, counter_id, business_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_batch (
    batch_id    BLOB PRIMARY KEY CHECK (length(batch_id) = 16),
    kind        TEXT NOT NULL CHECK (kind IN ('members', 'history')),
    source      TEXT NOT NULL,
    started_at  INTEGER NOT NULL,
    staff_id    BLOB,
    added       INTEGER NOT NULL DEFAULT 0,
    updated     INTEGER NOT NULL DEFAULT 0,
    skipped     INTEGER NOT NULL DEFAULT 0,
    reverted_at INTEGER
) STRICT;
