"""The maintained rows proved: each is folded again from the facts below it and compared.

Balances from movements, lots and leases from balances' movements, totals and days from sales.
"""

from collections import defaultdict
from typing import Any

from db.services.verify.conflicts import check_erased
from db.services.verify.drawer import drawer_counts
from db.services.verify.holds import check_hold_rows
from db.services.verify.leases import check_forced
from db.services.verify.offers import OFFER_FOLDS, check_offer_counts
from db.services.verify.operations import Day, Evidence
from db.services.verify.problems import ProblemList
from db.services.verify.profiles import check_members
from db.services.verify.records import check_levels
from db.services.verify.returns import RETURN_FOLDS, RETURN_ROWS, check_returned_sales
from db.services.verify.rewards import REWARD_FOLDS, check_idle_lots, check_reward_counts
from db.services.verify.stored_value import VALUE_ENTRIES, VALUE_FOLDS
from db.storage.database import Reader

_ACCOUNTS = """
SELECT kind || ' ' || hex(owner), sum(kept), sum(folded) FROM (
    SELECT kind, owner, balance AS kept, 0 AS folded FROM account WHERE kind IN ('member', 'lease')
    UNION ALL
    SELECT 'member', member_id, 0, points FROM movement WHERE credit = 'member'
    UNION ALL
    SELECT 'member', member_id, 0, -points FROM movement WHERE debit = 'member'
    UNION ALL
    SELECT 'lease', lease_id, 0, points FROM movement WHERE credit = 'lease'
    UNION ALL
    SELECT 'lease', lease_id, 0, -points FROM movement WHERE debit = 'lease'
) GROUP BY kind, owner HAVING sum(kept) <> sum(folded)
"""
_UNBALANCED = "SELECT 'sum', sum(balance), 0 FROM account HAVING sum(balance) <> 0"
_LOTS = """
SELECT hex(l.lot_id), l.remaining, coalesce(f.points, 0)
FROM lot AS l LEFT JOIN (
    SELECT lot_id, sum(points) AS points FROM (
        SELECT lot_id, points FROM movement WHERE credit = 'member'
        UNION ALL
        SELECT lot_id, -points FROM movement WHERE debit = 'member'
    ) GROUP BY lot_id
) AS f ON f.lot_id = l.lot_id
WHERE l.remaining <> coalesce(f.points, 0)
"""
_LEASES = """
SELECT hex(s.lease_id) || ' ' || hex(s.lot_id), s.spent, coalesce(f.points, 0)
FROM lease_lot AS s LEFT JOIN (
    SELECT lease_id, lot_id, sum(points) AS points FROM (
        SELECT lease_id, lot_id, points FROM movement
        WHERE debit = 'lease' AND entry = 'redeem'
        UNION ALL
        SELECT lease_id, lot_id, -points FROM movement
        WHERE credit = 'lease' AND entry = 'give_back'
    ) GROUP BY lease_id, lot_id
) AS f ON f.lease_id = s.lease_id AND f.lot_id = s.lot_id
WHERE s.spent <> coalesce(f.points, 0)
"""
_LEASES_BACK = """
SELECT hex(s.lease_id) || ' ' || hex(s.lot_id), s.returned, coalesce(f.points, 0)
FROM lease_lot AS s LEFT JOIN (
    SELECT lease_id, lot_id, sum(points) AS points FROM (
        SELECT lease_id, lot_id, points FROM movement
        WHERE debit = 'lease' AND entry = 'reclaim'
        UNION ALL
        SELECT lease_id, lot_id, -points FROM movement
        WHERE credit = 'lease' AND entry = 'cover'
    ) GROUP BY lease_id, lot_id
) AS f ON f.lease_id = s.lease_id AND f.lot_id = s.lot_id
WHERE s.returned <> coalesce(f.points, 0)
"""
_LEASE_SUMS = """
SELECT hex(l.lease_id), l.spent + l.returned,
       coalesce(sum(s.spent), 0) + coalesce(sum(s.returned), 0)
FROM lease AS l LEFT JOIN lease_lot AS s ON s.lease_id = l.lease_id
GROUP BY l.lease_id
HAVING l.spent <> coalesce(sum(s.spent), 0) OR l.granted <> coalesce(sum(s.granted), 0)
    OR l.returned <> coalesce(sum(s.returned), 0)
"""
_TOTALS = """
SELECT hex(t.member_id), 0, 0
FROM member_total AS t LEFT JOIN (
    SELECT member_id, sum(1 - returned_whole) AS visits, sum(due - returned_amount) AS spend,
           sum(earned - returned_earned) AS earned, sum(redeemed - returned_redeemed) AS redeemed,
           min(business_day) FILTER (WHERE returned_whole = 0) AS first_on,
           max(business_day) FILTER (WHERE returned_whole = 0) AS last_on,
           max(sold_at) FILTER (WHERE returned_whole = 0) AS last_at
    FROM sale WHERE member_id IS NOT NULL AND reversed_by IS NULL GROUP BY member_id
) AS s ON s.member_id = t.member_id
LEFT JOIN (
    SELECT member_id, -sum(points) AS points FROM points_entry WHERE kind = 'redeem'
    GROUP BY member_id
) AS p ON p.member_id = t.member_id
LEFT JOIN (
    SELECT member_id, sum(points) FILTER (WHERE kind IN ('event_award', 'event_revoke')) AS earned,
           -sum(points) FILTER (WHERE kind IN ('gift_redeem', 'gift_return')) AS redeemed
    FROM reward_entry GROUP BY member_id
) AS r ON r.member_id = t.member_id
WHERE (t.visits, t.spend, t.earned, t.redeemed)
   <> (coalesce(s.visits, 0), coalesce(s.spend, 0), coalesce(s.earned, 0) + coalesce(r.earned, 0),
       coalesce(s.redeemed, 0) + coalesce(p.points, 0) + coalesce(r.redeemed, 0))
   OR t.first_on IS NOT s.first_on OR t.last_on IS NOT s.last_on OR t.last_at IS NOT s.last_at
"""
_UNCOUNTED = """
SELECT hex(member_id), 0, count(*) FROM (
    SELECT member_id FROM sale WHERE member_id IS NOT NULL AND reversed_by IS NULL
    UNION ALL SELECT member_id FROM points_entry WHERE kind = 'redeem'
    UNION ALL SELECT member_id FROM reward_entry
    WHERE kind IN ('event_award', 'event_revoke', 'gift_redeem', 'gift_return')
) WHERE member_id NOT IN (SELECT member_id FROM member_total) GROUP BY member_id
"""
_UNMARKED = """
SELECT hex(r.sale_id), 0, 1 FROM reversal AS r JOIN sale AS s USING (sale_id)
WHERE s.reversed_by IS NOT r.op
UNION ALL
SELECT hex(s.sale_id), 1, 0 FROM sale AS s
WHERE s.reversed_by IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM reversal WHERE op = s.reversed_by AND sale_id = s.sale_id)
  AND NOT EXISTS (SELECT 1 FROM operation WHERE op = s.reversed_by AND kind = 'batch_revert')
"""
_ORPHANS = """
SELECT hex(t.op), 1, 0 FROM movement AS t LEFT JOIN operation AS o ON o.op = t.op
WHERE o.op IS NULL OR o.status <> 'applied'
"""
_SALES = """
SELECT branch_id, counter_id, business_day, count(*), sum(due),
       count(member_id), coalesce(sum(due) FILTER (WHERE member_id IS NOT NULL), 0), 0, 0, 0,
       sum(earned), sum(redeemed), 0
FROM sale WHERE reversed_by IS NULL GROUP BY branch_id, counter_id, business_day
"""
_REVERSALS = """
SELECT r.branch_id, r.counter_id, r.business_day, 0, 0, 0, 0, count(*), sum(s.due), 0, 0, 0, 0
FROM reversal AS r JOIN sale AS s USING (sale_id)
GROUP BY r.branch_id, r.counter_id, r.business_day
"""
_ENTRIES = """
SELECT branch_id, counter_id, business_day, 0, 0, 0, 0, 0, 0, 0, 0,
       coalesce(-sum(points) FILTER (WHERE kind = 'redeem'), 0),
       coalesce(sum(points) FILTER (WHERE kind = 'adjust'), 0)
FROM points_entry WHERE kind <> 'opening' GROUP BY branch_id, counter_id, business_day
"""
_REWARDS = """
SELECT branch_id, counter_id, business_day, 0, 0, 0, 0, 0, 0, 0,
       coalesce(sum(points) FILTER (WHERE kind IN ('event_award', 'event_revoke')), 0),
       coalesce(-sum(points) FILTER (WHERE kind IN ('gift_redeem', 'gift_return')), 0), 0
FROM reward_entry GROUP BY branch_id, counter_id, business_day
"""
_DAYS = """
SELECT branch_id, counter_id, business_day, sales, amount, member_sales, member_amount,
       reversed_sales, reversed_amount, new_members, earned, redeemed, adjusted
FROM counter_day
"""
_KEY = 3
_FIGURES = 10
_NEW_MEMBERS = 6
_FOLDS = (
    ("account_differs", _ACCOUNTS),
    ("accounts_unbalanced", _UNBALANCED),
    ("lot_differs", _LOTS),
    ("lease_differs", _LEASES),
    ("lease_returned_differs", _LEASES_BACK),
    ("lease_sum_differs", _LEASE_SUMS),
    ("member_total_differs", _TOTALS),
    ("member_total_missing", _UNCOUNTED),
    ("reversal_mark_differs", _UNMARKED),
    ("transfer_without_operation", _ORPHANS),
)


def verify_rows(reader: Reader, problems: ProblemList, *, evidence: Evidence) -> None:
    """Fold every maintained row again and note where it differs."""
    for name, sql in (*_FOLDS, *VALUE_FOLDS, *RETURN_FOLDS, *OFFER_FOLDS, *REWARD_FOLDS):
        for where, kept, folded in reader.each(sql):
            problems.add(name, str(where).lower(), f"{kept} kept, {folded} folded")
    check_returned_sales(reader, problems)
    check_offer_counts(reader, problems, evidence.offers)
    check_reward_counts(reader, problems, evidence.rewards)
    check_hold_rows(reader, problems, evidence.holds)
    check_forced(reader, problems, evidence.leases)
    check_idle_lots(reader, problems)
    check_members(reader, problems, evidence.profiles)
    check_erased(reader, problems, evidence.conflicts)
    check_levels(reader, problems)
    _check_counts(reader, problems, evidence)
    _check_days(reader, problems, evidence)


def _check_counts(reader: Reader, problems: ProblemList, evidence: Evidence) -> None:
    """Find rows that no operation stands for."""
    said = {
        "sale": evidence.kinds["sale"],
        "reversal": evidence.kinds["reversal"],
        "points_entry": evidence.kinds["redeem"] + evidence.kinds["adjust"],
        "movement": evidence.transfers,
        **{table: evidence.kinds[kind] for table, kind in RETURN_ROWS.items()},
        **drawer_counts(evidence.kinds),
        "value_transfer": evidence.value_transfers,
        "floor_spend": evidence.floor,
        "value_entry": sum(evidence.kinds[kind] for kind in VALUE_ENTRIES),
    }
    for table, expected in said.items():
        kept = reader.value(f"SELECT count(*) FROM {table}")  # noqa: S608 - the names above
        if kept != expected:
            problems.add("rows_differ", table, f"{kept} kept, {expected} said")


def _check_days(reader: Reader, problems: ProblemList, evidence: Evidence) -> None:
    folded: dict[Day, list[int]] = defaultdict(lambda: [0] * _FIGURES)
    for sql in (_SALES, _REVERSALS, _ENTRIES, _REWARDS):
        for row in reader.each(sql):
            _add(folded, evidence, row)
    for (branch_id, counter_id, day), count in evidence.new_members.items():
        folded[branch_id, counter_id, day][_NEW_MEMBERS] += count
    kept: dict[Day, list[int]] = defaultdict(lambda: [0] * _FIGURES)
    for row in reader.each(_DAYS):
        _add(kept, evidence, row)
    for key in sorted(folded.keys() | kept.keys()):
        if folded[key] != kept[key]:
            where = f"{key[2]} {key[1].hex()}"
            problems.add("counter_day_differs", where, f"{kept[key]} kept, {folded[key]} folded")


def _add(figures: dict[Day, list[int]], evidence: Evidence, row: tuple[Any, ...]) -> None:
    key = (evidence.branch(row[0]), row[1], row[2])
    figures[key] = [a + b for a, b in zip(figures[key], row[_KEY:], strict=True)]
