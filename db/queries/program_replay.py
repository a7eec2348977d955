"""A proposed program beside the one in force, over the shop's own last days, on one snapshot.

Both programs meet the same purchases; what was really awarded stands beside them. Coupons used and
codes typed then are left out for both, and so are sales that were taken back whole.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from db.domain.program.program import Program
from db.domain.refusals import Refusal
from db.domain.replay import Course, changes
from db.domain.replay_figures import Change, Figures, Spread, spread_of
from db.queries.past_sales import past_members, past_sales
from db.queries.programs import program_on
from db.storage.database import Reader

DAYS_MAX = 3_650
_TOLD_EVERY = 250

_COUNT = """
SELECT count(*), count(DISTINCT business_day), coalesce(sum(earned), 0),
       coalesce(sum(redeemed), 0), coalesce(sum(redeemed_value), 0), min(business_day)
FROM sale
WHERE business_day BETWEEN ? AND ? AND reversed_by IS NULL AND returned_whole = 0 AND gross > 0
"""
Tell = Callable[[int, int], None]


@dataclass(eq=False)
class NoSalesToReplay(Refusal):
    """Nothing standing was sold on these days."""

    first_day: str
    last_day: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one program came to, and at which level its members end."""

    program: str
    figures: Figures
    levels: dict[str, int]


@dataclass(frozen=True, slots=True)
class ProgramReplay:
    """Both programs over the same purchases; points and 分 as recorded beside them.

    `numbers` are the member numbers of those in `changes`.
    """

    first_day: date
    last_day: date
    days: int
    recorded_earned: int
    recorded_redeemed: int
    recorded_redeemed_value: int
    now: Outcome
    proposed: Outcome
    changes: tuple[Change, ...]
    spread: Spread
    numbers: dict[bytes, str]


def program_replay(
    reader: Reader, proposed: Program, *, today: date, days: int, told: Tell | None = None
) -> ProgramReplay:
    """Return what the proposed program would have come to on the last days, today included.

    Args:
        reader: one snapshot; the counter sells on meanwhile.
        proposed: the program to try.
        today: the last business day.
        days: how many business days.
        told: hears how many sales are done, of how many.

    Raises:
        NoSalesToReplay: when there is nothing to compare.
    """
    first = today - timedelta(days=days - 1)
    counted = reader.one(_COUNT, (first.isoformat(), today.isoformat()))
    assert counted is not None, "an aggregate always answers"
    if counted[0] == 0:
        raise NoSalesToReplay(first.isoformat(), today.isoformat())
    in_force = program_on(reader, today)
    with_tags = in_force.reads_tags or proposed.reads_tags
    members, numbers = past_members(reader, first, today, with_tags=with_tags)
    now, then = Course(in_force, members), Course(proposed, members)
    for done, sale in enumerate(past_sales(reader, first, today, members=members), start=1):
        now.take(sale)
        then.take(sale)
        if told is not None and (done % _TOLD_EVERY == 0 or done == counted[0]):
            told(done, counted[0])
    each = changes(now, then, members)
    return ProgramReplay(
        first_day=first,
        last_day=today,
        days=counted[1],
        recorded_earned=counted[2],
        recorded_redeemed=counted[3],
        recorded_redeemed_value=counted[4],
        now=Outcome(in_force.mark, now.finished(), now.levels()),
        proposed=Outcome(proposed.mark, then.finished(), then.levels()),
        changes=each,
        spread=spread_of(each),
        numbers=numbers,
    )
