-- Where each bucket of the feed ends. Its row is locked by who publishes there, so that numbers are
-- given and seen in one order however many publish at once.
CREATE TABLE feed_head (
    bucket   BLOB PRIMARY KEY CHECK (length(bucket) = 16),
    sequence INTEGER NOT NULL,
    sum256   BLOB NOT NULL CHECK (length(sum256) = 32)
) STRICT, WITHOUT ROWID;
INSERT INTO feed_head (bucket, sequence, sum256)
SELECT f.bucket, f.sequence, f.sum256 FROM feed AS f
WHERE f.sequence = (SELECT max(g.sequence) FROM feed AS g WHERE g.bucket = f.bucket);
