-- How far a counter has said that it knows head office to hold its stream. What lies behind that
-- it may still spend as its own (`offline.spend_fresh`), so it is leased to nobody else.
CREATE TABLE stream_heard (
    stream_id BLOB PRIMARY KEY CHECK (length(stream_id) = 16),
    sequence  INTEGER NOT NULL
) STRICT;

-- Streams that two machines wrote: what was under their leases may have been spent twice.
CREATE TABLE forked_stream (
    stream_id BLOB PRIMARY KEY CHECK (length(stream_id) = 16),
    seen_at   INTEGER NOT NULL
) STRICT;
