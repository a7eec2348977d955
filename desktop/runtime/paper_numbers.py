"""Which print of an act a paper is: the original once, then copies with a number, each recorded.

No more is remembered than needed: the acts that were printed since the start in memory, the last
sale across a power cut in the home's settings. What is older than this start and not known to be
unprinted is a copy: one original too few does no harm, one too many does.
"""

from collections.abc import Callable
from dataclasses import dataclass

from db.domain.ids import OperationId, SaleId, StreamId
from db.domain.staff import Actor
from db.services.drawer import Reprint, record_reprint
from db.storage.database import Reader
from db.storage.unit_of_work import UnitOfWork

LAST_SALE = "paper_last_sale"
_BEGUN, _OUT, _NOT_OUT = "begun", "out", "not_out"
_LAST_SALE = "SELECT value FROM setting WHERE name = ?"
_HEAD = "SELECT sequence FROM stream WHERE stream_id = ?"
_SINCE = "SELECT 1 FROM operation WHERE op = ? AND stream_id = ? AND sequence > ?"

_NEWER_SALE = """
SELECT 1 FROM operation AS o
JOIN operation AS p ON p.stream_id = o.stream_id AND p.sequence < o.sequence
WHERE o.op = ? AND p.op = ? AND o.kind = 'sale'
"""

ActOf = Callable[[Reader], bytes | None]
"""Finds the act that a paper tells of; nothing for a paper of no act, or one that is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPaper:
    """A paper is about to be printed; `op` is its operation if that turns out to be a copy.

    `since` is the stream's sequence at the start, `out` the acts printed since then; a `fresh` act
    was committed just now.
    """

    op: OperationId
    by: Actor | None
    since: int
    out: frozenset[bytes]
    is_sale: bool
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """The act that a paper tells of, and which copy this is: 0 for the original."""

    act: bytes | None = None
    copy: int = 0


@dataclass(frozen=True, slots=True)
class Unprinted:
    """A sale whose paper did not come out; `perhaps` says that the power went while it printed."""

    sale_id: SaleId
    perhaps: bool


def number_paper(work: UnitOfWork, act_of: ActOf, command: NumberPaper) -> Numbered:
    """Say which print this is, recording a copy before it is printed.

    Raises:
        NothingPrinted: when the act is not held here.
        NotPermitted: when the actor may not print copies.
    """
    act = act_of(work.sql)
    if act is None:
        return Numbered()
    if command.fresh or (act not in command.out and _is_new(work, act, since=command.since)):
        if command.is_sale:
            work.settings.put(LAST_SALE, f"{act.hex()} {_BEGUN}")
        return Numbered(act)
    assert command.by is not None, "nobody asks for a copy before he signed in"
    printed = Reprint(op=command.op, by=command.by, printed=OperationId(act))
    return Numbered(act, record_reprint(work, printed).copy)


def end_paper(work: UnitOfWork, act: bytes, *, went_out: bool) -> None:
    """Remember across a power cut whether the last sale's original came out."""
    if _last(work.sql)[0] == act:
        work.settings.put(LAST_SALE, f"{act.hex()} {_OUT if went_out else _NOT_OUT}")


def unprinted_sale(reader: Reader, last_sale: SaleId | None) -> Unprinted | None:
    """Return the last sale if its paper did not come out, where papers were printed before."""
    act, state = _last(reader)
    if last_sale is None or act is None or (act == last_sale and state == _OUT):
        return None
    return Unprinted(last_sale, perhaps=act == last_sale and state == _BEGUN)


def sequence_now(reader: Reader, stream_id: StreamId) -> int:
    """Return how many operations this counter's stream has."""
    row = reader.one(_HEAD, (stream_id,))
    return 0 if row is None else int(row[0])


def _is_new(work: UnitOfWork, act: bytes, *, since: int) -> bool:
    made_since = work.sql.one(_SINCE, (act, work.home.stream_id, since)) is not None
    return made_since or _not_out(work, act)


def _not_out(work: UnitOfWork, act: bytes) -> bool:
    """Say whether the last sale is known not to have come out before this start.

    A sale that is newer than the last one that was printed is known not to have begun.
    """
    last, state = _last(work.sql)
    if last is None:
        return False
    if last == act:
        return state == _NOT_OUT
    return work.sql.one(_NEWER_SALE, (act, last)) is not None


def _last(reader: Reader) -> tuple[bytes | None, str]:
    row = reader.one(_LAST_SALE, (LAST_SALE,))
    act, _, state = ("" if row is None else str(row[0])).partition(" ")
    return (bytes.fromhex(act) or None, state)
