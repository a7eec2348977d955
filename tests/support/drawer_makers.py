"""Short ways to move cash, to open the drawer and to print again, each in its own transaction."""

from db.domain.ids import OperationId
from db.domain.staff import Actor
from db.services.drawer import (
    CashMoved,
    DrawerOpened,
    MoveCash,
    OpenDrawer,
    Reprint,
    Reprinted,
    move_cash,
    open_drawer,
    record_reprint,
)
from db.storage.unit_of_work import Storage
from tests.support.makers import NOBODY


def cash_moved(
    storage: Storage, amount: int, *, by: Actor = NOBODY, reason: str = "存银行"
) -> CashMoved:
    """Move so many 分 by hand."""
    with storage.begin() as work:
        op = OperationId(work.new_id())
        return move_cash(work, MoveCash(op=op, by=by, amount=amount, reason=reason))


def drawer_opened(storage: Storage, *, by: Actor = NOBODY, reason: str = "换零钱") -> DrawerOpened:
    """Open the drawer without a sale."""
    with storage.begin() as work:
        op = OperationId(work.new_id())
        return open_drawer(work, OpenDrawer(op=op, by=by, reason=reason))


def printed_again(storage: Storage, printed: OperationId, *, by: Actor = NOBODY) -> Reprinted:
    """Print an act's paper again."""
    with storage.begin() as work:
        op = OperationId(work.new_id())
        return record_reprint(work, Reprint(op=op, by=by, printed=printed))
