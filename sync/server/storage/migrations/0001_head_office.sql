-- What only head office keeps, beside the members' truth: devices, codes, the feed.
CREATE TABLE device (
    device_id    BLOB PRIMARY KEY CHECK (length(device_id) = 16),
    counter_id   BLOB NOT NULL REFERENCES counter (counter_id),
    public_key   BLOB NOT NULL UNIQUE CHECK (length(public_key) = 32),
    token_hash   BLOB NOT NULL CHECK (length(token_hash) = 32),
    state        TEXT NOT NULL CHECK (state IN ('live', 'revoked')),
    app          TEXT NOT NULL,
    enrolled_at  INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX device_by_counter ON device (counter_id);

CREATE TABLE enroll_code (
    code       TEXT PRIMARY KEY,
    branch     TEXT,
    expires_at INTEGER NOT NULL,
    used_by    BLOB
) STRICT, WITHOUT ROWID;

-- What a counter wrote while it was its own authority: only there it may grant leases to itself.
CREATE TABLE former_stream (
    stream_id BLOB PRIMARY KEY CHECK (length(stream_id) = 16),
    sequence  INTEGER NOT NULL
) STRICT;

-- Leases out of the grant journal on members that a restored head office does not know yet.
CREATE TABLE pending_grant (
    lease_id  BLOB PRIMARY KEY CHECK (length(lease_id) = 16),
    member_id BLOB NOT NULL CHECK (length(member_id) = 16),
    token     BLOB NOT NULL
) STRICT;
CREATE INDEX pending_grant_by_member ON pending_grant (member_id);

-- The feed: in each bucket dense from 1; `sum256` is the digest of all rows up to this one.
CREATE TABLE feed (
    bucket   BLOB NOT NULL CHECK (length(bucket) = 16),
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    op       BLOB NOT NULL UNIQUE CHECK (length(op) = 16),
    sum256   BLOB NOT NULL CHECK (length(sum256) = 32),
    PRIMARY KEY (bucket, sequence)
) STRICT, WITHOUT ROWID;
