-- Coupons issued to members, and their single use.

-- One row a coupon. Whether it is used is said by its uses: one that was not given back stands.
-- Without `member_id` whoever brings it may use it; `counter_id` is where it was issued.
CREATE TABLE coupon (
    code       TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    member_id  BLOB,
    op         BLOB NOT NULL,
    counter_id BLOB NOT NULL,
    issued_at  INTEGER NOT NULL,
    issued_on  TEXT NOT NULL,
    valid_from TEXT,
    valid_to   TEXT,
    voided_by  BLOB
) STRICT;
CREATE INDEX coupon_by_member ON coupon (member_id) WHERE member_id IS NOT NULL;
CREATE INDEX coupon_by_kind ON coupon (kind, issued_at);
CREATE INDEX coupon_by_op ON coupon (op);
CREATE INDEX coupon_voided ON coupon (voided_by) WHERE voided_by IS NOT NULL;

CREATE TABLE coupon_use (
    sale_id       BLOB NOT NULL,
    code          TEXT NOT NULL,
    kind          TEXT NOT NULL,
    member_id     BLOB,
    value         INTEGER NOT NULL CHECK (value > 0),
    business_day  TEXT NOT NULL,
    given_back_by BLOB,
    PRIMARY KEY (sale_id, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX coupon_use_standing ON coupon_use (code) WHERE given_back_by IS NULL;
CREATE INDEX coupon_use_by_day ON coupon_use (business_day);

CREATE TABLE promotion_use (
    sale_id       BLOB NOT NULL,
    promotion     TEXT NOT NULL,
    member_id     BLOB,
    value         INTEGER NOT NULL CHECK (value > 0),
    business_day  TEXT NOT NULL,
    given_back_by BLOB,
    PRIMARY KEY (sale_id, promotion)
) STRICT, WITHOUT ROWID;
CREATE INDEX promotion_use_by_day ON promotion_use (business_day);

-- Maintained: how many standing uses there are, by `promotion` id or kind of `coupon`, and how many
-- coupons of a kind were `issued` and not voided; `owner` is a member, or empty for all. Limits look
-- here.
CREATE TABLE offer_count (
    source TEXT NOT NULL CHECK (source IN ('promotion', 'coupon', 'issued')),
    name   TEXT NOT NULL,
    owner  BLOB NOT NULL,
    uses   INTEGER NOT NULL,
    PRIMARY KEY (source, name, owner)
) STRICT, WITHOUT ROWID;
