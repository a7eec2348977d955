-- Counters that hold the members of their branch only, and its guests: who bought there.
CREATE TABLE home_counter (
    counter_id BLOB PRIMARY KEY CHECK (length(counter_id) = 16)
) STRICT, WITHOUT ROWID;
ALTER TABLE enroll_code ADD COLUMN members TEXT NOT NULL DEFAULT 'all';

CREATE TABLE guest (
    branch_id BLOB NOT NULL CHECK (length(branch_id) = 16),
    member_id BLOB NOT NULL CHECK (length(member_id) = 16),
    PRIMARY KEY (branch_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX guest_by_member ON guest (member_id);

-- What such counters are told of a branch's guests, beside the branch's own bucket: a bucket too,
-- dense from 1, of operations that lie in other branches' buckets.
CREATE TABLE guest_feed (
    bucket   BLOB NOT NULL CHECK (length(bucket) = 16),
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    op       BLOB NOT NULL CHECK (length(op) = 16),
    sum256   BLOB NOT NULL CHECK (length(sum256) = 32),
    PRIMARY KEY (bucket, sequence),
    UNIQUE (bucket, op)
) STRICT, WITHOUT ROWID;

-- Where each bucket of guests ends, locked by who writes there, as `feed_head` is.
CREATE TABLE guest_head (
    bucket   BLOB PRIMARY KEY CHECK (length(bucket) = 16),
    sequence INTEGER NOT NULL,
    sum256   BLOB NOT NULL CHECK (length(sum256) = 32)
) STRICT, WITHOUT ROWID;
