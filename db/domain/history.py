"""Purchases of a former system, from the cells of its tables to facts, or the reason why not.

Money is in 分. What was paid (`total`) is the truth; unit prices with more than two decimals are
rounded half-up and inform only. A negative total is a return and stays negative. A time of
00:00:00 without offset means that only the day is known, and the day cut does not move it
(DECISIONS 52).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from zoneinfo import ZoneInfo

from db.domain.clock import BusinessCalendar
from db.domain.exact import MINOR_PER_UNIT

PURCHASE_COLUMNS: Final = ("purchase_id", "purchased_at")
LINE_COLUMNS: Final = ("purchase_id", "sku", "amount")
MEMBER_COLUMNS: Final = ("member_id",)
PRODUCT_COLUMNS: Final = ("sku",)
TEXT_CHARACTERS_MAX: Final = 200
MINOR_MAX: Final = 99_999_999_999
_NUMBER: Final = re.compile(r"-?\d{1,12}(?:\.\d{1,9})?", re.ASCII)
_WHOLE: Final = re.compile(r"-?\d{1,9}", re.ASCII)

Cells = Mapping[str, str]
Row = tuple[int, Cells]


@dataclass(frozen=True, slots=True)
class FormerMember:
    """A member as a former system knew him; only `external_id` is sure to be there."""

    external_id: str
    name: str = ""
    phone: str = ""
    joined_on: str = ""


@dataclass(frozen=True, slots=True)
class FormerProduct:
    """A product of the former catalogue; `category` is a path such as `food/snack`."""

    sku: str
    name: str
    category: str
    brand: str
    size: str


@dataclass(frozen=True, slots=True)
class FormerLine:
    """A line as it was sold; a return has a quantity and an amount below zero."""

    sku: str
    quantity: int
    unit_price: int
    discount: int
    amount: int


@dataclass(frozen=True, slots=True)
class FormerPurchase:
    """One purchase, or a return where `total` is below zero; `at_ms` UTC."""

    purchase_id: str
    external_member: str
    at_ms: int
    items: int
    gross: int
    discount: int
    total: int
    lines: tuple[FormerLine, ...] = ()


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that was not taken, by file and spreadsheet row, and why."""

    file: str
    row: int
    code: str


@dataclass(slots=True)
class History:
    """What the tables hold; purchases in the order of their time."""

    members: list[FormerMember] = field(default_factory=list)
    products: dict[str, FormerProduct] = field(default_factory=dict)
    purchases: list[FormerPurchase] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    lines: int = 0


class CellInvalid(ValueError):
    """A cell that makes its row unusable; the message is the code."""


def read_history(
    *,
    members: Iterable[Row],
    products: Iterable[Row],
    purchases: Iterable[Row],
    lines: Iterable[Row],
    calendar: BusinessCalendar,
) -> History:
    """Return what the rows of the four tables say; unusable rows are listed, not guessed."""
    history = History()
    known: dict[str, FormerMember] = {}
    for row, cells in members:
        with_id = _text(cells, "member_id")
        if not with_id or with_id in known:
            code = "duplicate_in_file" if with_id else "no_id"
            history.skipped.append(SkippedRow("members.csv", row, code))
            continue
        known[with_id] = _member(with_id, cells)
    history.products = {cells["sku"]: _product(cells) for _, cells in products if cells["sku"]}
    by_purchase = _lines_by_purchase(history, lines)
    _read_purchases(history, purchases, by_purchase, calendar=calendar)
    for purchase in history.purchases:
        external = purchase.external_member
        if external and external not in known:
            known[external] = FormerMember(external)
    history.members = list(known.values())
    return history


def instant_of(text: str, calendar: BusinessCalendar) -> int:
    """Return the UTC milliseconds of an ISO time; a bare day is the beginning of that shop day."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise CellInvalid("time_invalid") from None
    if at.tzinfo is None:
        if at.hour == at.minute == at.second == 0:
            return calendar.starts_at(at.date())
        at = at.replace(tzinfo=ZoneInfo(calendar.timezone))
    at_ms = int(at.astimezone(UTC).timestamp() * 1000)
    if at_ms < 0:
        raise CellInvalid("time_invalid")
    return at_ms


def _read_purchases(
    history: History,
    rows: Iterable[Row],
    by_purchase: Mapping[str, tuple[FormerLine, ...]],
    *,
    calendar: BusinessCalendar,
) -> None:
    seen: set[str] = set()
    for row, cells in rows:
        purchase_id = _text(cells, "purchase_id")
        lines = by_purchase.get(purchase_id, ())
        try:
            _check_id(purchase_id, seen)
            purchase = _purchase(cells, lines, calendar=calendar)
        except CellInvalid as fault:
            history.skipped.append(SkippedRow("purchases.csv", row, str(fault)))
            continue
        seen.add(purchase_id)
        history.purchases.append(purchase)
        history.lines += len(purchase.lines)
    history.purchases.sort(key=lambda purchase: (purchase.at_ms, purchase.purchase_id))


def _check_id(purchase_id: str, seen: set[str]) -> None:
    if not purchase_id:
        raise CellInvalid("no_id")
    if purchase_id in seen:
        raise CellInvalid("duplicate_in_file")


def _purchase(
    cells: Cells, lines: tuple[FormerLine, ...], *, calendar: BusinessCalendar
) -> FormerPurchase:
    total = _minor(cells, "total")
    discount = _minor(cells, "discount")
    gross = _minor(cells, "gross") if cells.get("gross") else total + discount
    if gross - discount != total:
        raise CellInvalid("total_does_not_add_up")
    if lines and sum(line.amount for line in lines) != total:
        raise CellInvalid("lines_do_not_add_up")
    return FormerPurchase(
        purchase_id=_text(cells, "purchase_id"),
        external_member=_text(cells, "member_id"),
        at_ms=instant_of(cells.get("purchased_at", "").strip(), calendar),
        items=_whole(cells, "items", otherwise=1),
        gross=gross,
        discount=discount,
        total=total,
        lines=lines,
    )


def _lines_by_purchase(history: History, rows: Iterable[Row]) -> dict[str, tuple[FormerLine, ...]]:
    collected: defaultdict[str, list[FormerLine]] = defaultdict(list)
    for row, cells in rows:
        try:
            line = FormerLine(
                sku=_text(cells, "sku"),
                quantity=_whole(cells, "qty", otherwise=1),
                unit_price=_minor(cells, "unit_price", exact=False),
                discount=_minor(cells, "discount") + _minor(cells, "coupon_discount"),
                amount=_minor(cells, "amount"),
            )
        except CellInvalid as fault:
            history.skipped.append(SkippedRow("purchase_lines.csv", row, str(fault)))
            continue
        collected[_text(cells, "purchase_id")].append(line)
    return {purchase_id: tuple(lines) for purchase_id, lines in collected.items()}


def _member(external_id: str, cells: Cells) -> FormerMember:
    joined_on = _text(cells, "joined_on")[:10]
    try:
        date.fromisoformat(joined_on)
    except ValueError:
        joined_on = ""
    return FormerMember(external_id, _text(cells, "name"), _text(cells, "phone"), joined_on)


def _product(cells: Cells) -> FormerProduct:
    parts = (_text(cells, "category"), _text(cells, "sub_category"))
    category = "/".join(part.replace("/", " ") for part in parts if part)
    return FormerProduct(
        sku=_text(cells, "sku"),
        name=_text(cells, "name"),
        category=category,
        brand=_text(cells, "brand"),
        size=_text(cells, "size"),
    )


def _text(cells: Cells, column: str) -> str:
    return cells.get(column, "").strip()[:TEXT_CHARACTERS_MAX]


def _minor(cells: Cells, column: str, *, exact: bool = True) -> int:
    """Return a cell's 分; an empty cell is 0, for a visit without an amount is a visit."""
    text = cells.get(column, "").strip()
    if not text:
        return 0
    if not _NUMBER.fullmatch(text):
        raise CellInvalid(f"{column}_invalid")
    value = Decimal(text) * MINOR_PER_UNIT
    minor = int(value.to_integral_value(ROUND_HALF_UP))
    if (exact and minor != value) or abs(minor) > MINOR_MAX:
        raise CellInvalid(f"{column}_invalid")
    return minor


def _whole(cells: Cells, column: str, *, otherwise: int) -> int:
    text = cells.get(column, "").strip()
    if not text:
        return otherwise
    if not _WHOLE.fullmatch(text):
        raise CellInvalid(f"{column}_invalid")
    return int(text)


def chunks(purchases: list[FormerPurchase], size: int) -> Iterator[tuple[FormerPurchase, ...]]:
    """Yield the purchases in their order, so many at a time."""
    for start in range(0, len(purchases), size):
        yield tuple(purchases[start : start + size])
