"""The fifth golden life: a conflict opened and closed, wishes, a clock put right, an erasure."""

from pathlib import Path

from db.domain.clock import BusinessCalendar
from db.domain.hlc import AHEAD_MS_MAX
from db.domain.ids import MemberId, OperationId
from db.domain.offers.coupon_facts import OffersBack
from db.domain.return_facts import OffersBackBody
from db.domain.staff import Actor, Role
from db.domain.wishes import WishAct
from db.services.conflict_choices import resolve_conflict
from db.services.conflicts import OFFICE as BY_OFFICE
from db.services.journal import Draft, append
from db.services.late_offers import apply_offers_back
from db.services.restamps import put_right
from db.services.set_up import InitHome, init_home
from db.storage.home import OFFICE
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support import makers, profile_makers, reward_makers, wish_makers
from tests.support.publishing import publish
from tests.support.storage_fixtures import NOW_MS, seeded_chance

KEY = bytes(range(32))
SECOND_MS = 1_000
RULES = [reward_makers.SPEND]
RULES += [reward_makers.on(name, {"points": 50}) for name in ("signup", "birthday")]


def live_with_conflicts(path: Path) -> Storage:
    """Live the fifth golden life in a new database and return it, still open."""
    clock = FixedClock(NOW_MS)
    storage = Storage(path, KEY, clock=clock, chance=seeded_chance(2030))
    command = InitHome(branch="南京东路店", counter="01机", calendar=BusinessCalendar())
    with storage.begin() as work:
        by = Actor(init_home(work, command).staff_id, Role.MANAGER)
    publish(storage, earning=RULES)
    _Life(storage, clock, by).whole()
    return storage


class _Life:
    """What happens, a second apart."""

    def __init__(self, storage: Storage, clock: FixedClock, by: Actor) -> None:
        self._storage = storage
        self._clock = clock
        self._by = by

    def whole(self) -> None:
        """Live from two cards of one person to nobody's, then under a head office."""
        act = self._act
        first = act(makers.a_member, name="欧阳娜娜", birthday="11-22").member_id
        second = act(makers.a_member, phone="139 1234 5678", name="é").member_id
        third = act(makers.a_member, phone="137 0000 0001", name="王五").member_id
        for member_id in (first, second):
            act(self._born, member_id)
        act(profile_makers.a_merge, second, first, reason="同一个人")
        self._decide()
        sold = act(makers.a_sale, first, amount=5_000)
        self._give_back(sold.sale_id, first)
        act(profile_makers.a_change, third, name="王武")
        self._put_right(third)
        act(wish_makers.an_erasure, first)
        with self._storage.begin() as work:
            work.settings.put("authority", OFFICE)
            work.forget()
        act(wish_makers.a_wish, WishAct.ERASE, member_id=third, reason="本人要求")

    def _born(self, storage: Storage, member_id: MemberId, *, by: Actor) -> None:
        reward_makers.an_event(storage, member_id, "birthday", by=by)

    def _decide(self) -> None:
        """Decide the birthday that two cards of one person had."""
        self._clock.advance(SECOND_MS)
        with self._storage.begin() as work:
            (row,) = work.all(
                "SELECT c.conflict_id FROM conflict AS c WHERE NOT EXISTS"
                " (SELECT 1 FROM conflict_close AS x WHERE x.conflict_id = c.conflict_id)"
            )
            resolve_conflict(work, row[0], "revoke", by=self._by)

    def _give_back(self, sale_id: bytes, member_id: MemberId) -> None:
        self._clock.advance(SECOND_MS)
        with self._storage.begin() as work:
            draft = Draft(
                op=OperationId(work.new_id()),
                kind="offers_back",
                body=OffersBackBody(offers=OffersBack(whole=True)),
                by=BY_OFFICE,
                member_id=member_id,
                reference=sale_id,
            )
            apply_offers_back(work, append(work, draft), None)

    def _put_right(self, member_id: MemberId) -> None:
        """Say by what the last change counts, as if it had come from a clock an hour ahead."""
        self._clock.advance(SECOND_MS)
        with self._storage.begin() as work:
            op = work.sql.value(
                "SELECT op FROM member_change WHERE member_id = ? ORDER BY hlc DESC", (member_id,)
            )
            change = work.operations.find(OperationId(op))
            assert change is not None, "it was just made"
            told = put_right(work, change, received_at=work.at_ms - AHEAD_MS_MAX - 3_600_000)
            assert told is not None, "its clock was ahead"

    def _act(self, maker, *arguments, **facts):  # noqa: ANN001, ANN002, ANN003, ANN202  any maker and what it takes
        self._clock.advance(SECOND_MS)
        return maker(self._storage, *arguments, by=self._by, **facts)
