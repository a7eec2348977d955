"""The pages about the house in their main states: who works here, a list, how the counter is."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from desktop.gallery.cashier import CASHIER, MANAGER, Cashier
from desktop.runtime.flow_timings import Flow, FlowTimings
from desktop.shell.places import HousePage

LIST = """会员名单
卡号,客户姓名,联系电话,积分余额,开卡日期
A1,周杰,13800000011,120,2024-03-01
A2,吴倩,13800000012,0,2024-05-02
A3,郑爽,1380000001,5,2024-05-03
A4,冯唐,138****0014,5,2024-05-03
A5,张小芳,13812345678,88,2023-01-01
A6,卫青,13800000016,1200,2024-05-03
"""


def _open(cashier: Cashier, page: HousePage) -> None:
    cashier.sign_in(MANAGER, cashier.manager_pin)
    cashier.counter.window.bar.house_requested.emit(str(page))
    cashier.settle()


def users(cashier: Cashier) -> None:
    """Everyone, and nobody chosen."""
    _open(cashier, HousePage.USERS)


def user(cashier: Cashier) -> None:
    """A cashier was tapped."""
    users(cashier)
    cashier.counter.pages.house.users_model.choose(CASHIER)
    cashier.settle()


def new_user(cashier: Cashier) -> None:
    """The form of a new person, filled in."""
    users(cashier)
    cashier.tap("addUser")
    cashier.part("userCode", QLineEdit).setText("12")
    cashier.part("userName", QLineEdit).setText("周小川")


def user_pin(cashier: Cashier) -> None:
    """A PIN that is told once."""
    user(cashier)
    cashier.tap("userPin")


def user_badge(cashier: Cashier) -> None:
    """A badge that is told once."""
    user(cashier)
    cashier.tap("userBadge")


def own_pin(cashier: Cashier) -> None:
    """Somebody who was given a PIN chooses his own."""
    user(cashier)
    told: list[str] = []
    cashier.counter.pages.house.users_model.changed.connect(
        lambda state: told.append(getattr(state.panel, "secret", ""))
    )
    cashier.tap("userPin")
    cashier.counter.window.lock()
    cashier.sign_in(CASHIER, next(filter(None, told)).replace(" ", ""))
    cashier.type("482")


def import_list(cashier: Cashier) -> None:
    """Nothing is chosen yet; one import of before."""
    import_done(cashier)
    cashier.tap("confirmImport")
    cashier.counter.window.bar.house_requested.emit(str(HousePage.IMPORT))
    cashier.settle()


def import_columns(cashier: Cashier) -> None:
    """A list was read, its columns guessed."""
    _open(cashier, HousePage.IMPORT)
    path = Path(cashier.counter.home) / "members.csv"
    path.write_text(LIST, encoding="gbk")
    cashier.counter.pages.house.imports.ask_file = lambda: path
    cashier.tap("chooseImport")


def import_preview(cashier: Cashier) -> None:
    """What would come in, and what not."""
    import_columns(cashier)
    cashier.tap("confirmImport")


def import_done(cashier: Cashier) -> None:
    """It came in."""
    import_preview(cashier)
    cashier.wait_for_guard()
    cashier.tap("confirmImport")
    cashier.wait_for_guard()


def diagnostics(cashier: Cashier) -> None:
    """How the counter is, after a proof."""
    flows = FlowTimings(cashier.counter.home)  # a picture shows no machine's own times
    cashier.counter.upkeep.flows = flows
    for place, flow in enumerate((Flow.PHONE, Flow.SALE, Flow.SIGN_IN)):
        for took in range(1_900, 6_900, 250):
            flows.begin(flow, 0)
            flows.end(flow, took + 400 * place)
    _open(cashier, HousePage.DIAGNOSTICS)
    cashier.tap("prove")
    model = cashier.counter.pages.house.diagnostics_model
    health = model.health
    assert health is not None
    model.show(  # a picture shows no machine's own path
        replace(
            health,
            python="3.11",
            system="Linux-6.1-x86_64",
            home="/var/lib/guitai",
            log="/var/lib/guitai/counter.log",
            database_bytes=851_968,
            free_bytes=61_400_000_000,
        )
    )
