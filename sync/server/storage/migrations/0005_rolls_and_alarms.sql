-- The codes that go on with a stream's exchanges: the last one that was shown, and since when.
-- `doubted_at` is when somebody living showed an older one: two machines wrote this stream.
CREATE TABLE stream_roll (
    stream_id  BLOB PRIMARY KEY CHECK (length(stream_id) = 16),
    generation INTEGER NOT NULL,
    shown_at   INTEGER NOT NULL,
    doubted_at INTEGER
) STRICT;

-- What a person should look at: one row for each kind and device, however often it happens.
CREATE TABLE alarm (
    kind      TEXT NOT NULL,
    device_id BLOB NOT NULL CHECK (length(device_id) = 16),
    times     INTEGER NOT NULL,
    first_at  INTEGER NOT NULL,
    last_at   INTEGER NOT NULL,
    detail    TEXT NOT NULL,
    PRIMARY KEY (kind, device_id)
) STRICT, WITHOUT ROWID;
