"""A shop to stand at a counter in: four people, seven members, a fortnight of sales, two levels.

The same every time: its clock is told and its chance comes from a seed, so pictures of it agree.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.domain.clock import BusinessCalendar
from db.domain.ids import MemberId, OperationId, StaffId
from db.domain.program.program import default_program_document
from db.domain.staff import Actor, Role
from db.services.set_up import HomeMade, InitHome, init_home
from db.services.staff import AddStaff, add_staff
from db.storage.home import database_path
from db.storage.keys import database_key
from db.storage.system import Chance, FixedClock
from db.storage.unit_of_work import Storage
from desktop.gallery.makers import register, sell_for

PIN = "135790"
NOW_MS = 1_795_240_800_000
"""2026-11-21T14:00:00+08:00, a Saturday afternoon."""
DAY_MS = 86_400_000
HOUR_MS = 3_600_000
STAFF = (("2", "王芳", Role.CASHIER), ("3", "李明", Role.CASHIER), ("4", "赵敏", Role.SHIFT_LEAD))
MEMBERS = (
    ("张小芳", "13812345678"),
    ("欧阳娜娜", "13900005678"),
    ("单雄信", "13711112222"),
    ("Zoe Smith", "13611113333"),
    ("张三丰", "13512344321"),
    ("章子怡", "13512344322"),
    ("", "13577778888"),
)
SALES = 14
LEVELS = [
    {"code": "silver", "name": {"zh": "银卡", "en": "Silver"}, "from": "0"},
    {"code": "gold", "name": {"zh": "金卡", "en": "Gold"}, "from": "1000", "multiplier": "1.5"},
]
MONEY = {"points_per_step": 100, "value_per_step": "1.00", "min_points": 100, "max_share": "0.5"}


@dataclass(frozen=True, slots=True)
class CounterShop:
    """Where it lies, what `init` answered, and the members in the order of `MEMBERS`."""

    folder: Path
    made: HomeMade
    members: tuple[MemberId, ...]


def open_shop(folder: Path, *, chance: Chance) -> CounterShop:
    """Make the shop in an empty folder; it is closed again, its fortnight over at `NOW_MS`."""
    clock = FixedClock(NOW_MS - 16 * DAY_MS)
    key = database_key(folder, os_store=False, chance=chance, create=True)
    storage = Storage(database_path(folder), key, clock=clock, chance=chance)
    command = InitHome(
        branch="南京东路店",
        counter="01 号机",
        calendar=BusinessCalendar(),
        sandbox=True,
        program=json.dumps(program_document()).encode(),
    )
    with storage.begin() as work:
        made = init_home(work, command)
    manager = Actor(made.staff_id, Role.MANAGER)
    _hire(storage, manager)
    members = tuple(
        register(storage, by=manager, phone=phone, name=name) for name, phone in MEMBERS
    )
    for place in range(SALES):
        clock.advance(DAY_MS if place % 2 else HOUR_MS)
        buyer = members[0 if place % 3 else place % 6]
        sell_for(storage, buyer, by=manager, amount=12_800 + 1_375 * place)
    storage.close()
    return CounterShop(folder, made, members)


def _hire(storage: Storage, manager: Actor) -> None:
    with storage.begin() as work:
        for code, name, role in STAFF:
            command = AddStaff(
                staff_id=StaffId(OperationId(work.new_id())),
                by=manager,
                code=code,
                name=name,
                role=role,
                pin=PIN,
            )
            add_staff(work, command)


def program_document() -> dict[str, Any]:
    """Return the shop's program: two levels, and points that pay half of a sale."""
    document: dict[str, Any] = json.loads(default_program_document("guitai", "南京东路店"))
    tiers = {"measure": "net_spend", "window": "lifetime", "levels": LEVELS}
    return document | {"tiers": tiers, "redemption": {"money": MONEY}}
