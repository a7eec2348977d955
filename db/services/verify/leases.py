"""What went beyond leases proved: the rows of the floor, and leases back by time alone."""

from dataclasses import dataclass, field

import msgspec

from db.domain.ids import parse_id
from db.domain.operations import Operation
from db.services.floor import floor_row
from db.services.leases import LeaseCloseBody, LeaseReclaimBody
from db.services.verify.problems import ProblemList
from db.storage.database import Reader
from db.storage.floor import FloorRow

_FLOOR = f"SELECT {', '.join(FloorRow._fields)} FROM floor_spend WHERE op = ?"  # noqa: S608 - constant columns
_FORCED = "SELECT lease_id FROM lease WHERE forced = 1"


@dataclass(slots=True)
class LeasesSaid:
    """What the log says of leases: taken back by time alone, and closed by their holders."""

    forced: set[bytes] = field(default_factory=set)
    closed: set[bytes] = field(default_factory=set)


def check_floor(reader: Reader, problems: ProblemList, operation: Operation, *, where: str) -> int:
    """Compare what an operation spent by the floor with its row; return how many rows it has."""
    if operation.envelope.t not in {"sale", "redeem", "gift_redeem"}:
        return 0
    said = floor_row(operation)
    kept = reader.one(_FLOOR, (operation.op,))
    if kept != (None if said is None else tuple(said)):
        problems.add("floor_spend_differs", where)
    return int(said is not None)


def note_lease(operation: Operation, said: LeasesSaid) -> None:
    """Note what an operation says of a lease's end."""
    match operation.envelope.t:
        case "lease_close":
            body = msgspec.convert(operation.envelope.b, LeaseCloseBody)
            said.closed.add(parse_id(body.lease))
        case "lease_reclaim":
            reclaim = msgspec.convert(operation.envelope.b, LeaseReclaimBody)
            if reclaim.forced:
                said.forced.add(parse_id(reclaim.lease))


def check_forced(reader: Reader, problems: ProblemList, said: LeasesSaid) -> None:
    """Find leases that are held to be back by force and are not, or the other way round."""
    kept = {row[0] for row in reader.each(_FORCED)}
    if kept != said.forced - said.closed:
        problems.add("leases_forced_differ", "lease", f"{len(kept ^ (said.forced - said.closed))}")
