"""What befalls a shop beside single messages and commits: each is one event of a universe's plan.

Restored and cloned disks belong here too; what they promise is checked with the devices' own
faults.
"""

import random
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from db.domain.ids import OperationId, StreamId, text_of
from db.domain.operations import Envelope, seal
from db.storage.unit_of_work import UnitOfWork
from sync.server.devices import revoke

if TYPE_CHECKING:
    from tests.simulation.company import Company
    from tests.simulation.machines import Till

SECOND_MS = 1_000
HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
IN_2037_MS = 2_114_380_800_000
CUT_OFF_MS = (20 * SECOND_MS, 10 * 60 * SECOND_MS, 5 * HOUR_MS, 2 * DAY_MS, 7 * DAY_MS)
SKEWS_MS = (-DAY_MS, -HOUR_MS, -47 * 60 * SECOND_MS, 0, 0, HOUR_MS, DAY_MS)
Misfortune = Callable[["Company", "Till", random.Random], None]


def cut_off(company: "Company", till: "Till", rng: random.Random) -> None:
    """Take the cable out, in one direction or both, for seconds or for a week."""
    which = rng.choice(("both", "both", "requests", "replies"))
    weather = till.link.weather
    weather.requests, weather.replies = which == "replies", which == "requests"
    company.timeline.later(rng.choice(CUT_OFF_MS), till.back_on_the_line)


def clog(company: "Company", _till: "Till", rng: random.Random) -> None:
    """Stop every link, one after the other; start them again in another order (swizzle-clog)."""
    tills = list(company.tills)
    rng.shuffle(tills)
    for place, till in enumerate(tills):
        company.timeline.later(1 + place * 20 * SECOND_MS, partial(company.cut_off, till))
    rng.shuffle(tills)
    for place, till in enumerate(tills):
        company.timeline.later((200 + place * 20) * SECOND_MS, till.back_on_the_line)


def set_clock(_company: "Company", till: "Till", rng: random.Random) -> None:
    """Set a counter's clock wrong, or right again."""
    till.clock.set_wrong(rng.choice(SKEWS_MS))


def to_2037(company: "Company", till: "Till", rng: random.Random) -> None:
    """Let a counter's clock run in 2037, until somebody notices."""
    till.clock.set_wrong(IN_2037_MS - company.timeline.now_ms)
    company.timeline.later(rng.choice((60, 3_600)) * SECOND_MS, lambda: till.clock.set_wrong(0))


def set_office_clock(company: "Company", _till: "Till", rng: random.Random) -> None:
    """Set head office's clock a little wrong, or right again."""
    company.office.clock.set_wrong(rng.choice((-90 * SECOND_MS, 0, 90 * SECOND_MS)))


def lose_power(_company: "Company", till: "Till", _rng: random.Random) -> None:
    """Pull the plug, in the middle of whatever the counter waits for."""
    till.lose_power()


def office_loses_power(company: "Company", _till: "Till", rng: random.Random) -> None:
    """Pull head office's plug; it is back after a while."""
    company.office_dies()
    company.office.down_until = company.timeline.now_ms + rng.choice((1, 30, 600)) * SECOND_MS


def back_up_office(company: "Company", _till: "Till", _rng: random.Random) -> None:
    """Back head office up, while it works."""
    company.back_up_office()


def restore_office(company: "Company", _till: "Till", _rng: random.Random) -> None:
    """Bring head office's backup back, once nobody is waiting for a word of its last life.

    What head office decided since the backup, beside leases, is on counters only and comes back
    from nowhere: that is for the devices' own faults.
    """
    if not company.may_restore_office:
        return
    if any(till.busy for till in company.tills):
        company.timeline.later(SECOND_MS, partial(restore_office, company, _till, _rng))
        return
    company.restore_office()


def take_rights(company: "Company", till: "Till", _rng: random.Random) -> None:
    """Revoke a counter's device, in the middle of a batch for all anybody knows.

    Half an hour later its manager sees it and joins again, with a new key.
    """
    if till.joined:
        revoke(company.office.storage, till.process().device.device)
        till.identity = None
        company.join_later(till, 30 * 60 * SECOND_MS)


def poison(_company: "Company", till: "Till", rng: random.Random) -> None:
    """Write what no handler can carry out: a fault of this counter's program."""
    kind = rng.choice(("sale", "redeem", "top_up", "adjust", "return", "shift_close"))
    _write_strange(
        till, kind=kind, body={"points": "many", "nonsense": [1, {}]}, status="quarantined"
    )


def unknown(_company: "Company", till: "Till", rng: random.Random) -> None:
    """Write a kind that only a later version knows, and that may be skipped."""
    filling = "x" * rng.choice((10, 1_000, 200_000))
    _write_strange(till, kind="from_tomorrow", body={"text": filling}, status="skipped")


def _write_strange(till: "Till", *, kind: str, body: dict[str, object], status: str) -> None:
    with till.storage.begin() as work:
        operation = seal(_envelope(work, kind, body))
        till.strange.add(operation.op)
        work.operations.append(operation, status=status, error="of the simulation")


def _envelope(work: UnitOfWork, kind: str, body: dict[str, object]) -> Envelope:
    home = work.home
    head = work.operations.stream(StreamId(home.stream_id))
    assert head is not None, "a home writes a stream"
    return Envelope(
        v=1,
        t=kind,
        tv=1,
        crit=0,
        op=text_of(OperationId(work.new_id())),
        s=text_of(home.stream_id),
        q=head.sequence + 1,
        p=head.head.hex(),
        hlc=head.hlc + 1,
        wall=work.at_ms,
        mono=work.clock.mono_ms(),
        boot=work.clock.boot,
        bd=work.today.isoformat(),
        tz=home.calendar.timezone,
        store=text_of(home.branch_id),
        dev=text_of(home.counter_id),
        b=msgspec.to_builtins(body),
    )


MISFORTUNES: dict[str, tuple[float, Misfortune]] = {
    "cut_off": (5, cut_off),
    "clog": (1, clog),
    "set_clock": (2, set_clock),
    "to_2037": (0.5, to_2037),
    "set_office_clock": (0.5, set_office_clock),
    "lose_power": (2, lose_power),
    "office_loses_power": (1, office_loses_power),
    "back_up_office": (1, back_up_office),
    "restore_office": (1, restore_office),
    "take_rights": (0.5, take_rights),
    "poison": (0.7, poison),
    "unknown": (0.7, unknown),
}
"""What befalls a shop, how often each."""
