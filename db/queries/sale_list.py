"""Sales as the counter lists them, newest first, with what became of each.

A page continues behind the last row's id: sale ids begin with their time, so their order is that
of the sales, and the index of the day gives it without sorting.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from db.domain.ids import MemberId, SaleId, parse_id
from db.storage.database import Reader, Row
from db.storage.home import HomeIdentity
from db.storage.profiles import aliases_of

PAGE_ROWS_MAX = 200
RECEIPT_DAYS = 31
"""A till's receipt is looked for on so many days: tills number anew sooner or later."""

_COLUMNS = """
SELECT s.sale_id, s.sold_at, s.business_day, s.counter_id, s.member_id, coalesce(m.name, ''),
       coalesce(m.gender, ''), m.phone, s.due, s.earned, s.redeemed, s.items, s.till_receipt,
       CASE WHEN s.reversed_by IS NULL THEN NULL ELSE coalesce(r.manner, 'revert') END,
       s.returned_amount, s.returned_whole
FROM sale AS s
LEFT JOIN member AS m ON m.member_id = s.member_id
LEFT JOIN reversal AS r ON r.op = s.reversed_by
"""
_OF_DAY = f"""{_COLUMNS}
WHERE s.business_day = ?1 AND s.branch_id = ?2 AND s.counter_id = ?3 AND s.sale_id < ?4
ORDER BY s.sale_id DESC
"""
_OF_MEMBER = f"""{_COLUMNS}
WHERE s.member_id = ?1 AND (s.sold_at, s.sale_id) < (?2, ?3)
ORDER BY s.sold_at DESC, s.sale_id DESC
"""
_OF_RECEIPT = f"""{_COLUMNS}
WHERE s.branch_id = ?1 AND s.business_day = ?2 AND s.till_receipt = ?3
ORDER BY s.sale_id DESC
"""
_ONE = f"""{_COLUMNS}
WHERE s.sale_id = ?
"""
_LAST_ID = b"\xff" * 16
_LAST_MS = 1 << 62


@dataclass(frozen=True, slots=True)
class SaleListRow:
    """One sale; money in 分, `sold_at` UTC ms.

    `reversed_by` is undo, void, revert (its whole import was taken back) or nothing; `returned` is
    what of the amount came back, `returned_whole` says that nothing is left.
    """

    sale_id: SaleId
    sold_at: int
    business_day: str
    counter_id: bytes
    member_id: MemberId | None
    member_name: str
    member_gender: str
    member_phone: str | None
    due: int
    earned: int
    redeemed: int
    items: int
    till_receipt: str | None
    reversed_by: str | None
    returned: int
    returned_whole: bool


@dataclass(frozen=True, slots=True)
class SalePage:
    """Some sales, newest first, and whether there are older ones behind them."""

    rows: tuple[SaleListRow, ...] = ()
    more: bool = False


def counter_sales(
    reader: Reader,
    home: HomeIdentity,
    *,
    on: date,
    limit: int,
    behind: SaleListRow | None = None,
) -> SalePage:
    """Return this counter's sales of a business day, continued behind a row."""
    last = _LAST_ID if behind is None else behind.sale_id
    day = (on.isoformat(), home.branch_id, home.counter_id, last)
    return _page(reader, _OF_DAY, day, limit=limit)


def member_sales(
    reader: Reader, member_id: MemberId, *, limit: int, behind: SaleListRow | None = None
) -> SalePage:
    """Return a member's sales in every branch that is known here, continued behind a row."""
    last = (_LAST_MS, _LAST_ID) if behind is None else (behind.sold_at, behind.sale_id)
    rows: list[SaleListRow] = []
    more = False
    for one in (member_id, *aliases_of(reader, member_id)):
        page = _page(reader, _OF_MEMBER, (one, *last), limit=limit)
        rows.extend(page.rows)
        more = more or page.more
    rows.sort(key=lambda row: (row.sold_at, row.sale_id), reverse=True)
    return SalePage(tuple(rows[:limit]), more or len(rows) > limit)


def find_sales(reader: Reader, text: str, *, home: HomeIdentity, on: date) -> SalePage:
    """Return what a till's receipt or a sale's id means here, up to `RECEIPT_DAYS` ago."""
    wanted = text.strip()
    if not wanted:
        return SalePage()
    try:
        named = reader.one(_ONE, (parse_id(wanted),))
    except ValueError:
        named = None
    if named is not None:
        return SalePage((_row(named),))
    found: list[SaleListRow] = []
    for back in range(RECEIPT_DAYS):
        day = (on - timedelta(days=back)).isoformat()
        found += map(_row, reader.all(_OF_RECEIPT, (home.branch_id, day, wanted)))
    return SalePage(tuple(found))


def _page(reader: Reader, sql: str, params: tuple[object, ...], *, limit: int) -> SalePage:
    """Ask for one row more than is shown, to know whether there are more."""
    assert 0 < limit <= PAGE_ROWS_MAX, "a page has a written limit"
    found = reader.all(f"{sql} LIMIT {limit + 1}", params)
    return SalePage(tuple(map(_row, found[:limit])), len(found) > limit)


def _row(row: Row) -> SaleListRow:
    return SaleListRow(*(*row[:-1], bool(row[-1])))
