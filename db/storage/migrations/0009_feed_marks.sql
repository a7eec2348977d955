-- Places that this counter passed in head office's feed, with the digest there, the older the
-- sparser: where a head office that was put back to a backup can be read on from.
CREATE TABLE feed_mark (
    bucket      BLOB NOT NULL,
    sequence    INTEGER NOT NULL CHECK (sequence > 0),
    incarnation BLOB NOT NULL,
    sum256      BLOB NOT NULL CHECK (length(sum256) = 32),
    PRIMARY KEY (bucket, sequence)
) STRICT, WITHOUT ROWID;

-- What did not become part of the book: few, and looked for by name.
CREATE INDEX operation_not_applied ON operation (status) WHERE status <> 'applied';
