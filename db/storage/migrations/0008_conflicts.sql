-- Profiles that change, members that turn out to be one, and what head office has to look at.

-- Which act said a field of a profile, and when by the hybrid clock; the last word stands. What it
-- said lies beside the act (`personal`); only of `frozen`, which names nobody, it lies here.
CREATE TABLE member_change (
    member_id BLOB NOT NULL,
    field     TEXT NOT NULL,
    hlc       INTEGER NOT NULL,
    op        BLOB NOT NULL CHECK (length(op) = 16),
    value     TEXT NOT NULL,
    PRIMARY KEY (member_id, field, hlc, op)
) STRICT, WITHOUT ROWID;

-- `source` answers to `target` while the merge is not undone. Neither needs to be registered yet.
CREATE TABLE member_merge (
    op        BLOB PRIMARY KEY CHECK (length(op) = 16),
    source_id BLOB NOT NULL,
    target_id BLOB NOT NULL,
    hlc       INTEGER NOT NULL,
    merged_at INTEGER NOT NULL
) STRICT;
CREATE INDEX member_merge_by_source ON member_merge (source_id);
CREATE INDEX member_merge_by_target ON member_merge (target_id);

CREATE TABLE member_unmerge (
    op       BLOB PRIMARY KEY CHECK (length(op) = 16),
    merge_op BLOB NOT NULL
) STRICT;
CREATE INDEX member_unmerge_by_merge ON member_unmerge (merge_op);

-- Who stands for whom, through all merges: what is read of `root_id` is read of these too.
CREATE TABLE member_alias (
    root_id  BLOB NOT NULL,
    alias_id BLOB NOT NULL,
    PRIMARY KEY (root_id, alias_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_alias_by_alias ON member_alias (alias_id);

-- Head office's notes about operations that do not fit together. A note is no fact: nothing is
-- computed from it, and what is decided becomes an operation of its own.
CREATE TABLE conflict (
    conflict_id BLOB PRIMARY KEY CHECK (length(conflict_id) = 16),
    kind        TEXT NOT NULL,
    subject     BLOB NOT NULL,
    other       BLOB NOT NULL,
    member_id   BLOB,
    branch_id   BLOB NOT NULL,
    detail      TEXT NOT NULL,
    recommended TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'resolved')),
    choice      TEXT,
    opened_at   INTEGER NOT NULL,
    resolved_at INTEGER,
    decision    BLOB,
    UNIQUE (kind, subject, other)
) STRICT;
CREATE INDEX conflict_open ON conflict (opened_at) WHERE state = 'open';
