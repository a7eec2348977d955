"""What was sold: the size of the book, and categories with their members and preference.

Plain SQL over standing sales of some business days; what came back of them is taken off its line.
What a former system took back, and a sale that came back whole, move money and are no purchase.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from db.domain.ids import BranchId
from db.storage.database import Reader

LEVELS_MAX: Final = 3
_SALES: Final = """
SELECT count(*), coalesce(sum(CASE WHEN due < 0 THEN 1 ELSE 0 END), 0),
       count(DISTINCT coalesce(a.root_id, s.member_id)), coalesce(sum(gross), 0),
       coalesce(sum(discount), 0), coalesce(sum(due), 0),
       coalesce(sum(CASE WHEN due < 0 THEN due ELSE 0 END), 0)
FROM sale AS s LEFT JOIN member_alias AS a ON a.alias_id = s.member_id
WHERE s.reversed_by IS NULL AND s.business_day BETWEEN ?1 AND ?2
  AND (?3 IS NULL OR s.branch_id = ?3)
"""
_LINES: Final = """
SELECT count(*), count(DISTINCT l.sku) FROM sale AS s JOIN sale_line AS l ON l.sale_id = s.sale_id
WHERE s.reversed_by IS NULL AND s.business_day BETWEEN ?1 AND ?2
  AND (?3 IS NULL OR s.branch_id = ?3) AND l.sku <> ''
"""
_MEMBERS: Final = "SELECT count(*) FROM member WHERE state IN ('active', 'frozen')"
_RETURNS: Final = """
SELECT coalesce(sum(paid), 0) FROM goods_return AS r
WHERE business_day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR branch_id = ?3)
  AND NOT EXISTS (SELECT 1 FROM sale AS v WHERE v.sale_id = r.sale_id AND v.reversed_by IS NOT NULL)
"""
_CATEGORIES: Final = """
SELECT l.category, s.sale_id, coalesce(a.root_id, s.member_id), l.amount - l.redeemed_value,
       CASE WHEN s.due >= 0 AND s.returned_whole = 0 AND l.amount - l.redeemed_value >= 0
            THEN 1 ELSE 0 END
FROM sale AS s JOIN sale_line AS l ON l.sale_id = s.sale_id
LEFT JOIN member_alias AS a ON a.alias_id = s.member_id
WHERE s.reversed_by IS NULL AND s.business_day BETWEEN ?1 AND ?2
  AND (?3 IS NULL OR s.branch_id = ?3)
UNION ALL
SELECT l.category, r.sale_id, NULL, -g.paid, 0
FROM goods_return AS r JOIN goods_return_line AS g ON g.op = r.op
JOIN sale_line AS l ON l.sale_id = r.sale_id AND l.line = g.line
WHERE r.business_day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR r.branch_id = ?3)
  AND NOT EXISTS (SELECT 1 FROM sale AS v WHERE v.sale_id = r.sale_id AND v.reversed_by IS NOT NULL)
"""


@dataclass(frozen=True, slots=True)
class BookProfile:
    """How much there is: counts, and 分; `former_returns` are negative sales brought along."""

    members: int
    buyers: int
    sales: int
    former_returns: int
    lines: int
    skus: int
    gross: int
    discount: int
    due: int
    former_returned: int
    returned: int


@dataclass(frozen=True, slots=True)
class CategorySales:
    """A category: net sales in 分 (`before`: before that), lines, purchases and their members."""

    category: str
    amount: int
    lines: int
    purchases: int
    members: int
    before: int


@dataclass(frozen=True, slots=True)
class CategoryReport:
    """Categories by sales; `amount` is of all, `buyers` the members who bought anything."""

    day_from: date
    day_to: date
    amount: int
    buyers: int
    rows: tuple[CategorySales, ...]


def book_profile(
    reader: Reader, *, day_from: date, day_to: date, branch_id: BranchId | None
) -> BookProfile:
    """Return what the book holds of some business days."""
    params = (day_from.isoformat(), day_to.isoformat(), branch_id)
    sales, lines = reader.one(_SALES, params), reader.one(_LINES, params)
    assert sales is not None, "an aggregate always answers"
    assert lines is not None, "an aggregate always answers"
    count, returns, buyers, gross, discount, due, returned = sales
    return BookProfile(
        members=int(reader.value(_MEMBERS)), buyers=buyers, sales=count, former_returns=returns,
        lines=lines[0], skus=lines[1], gross=gross, discount=discount, due=due,
        former_returned=returned, returned=int(reader.value(_RETURNS, params)),
    )  # fmt: skip


def category_report(
    reader: Reader, *, day_from: date, day_to: date, branch_id: BranchId | None, level: int
) -> CategoryReport:
    """Return the categories of some business days, each path cut to `level` parts.

    Growth is against as many days before them.
    """
    now = _Tally(level)
    for row in reader.each(_CATEGORIES, (day_from.isoformat(), day_to.isoformat(), branch_id)):
        now.add(*row)
    length = day_to - day_from
    last = date.fromordinal(max(day_from.toordinal() - 1, 1))
    first = date.fromordinal(max(last.toordinal() - length.days, 1))
    before = _Tally(level)
    if last < day_from:
        for row in reader.each(_CATEGORIES, (first.isoformat(), last.isoformat(), branch_id)):
            before.add(*row)
    rows = [
        CategorySales(
            category,
            amount,
            now.lines[category],
            len(now.sales[category]),
            len(now.members[category]),
            before.amounts.get(category, 0),
        )
        for category, amount in now.amounts.items()
    ]
    rows.sort(key=lambda row: (-row.amount, row.category))
    buyers: set[bytes] = set().union(*now.members.values()) if now.members else set()
    return CategoryReport(day_from, day_to, sum(now.amounts.values()), len(buyers), tuple(rows))


class _Tally:
    """Adds lines up by category."""

    def __init__(self, level: int) -> None:
        self._level = level
        self._cut: dict[str, str] = {}
        self.amounts: dict[str, int] = {}
        self.lines: dict[str, int] = {}
        self.sales: dict[str, set[bytes]] = {}
        self.members: dict[str, set[bytes]] = {}

    def add(self, *row: object) -> None:
        """Add a line, or what of one came back."""
        path, sale_id, member_id, paid, counts = row
        assert isinstance(path, str)
        assert isinstance(paid, int)
        name = self._cut.setdefault(path, "/".join(path.split("/")[: self._level]))
        self.amounts[name] = self.amounts.get(name, 0) + paid
        self.lines[name] = self.lines.get(name, 0) + int(bool(counts))
        bought, people = self.sales.setdefault(name, set()), self.members.setdefault(name, set())
        if counts and isinstance(sale_id, bytes):
            bought.add(sale_id)
        if counts and isinstance(member_id, bytes):
            people.add(member_id)
