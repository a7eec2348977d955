"""What stands in a book: the questions whose answers a sale and its reversal leave as they were."""

STANDING = (
    "SELECT kind, owner, balance FROM account WHERE balance <> 0 ORDER BY 1, 2",
    "SELECT lot_id, remaining, expires_on FROM lot WHERE remaining <> 0 ORDER BY 1",
    "SELECT purse, kind, owner, balance FROM value_account WHERE balance <> 0 ORDER BY 1, 2, 3",
    "SELECT lot_id, remaining FROM value_lot WHERE remaining <> 0 ORDER BY 1",
    "SELECT code, member_id FROM coupon WHERE voided_by IS NULL ORDER BY 1",
    "SELECT code, sale_id FROM coupon_use WHERE given_back_by IS NULL ORDER BY 1",
    "SELECT source, name, owner, uses FROM offer_count WHERE uses <> 0 ORDER BY 1, 2, 3",
    "SELECT member_id, tag, held FROM member_tag WHERE undone_by IS NULL ORDER BY 1, 2, hlc",
    "SELECT * FROM member_total WHERE visits <> 0 OR earned <> 0 OR redeemed <> 0 ORDER BY 1",
    (
        "SELECT business_day, sales, amount, member_sales, member_amount, new_members, earned,"
        " redeemed, adjusted FROM counter_day WHERE sales <> 0 OR new_members <> 0"
        " OR adjusted <> 0 OR redeemed <> 0 ORDER BY 1"
    ),
    "SELECT member_id, tier, tier_rank, state FROM member ORDER BY 1",
    "SELECT gram, recency, member_row FROM member_gram ORDER BY 1, 2, 3",
    "SELECT sum(granted - spent) FROM lease WHERE state <> 'reclaimed'",
)
