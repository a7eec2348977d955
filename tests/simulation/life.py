"""Living through a plan: the events, the quiet afterwards, the checks, and what came of it."""

from collections import Counter
from dataclasses import dataclass

from tests.simulation.company import Company
from tests.simulation.ending import check_ending, contested, settle
from tests.simulation.plan import Plan, draw_plan


@dataclass(frozen=True, slots=True)
class Life:
    """What one universe came to without a violation.

    `overspent` are points where nothing may be, `beyond` where the shop accepted it.
    """

    seed: int
    events: int
    operations: int
    faults: Counter[str]
    granted: int
    overspent: int
    beyond: int
    contested: int
    trace_hash: str


def live_through(plan: Plan) -> Life:
    """Live through a plan; what is violated is raised with the last lines of its trace."""
    company = Company(plan)
    try:
        company.live()
        settle(company)
        check_ending(company)
        accepted = plan.risk in {"forced", "floor"}
        return Life(
            seed=plan.seed,
            events=len(plan.events),
            operations=len(company.oracle.acts),
            faults=Counter(company.draws.struck),
            granted=company.oracle.granted_points,
            overspent=0 if accepted else company.oracle.overspent,
            beyond=company.oracle.overspent if accepted else 0,
            contested=contested(company),
            trace_hash=company.trace_hash,
        )
    except Exception as broken:
        broken.add_note("\n".join([f"seed {plan.seed}", *company.trace]))
        raise
    finally:
        company.close()


def live(seed: int) -> Life:
    """Live through the universe of a seed."""
    return live_through(draw_plan(seed))


def failure_of(plan: Plan) -> Exception | None:
    """Return what a plan violates, if anything: any exception is a violation."""
    try:
        live_through(plan)
    except Exception as broken:  # noqa: BLE001 - whatever it is, it was found
        return broken
    return None
