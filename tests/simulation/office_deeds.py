"""What head office does by itself: it decides conflicts, merges, publishes, reviews, expires."""

import json
import random
from collections.abc import Callable
from datetime import timedelta

from db.domain.ids import MemberId, OperationId
from db.queries.conflicts import conflicts
from db.services.erasure import EraseMember
from db.services.programs import PublishProgram, publish_program
from db.storage.unit_of_work import Storage, UnitOfWork
from sync.server.conflicts import resolve
from sync.server.desk import Desk
from sync.server.erasures import erase
from tests.simulation.machines import Headquarters
from tests.simulation.program import RISKS, the_program
from tests.support.coupon_makers import a_coupon
from tests.support.makers import NOBODY, an_adjustment
from tests.support.profile_makers import a_change, a_freezing, a_merge, an_unmerging
from tests.support.reward_makers import expiries, review

OfficeDeed = Callable[[Headquarters, random.Random], object]


def decide(office: Headquarters, rng: random.Random) -> object:
    """Decide one conflict, by whatever choice it offers."""
    with office.storage.reading() as reader:
        open_ones = conflicts(reader)
    if not open_ones:
        return None
    found = rng.choice(open_ones)
    with office.storage.begin() as work:
        desk = Desk(work, office.office.journal)
        return resolve(desk, found.conflict_id, rng.choice(found.choices))


def merge(office: Headquarters, rng: random.Random) -> object:
    """Let one member answer to another."""
    members = _members(office.storage)
    return len(members) > 1 and a_merge(office.storage, *rng.sample(members, 2))


def unmerge(office: Headquarters, rng: random.Random) -> object:
    """Tell two members apart again."""
    with office.storage.reading() as reader:
        aliases = reader.all("SELECT alias_id FROM member_alias ORDER BY alias_id")
    return aliases and an_unmerging(office.storage, MemberId(rng.choice(aliases)[0]))


def adjust(office: Headquarters, rng: random.Random) -> object:
    """Correct somebody's points."""
    members = _members(office.storage)
    return members and an_adjustment(
        office.storage, rng.choice(members), rng.choice((-50, 100, 400))
    )


def change_profile(office: Headquarters, rng: random.Random) -> object:
    """Correct a name, as a counter may be doing too."""
    members = _members(office.storage)
    return members and a_change(
        office.storage, rng.choice(members), name=rng.choice(("赵六", "张小方"))
    )


def freeze(office: Headquarters, rng: random.Random) -> object:
    """Freeze a member, mostly to free him again."""
    members = _members(office.storage)
    return members and a_freezing(office.storage, rng.choice(members), frozen=rng.random() < 0.4)


def issue_coupon(office: Headquarters, rng: random.Random) -> object:
    """Give a member a coupon that no counter holds."""
    members = _members(office.storage)
    return members and a_coupon(office.storage, rng.choice(members), rng.choice(("TEN", "ANY")))


def publish(office: Headquarters, _rng: random.Random) -> object:
    """Publish the next version of the program, for tomorrow."""
    with office.storage.begin() as work:
        return _publish(work)


def erase_somebody(office: Headquarters, rng: random.Random) -> object:
    """Erase a member who asked for it."""
    members = _members(office.storage)
    if not members:
        return None
    with office.storage.begin() as work:
        op, member_id = OperationId(work.new_id()), rng.choice(members)
        command = EraseMember(op=op, member_id=member_id, by=NOBODY, reason="本人要求")
        return erase(Desk(work, office.office.journal), command)


def expire(office: Headquarters, _rng: random.Random) -> object:
    """Write what ended, settle what is owed."""
    return expiries(office.storage)


def review_tiers(office: Headquarters, _rng: random.Random) -> object:
    """Review everybody's tier."""
    return review(office.storage)


def _publish(work: UnitOfWork) -> object:
    latest = max(work.programs.all(), key=lambda row: row.version)
    offline, version = json.loads(latest.document)["offline"], latest.version + 1
    kept = [name for name, terms in RISKS.items() if terms.items() <= offline.items()]
    risk = kept[-1]
    on = (work.today + timedelta(days=1)).isoformat()
    timezone = work.home.calendar.timezone
    document = the_program(timezone, risk=risk, version=version, effective_on=on)
    return publish_program(work, PublishProgram(by=NOBODY, document=document))


def _members(storage: Storage) -> list[MemberId]:
    with storage.reading() as reader:
        rows = reader.all("SELECT member_id FROM member ORDER BY member_id")
    return [MemberId(row[0]) for row in rows]


OFFICE_DEEDS: dict[str, tuple[float, OfficeDeed]] = {
    "decide": (4, decide),
    "merge": (1.5, merge),
    "unmerge": (1, unmerge),
    "adjust": (1, adjust),
    "change_profile": (1, change_profile),
    "freeze": (0.5, freeze),
    "issue_coupon": (1, issue_coupon),
    "publish": (0.7, publish),
    "erase": (0.5, erase_somebody),
    "expire": (2, expire),
    "review_tiers": (1, review_tiers),
}
"""What head office does, how often each."""
