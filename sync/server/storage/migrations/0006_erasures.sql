-- Phones of erased members, as keyed hashes and for a year: who registers one again was welcomed.
CREATE TABLE erased_phone (
    hash      BLOB NOT NULL CHECK (length(hash) = 32),
    member_id BLOB NOT NULL,
    until_at  INTEGER NOT NULL,
    PRIMARY KEY (hash, member_id)
) STRICT, WITHOUT ROWID;

-- Which devices have carried out an erasure: their cursor has passed it.
CREATE TABLE erasure_done (
    op        BLOB NOT NULL CHECK (length(op) = 16),
    device_id BLOB NOT NULL CHECK (length(device_id) = 16),
    done_at   INTEGER NOT NULL,
    PRIMARY KEY (op, device_id)
) STRICT, WITHOUT ROWID;
