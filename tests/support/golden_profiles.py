"""The third golden life: members who change, are frozen, merged, and told apart again."""

from pathlib import Path

from db.domain.clock import BusinessCalendar
from db.domain.ids import OperationId
from db.domain.staff import Actor, Role
from db.services.profiles import ReleasePhone, release_phone
from db.services.set_up import InitHome, init_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support import makers, profile_makers
from tests.support.storage_fixtures import NOW_MS, seeded_chance

KEY = bytes(range(32))
SECOND_MS = 1_000


def live_with_profiles(path: Path) -> Storage:
    """Live the third golden life in a new database and return it, still open."""
    clock = FixedClock(NOW_MS)
    storage = Storage(path, KEY, clock=clock, chance=seeded_chance(2028))
    command = InitHome(branch="南京东路店", counter="01机", calendar=BusinessCalendar())
    with storage.begin() as work:
        by = Actor(init_home(work, command).staff_id, Role.MANAGER)
    _Life(storage, clock, by).whole()
    return storage


class _Life:
    """What happens, a second apart."""

    def __init__(self, storage: Storage, clock: FixedClock, by: Actor) -> None:
        self._storage = storage
        self._clock = clock
        self._by = by

    def whole(self) -> None:
        """Live from two cards of one person to two persons again, and a number that moves on."""
        act = self._act
        first = act(makers.a_member, name="欧阳娜娜", email="o@example.cn").member_id
        second = act(makers.a_member, phone="139 1234 5678", name="欧阳").member_id
        act(profile_makers.a_change, first, name="欧阳娜娜 é", birthday="02-29", email="")
        act(profile_makers.a_change, second, phone="139 8765 4321")
        act(makers.a_sale, first, amount=30_000)
        act(makers.a_sale, second, amount=10_000)
        act(profile_makers.a_freezing, first)
        act(profile_makers.a_freezing, first, frozen=False)
        act(profile_makers.a_merge, second, first, reason="同一个人")
        sold = act(makers.a_sale, first, amount=5_000, redeem_points=300)
        act(makers.an_undo, sold.sale_id)
        act(makers.an_adjustment, first, -350)
        act(profile_makers.an_unmerging, second)
        self._clock.advance(SECOND_MS)
        with self._storage.begin() as work:
            command = ReleasePhone(op=OperationId(work.new_id()), by=self._by, phone="13812345678")
            release_phone(work, command)
        act(makers.a_member, name="王五")

    def _act(self, maker, *arguments, **facts):  # noqa: ANN001, ANN002, ANN003, ANN202  any maker and what it takes
        self._clock.advance(SECOND_MS)
        return maker(self._storage, *arguments, by=self._by, **facts)
