"""The shift: what a cashier does on an ordinary day, line cut and all, picture by picture.

Each act is one thing that happens at the counter. The members are the sample's; what is typed for
new ones are telephone numbers that belong to nobody's customer.
"""

from db.services.members import MemberEnrolled
from db.services.reversals import SaleReversed
from db.services.sales import Sold
from desktop.demo.regulars import Regular
from desktop.demo.stage import LINE_MS_MAX, OFFLINE, Stage
from desktop.widgets.keypad import Key

FIRST_PHONE = "13800138000"
SECOND_PHONE = "13900139000"
CHIP_POINTS = 100


def sign_in(stage: Stage) -> None:
    """The manager signs in with his PIN."""
    pin = stage.shop.pin
    with stage.step(
        "sign_in", ("店长选自己，输入 PIN", "The manager taps his name and types his PIN")
    ):
        stage.hands.tap("person0")
        stage.hands.part("pin")
        stage.hands.type(pin[:3])
    with stage.step("counter", ("收银台，等顾客", "The counter, ready for a customer")):
        stage.hands.type(pin[3:])
        stage.hands.part("finder")


def enroll(stage: Stage) -> None:
    """A customer who is no member becomes one."""
    with stage.step(
        "enroll", ("手机号没找到，直接入会", "Phone not found: enrolment opens with it")
    ):
        stage.hands.type(FIRST_PHONE)
        stage.hands.tap("title0")
        stage.hands.tap("name")
        stage.hands.write("陈晓雨")
        stage.hands.tap("month7")
    with stage.step("enrolled", ("顾客同意，一键入会", "One tap with the customer's consent")):
        with stage.written(MemberEnrolled):
            stage.hands.tap("confirmEnroll")
        stage.hands.part("memberCard")


def sell(stage: Stage) -> None:
    """She buys; the button says what will happen."""
    with stage.step(
        "sale", ("输入金额，按钮写明结果", "The amount is typed; the button says the result")
    ):
        stage.tap_keys(*"128.50")
    with stage.step(
        "sold", ("一次点击记账，可撤销两分钟", "Recorded with one tap; undo for two minutes")
    ):
        confirm(stage)


def find(stage: Stage) -> None:
    """Three regulars are found in three ways, and pay."""
    regulars = stage.regulars
    with stage.step(
        "find_by_phone", ("输入手机号，第 11 位自动带出", "Found at the eleventh digit")
    ):
        stage.hands.type(regulars.next().phone)
        stage.hands.part("memberCard")
    pay(stage, "56")
    with stage.step("find_by_last_four", ("输入后四位", "Found by the last four digits")):
        stage.tap_keys(*regulars.next(regulars.known_by_tail).tail)
        stage.hands.part("memberCard")
    pay(stage, "35.8")
    one = regulars.next(regulars.known_by_initials)
    with stage.step("find_by_pinyin", ("按拼音首字母查找", "Found by the initials of the name")):
        stage.tap_keys(Key.LETTERS)
        stage.tap_letters(one.initials)
        stage.hands.part("results")
    stage.tap_row("results", f"****{one.tail}")
    stage.hands.part("memberCard")
    pay(stage, "88")


def redeem(stage: Stage) -> None:
    """A member is scanned and pays a part with points; the sale is undone and made again."""
    with stage.step("scan", ("扫会员码，金额处待输入", "His code is scanned; the amount is next")):
        stage.hands.scan(stage.regulars.next(can_redeem).number)
        stage.hands.part("memberCard")
    with stage.step("redeem", ("点一下，用积分抵扣", "One tap pays a part with points")):
        stage.tap_keys(*"66")
        stage.hands.tap("chip0")
    with stage.step("redeemed", ("抵扣已记账", "The redemption is recorded")):
        confirm(stage)
    with (
        stage.step("undone", ("撤销：积分原样退回", "Undone: every point is back")),
        stage.written(SaleReversed),
    ):
        stage.hands.tap("undo")


def cut_the_line(stage: Stage) -> None:
    """Head office is gone; the counter sells, enrolls and redeems as before."""
    stage.shop.office.cut()
    with stage.step("offline_sale", ("断网：照常收银", "The line is cut: selling goes on")):
        stage.hands.type(stage.regulars.next().phone)
        stage.hands.part("memberCard")
        pay(stage, "42")
        stage.hands.wait(
            lambda: stage.line.startswith(OFFLINE), "the chip says offline", within_ms=LINE_MS_MAX
        )
    with stage.step(
        "offline_enroll", ("断网入会，会员码马上可用", "Enrolled offline, card valid at once")
    ):
        stage.hands.type(SECOND_PHONE)
        with stage.written(MemberEnrolled):
            stage.hands.tap("confirmEnroll")
        stage.hands.part("memberCard")
    pay(stage, "19.9")
    with stage.step(
        "offline_redeem", ("断网兑换，在离线额度内", "Points redeemed offline, within the lease")
    ):
        stage.hands.type(stage.regulars.next(can_redeem).phone)
        stage.hands.part("memberCard")
        stage.tap_keys(*"75")
        stage.hands.tap("chip0")
    with stage.step("offline_redeemed", ("离线待上传", "Recorded, waiting to be sent")):
        confirm(stage)


def restore_the_line(stage: Stage) -> None:
    """Head office is back; everything that waited is sent."""
    with stage.step("converged", ("恢复网络，自动上传", "The line is back: everything is sent")):
        stage.shop.office.start(stage.hands.wait)
        stage.all_sent()


def confirm(stage: Stage) -> None:
    """Confirm the sale and wait until it is written."""
    with stage.written(Sold):
        stage.hands.tap("confirm")


def pay(stage: Stage, amount: str) -> None:
    """Type an amount and confirm it."""
    stage.tap_keys(*amount)
    confirm(stage)


def can_redeem(one: Regular) -> bool:
    """Say whether this counter may give him points, line or not."""
    return one.redeemable >= CHIP_POINTS


def send_the_rest(stage: Stage) -> None:
    """Wait until head office holds the last act too."""
    with stage.step("all_sent", ("总部已收到全部", "Head office holds everything")):
        stage.hands.tap("place_counter")
        stage.all_sent()
