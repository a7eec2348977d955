-- Conflicts, wishes, clocks put right and erasures as operations: every replica has the same inbox.

-- What head office found that does not fit together, as `conflict_open` says it. It was a note of
-- head office alone before.
DROP TABLE conflict;
CREATE TABLE conflict (
    conflict_id BLOB PRIMARY KEY CHECK (length(conflict_id) = 16),
    kind        TEXT NOT NULL,
    subject     BLOB NOT NULL,
    other       BLOB NOT NULL,
    member_id   BLOB,
    branch_id   BLOB NOT NULL,
    detail      TEXT NOT NULL,
    recommended TEXT NOT NULL,
    opened_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX conflict_by_subject ON conflict (subject);
CREATE INDEX conflict_by_other ON conflict (other);
CREATE INDEX conflict_by_opening ON conflict (opened_at);

-- How one was decided; `decision` is the operation that it came to, if it came to one.
CREATE TABLE conflict_close (
    op          BLOB PRIMARY KEY CHECK (length(op) = 16),
    conflict_id BLOB NOT NULL,
    choice      TEXT NOT NULL,
    decision    BLOB,
    closed_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX conflict_close_by_conflict ON conflict_close (conflict_id);

-- What a counter asks head office for. A wish about a conflict names it in `conflict_id` and what
-- it would choose; any other has a conflict of its own, whose subject is the wish.
CREATE TABLE wish (
    op          BLOB PRIMARY KEY CHECK (length(op) = 16),
    act         TEXT NOT NULL,
    member_id   BLOB,
    other       BLOB,
    conflict_id BLOB,
    reason      TEXT NOT NULL,
    branch_id   BLOB NOT NULL,
    counter_id  BLOB NOT NULL,
    staff_id    BLOB,
    approver_id BLOB,
    wished_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX wish_by_conflict ON wish (conflict_id) WHERE conflict_id IS NOT NULL;
CREATE INDEX wish_by_member ON wish (member_id) WHERE member_id IS NOT NULL;

-- Acts whose clock ran ahead: the stamp by which they count.
CREATE TABLE restamp (
    op  BLOB PRIMARY KEY CHECK (length(op) = 16),
    act BLOB NOT NULL UNIQUE CHECK (length(act) = 16),
    hlc INTEGER NOT NULL
) STRICT;

-- Whose personal data was erased: what comes late of them is taken without it.
CREATE TABLE erasure (
    op        BLOB NOT NULL CHECK (length(op) = 16),
    member_id BLOB NOT NULL,
    erased_at INTEGER NOT NULL,
    PRIMARY KEY (op, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX erasure_by_member ON erasure (member_id);

-- What two returns gave back together, each of which did not know of the other.
CREATE TABLE offers_back (
    op      BLOB PRIMARY KEY CHECK (length(op) = 16),
    sale_id BLOB NOT NULL
) STRICT;
