"""The inbox of conflicts as the stories look at it and decide."""

from db.queries.conflicts import Conflict, conflict, conflicts
from db.storage.unit_of_work import Storage
from sync.server.conflicts import resolve
from sync.server.desk import Desk
from tests.simulation.world import SimulatedCounter, World


def inbox(storage: Storage, *, with_resolved: bool = False) -> tuple[Conflict, ...]:
    """Return what waits for a decision."""
    with storage.reading() as reader:
        return conflicts(reader, with_resolved=with_resolved)


def decide(world: World, found: Conflict, choice: str) -> Conflict:
    """Decide at head office; return the conflict as it stands then."""
    with world.office.storage.begin() as work:
        resolve(Desk(work, world.office.journal), found.conflict_id, choice)
    with world.office.storage.reading() as reader:
        decided = conflict(reader, found.conflict_id)
    assert decided is not None
    return decided


def both(first: SimulatedCounter, second: SimulatedCounter) -> None:
    """Let everybody hear of everything."""
    for _ in range(2):
        first.exchange(renew=False)
        second.exchange(renew=False)


def everybody(world: World) -> list[Storage]:
    """Return every replica, head office in front."""
    return [world.office.storage, *(counter.storage for counter in world.counters)]
