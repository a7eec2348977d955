"""What stands in a book: the questions whose answers a sale and its reversal leave as they were."""

STANDING = (
    "SELECT kind, owner, balance FROM account WHERE balance <> 0 ORDER BY 1, 2",
    "SELECT lot_id, remaining FROM lot WHERE remaining <> 0 ORDER BY 1",
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
