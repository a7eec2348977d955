"""The sixth golden life: cash put in and taken out, the drawer opened, a receipt printed again."""

from pathlib import Path

from db.domain.clock import BusinessCalendar
from db.domain.ids import OperationId
from db.domain.staff import Actor, Role
from db.services.drawer import (
    MoveCash,
    OpenDrawer,
    Reprint,
    move_cash,
    open_drawer,
    record_reprint,
)
from db.services.set_up import InitHome, init_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support import makers
from tests.support.storage_fixtures import NOW_MS, seeded_chance

KEY = bytes(range(32))
SECOND_MS = 1_000


def live_with_drawer(path: Path) -> Storage:
    """Live the sixth golden life in a new database and return it, still open."""
    clock = FixedClock(NOW_MS)
    storage = Storage(path, KEY, clock=clock, chance=seeded_chance(2031))
    command = InitHome(branch="南京东路店", counter="01机", calendar=BusinessCalendar())
    with storage.begin() as work:
        by = Actor(init_home(work, command).staff_id, Role.MANAGER)
    with storage.begin() as work:
        op = OperationId(work.new_id())
        open_drawer(work, OpenDrawer(op=op, by=by, reason="换零钱"))
    makers.a_shift(storage, by=by)
    sold = makers.a_sale(storage, by=by, amount=5_000)
    for amount, reason in ((20_000, "补备用金"), (-35_000, "存银行")):
        clock.advance(SECOND_MS)
        with storage.begin() as work:
            op = OperationId(work.new_id())
            move_cash(work, MoveCash(op=op, by=by, amount=amount, reason=reason))
    with storage.begin() as work:
        op = OperationId(work.new_id())
        open_drawer(work, OpenDrawer(op=op, by=by, reason="é 退零"))
    for _ in range(2):
        clock.advance(SECOND_MS)
        with storage.begin() as work:
            op = OperationId(work.new_id())
            record_reprint(work, Reprint(op=op, by=by, printed=OperationId(sold.sale_id)))
    makers.a_closing(storage, by=by, counted=40_000)
    return storage
