-- Members whom this counter does not hold and asked head office for: what names them goes again.
CREATE TABLE visitor (
    member_id  BLOB PRIMARY KEY CHECK (length(member_id) = 16),
    fetched_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
