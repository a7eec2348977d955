"""The figures of a report, typed until the edge: shown with commas to people, plain to machines."""

from dataclasses import dataclass

from db.domain.money import amount_shown, amount_text

MINUS = "−"
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in 分, or none where nothing was counted; `signed` shows a plus."""

    minor: int | None
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things or of points."""

    number: int
    signed: bool = False


@dataclass(frozen=True, slots=True)
class PerMille:
    """A share in ‰, shown in % with one decimal."""

    parts: int


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share of one, shown in % with one decimal, or none where there is no whole."""

    value: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with a fraction, shown with one decimal, or none."""

    value: float | None


Cell = str | Money | Count | PerMille | Ratio | Figure


def shown(cell: Cell) -> str:
    """Return a cell as people read it: `¥1,280.00`, `−35`, `27.4%`, `–` for nothing."""
    match cell:
        case str():
            return cell
        case Money(None):
            return NOTHING
        case Money(int(minor), signed):
            return f"+{amount_shown(minor)}" if signed and minor > 0 else amount_shown(minor)
        case Count(number, signed):
            sign = MINUS if number < 0 else "+" if signed and number > 0 else ""
            return f"{sign}{abs(number):,}"
        case PerMille(parts):
            return f"{MINUS if parts < 0 else ''}{abs(parts) // 10}.{abs(parts) % 10}%"
        case Ratio(value):
            return _fraction(value, ".1%")
        case Figure(value):
            return _fraction(value, ",.1f")
    raise AssertionError(cell)


def _fraction(value: float | None, form: str) -> str:
    return NOTHING if value is None else format(value, form).replace("-", MINUS)


def plain(cell: Cell) -> str:
    """Return a cell as a spreadsheet reads it: `1280.00`, `-35`, `0.274`, nothing for nothing."""
    match cell:
        case str():
            return cell
        case Money(None):
            return ""
        case Money(int(minor)):
            return amount_text(minor)
        case Count(number):
            return str(number)
        case PerMille(parts):
            return f"{'-' if parts < 0 else ''}{abs(parts) // 1000}.{abs(parts) % 1000:03d}"
        case Ratio(value) | Figure(value):
            return "" if value is None else str(value)
    raise AssertionError(cell)


def weight(cell: Cell) -> int | float | str:
    """Return what a column is sorted by."""
    match cell:
        case str():
            return cell
        case Money(minor):
            return minor or 0
        case Count(number):
            return number
        case PerMille(parts):
            return parts
        case Ratio(value) | Figure(value):
            return value or 0.0


def per_mille(part: int, whole: int) -> int:
    """Return a part of a whole above 0 in ‰, half a ‰ up."""
    return (2000 * part + whole) // (2 * whole)


def change_per_mille(now: int, before: int) -> int | None:
    """Return how much more than before in ‰, half a ‰ up; nothing where before was nothing."""
    return None if before <= 0 else per_mille(now - before, before)
