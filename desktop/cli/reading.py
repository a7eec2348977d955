"""Reading the words of a command: ids, points, days, and which member is meant."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from db.domain.ids import MemberId, OperationId, SaleId, parse_id
from db.domain.members import NoSuchMember
from db.queries.member_candidates import FoundMember, MatchedBy
from db.queries.member_search import find_members
from db.services.reversals import NoSuchSale
from desktop.cli.home import Home
from desktop.cli.invalid import InvalidInput
from desktop.cli.line import ask_for_visitor, hear_news

POINTS_MAX = 1_000_000_000


@dataclass(eq=False)
class NobodyHere(NoSuchMember):
    """Nobody here, and head office, which knows more, could not be asked."""

    why: str = "office_unreachable"

    @property
    def code(self) -> str:
        """Return the same name as where it could be asked: scripts go by it."""
        return "no_such_member"


def member_named(home: Home, text: str) -> MemberId:
    """Return the member that an id, a member number, a QR payload or a full phone names.

    Raises:
        NoSuchMember: when nobody is; `NobodyHere` when head office could not be asked.
        InvalidInput: when more than one is.
    """
    try:
        return MemberId(parse_id(text))
    except ValueError:
        pass
    exact = _exact(home, text)
    if not exact and hear_news(home):
        exact = _exact(home, text)
    visitors = 0 if exact else ask_for_visitor(home, text)
    if visitors:
        exact = _exact(home, text)
    if not exact:
        raise NobodyHere(text) if visitors is None else NoSuchMember(text)
    if len(exact) > 1:
        raise InvalidInput("ambiguous_member", text=text)
    return exact[0].member_id


def _exact(home: Home, text: str) -> list[FoundMember]:
    with home.storage.reading() as reader:
        found = find_members(reader, text, limit=2, region=home.identity.region).members
    return [each for each in found if each.matched not in (MatchedBy.NAME, MatchedBy.PINYIN)]


def sale_named(text: str) -> SaleId:
    """Return the sale that an id names; raise `NoSuchSale` for what is no id."""
    try:
        return SaleId(parse_id(text))
    except ValueError:
        raise NoSuchSale(text) from None


def operation_named(text: str) -> OperationId:
    """Return the act that an id names; what is no id names nothing that was ever done."""
    try:
        return OperationId(parse_id(text))
    except ValueError:
        raise InvalidInput("not_an_id", text=text) from None


def points_of(text: str, *, signed: bool = False) -> int:
    """Return whole points; ASCII digits only, with a sign where one is allowed."""
    digits = text.strip().replace("\u2212", "-")
    body = digits[1:] if signed and digits[:1] in "+-" else digits
    if not (body.isascii() and body.isdigit()) or int(body) > POINTS_MAX:
        raise InvalidInput("not_points", text=text)
    return int(digits)


def day_of(text: str) -> date:
    """Return the day that ISO text names."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("not_a_day", text=text) from None


def form_of(asked: str | None, out: Path | None, *, allowed: tuple[str, ...]) -> str:
    """Return the format that was asked for, else the one that the file's name ends in.

    Without either it is the first one allowed. A name that ends in anything else is refused, for
    a spreadsheet or a picture full of JSON helps nobody.
    """
    if asked is not None:
        return one_of("--format", asked, allowed)
    ending = "" if out is None else out.suffix.lower().removeprefix(".")
    if ending and ending not in allowed:
        endings = ", ".join(f"*.{each}" for each in allowed if each != "table")
        raise InvalidInput("unknown_value", option="--out", allowed=endings)
    return ending or allowed[0]


def one_of(option: str, value: str, allowed: tuple[str, ...]) -> str:
    """Return a value that must be one of a few."""
    if value not in allowed:
        raise InvalidInput("unknown_value", option=option, allowed=", ".join(filter(None, allowed)))
    return value
