-- What somebody asked for while another stream held it: told to its counter until it closes it.
-- `hold_id` with `code` is a coupon; `member_id` alone is a member's stored value.
CREATE TABLE recall (
    stream_id BLOB NOT NULL CHECK (length(stream_id) = 16),
    hold_id   BLOB NOT NULL,
    code      TEXT NOT NULL,
    member_id BLOB NOT NULL,
    asked_at  INTEGER NOT NULL,
    PRIMARY KEY (stream_id, hold_id, code, member_id)
) STRICT, WITHOUT ROWID;
