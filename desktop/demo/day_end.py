"""The end of the day: a member's page and card, another language and theme, report and count."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar

from db.domain.money import amount_text
from db.queries.shift_summary import ShiftSummary, last_shift
from db.services.return_plan import ReturnEffect
from db.services.shifts import ShiftClosed, ShiftOpened
from desktop.demo.regulars import Regular
from desktop.demo.stage import Stage

ENGLISH, CHINESE = "English", "中文"
ESCAPES = 2
"""Steps back from a typed amount to an empty counter: the amount, then the member."""
CATEGORIES_TAB, SHIFTS_TAB = 2, 5
DARK, LIGHT = "Dark theme", "Light theme"
CLOSE_SHIFT = "交班（F10）"
RETURNED_OF, RETURNED = "19.90", "9.9"
MISSING_MINOR = 100
"""So much less than it should hold lies in the drawer: somebody got too much change."""


def look_up(stage: Stage, one: Regular) -> None:
    """A member's page: who he is, what happened to him, his card on paper."""
    with stage.step("members", ("会员列表：拼音也行", "The list of members; pinyin will do")):
        stage.hands.tap("place_members")
        stage.hands.tap("memberSearch")
        stage.hands.type(one.initials)
        stage.hands.part("members")
    with stage.step("member", ("会员资料：积分、等级、会员码", "His page: points, level, code")):
        stage.tap_row("members", f"****{one.tail}")
        stage.hands.part("savePageCard")
    with stage.step("history", ("每一笔积分的流水", "Every movement of his points")):
        tap_tab(stage, "memberTabs", 1)
    with stage.step("member_card", ("存会员码 PDF", "His card as a PDF")):
        tap_tab(stage, "memberTabs", 0)
        with stage.printed("the member's card"):
            stage.hands.tap("savePageCard")


def speak_english(stage: Stage, one: Regular) -> None:
    """The same counter in English, light and dark."""
    with stage.step("english", ("切换英文", "In English")):
        menu(stage, ENGLISH)
        stage.hands.tap("place_counter")
        stage.hands.scan(one.number)
        stage.hands.part("memberCard")
        stage.tap_keys(*"128")
    with stage.step("english_report", ("英文日报", "The day report in English")):
        report_of_yesterday(stage)
    with stage.step("dark", ("深色界面", "The dark theme")):
        menu(stage, DARK)
        stage.hands.tap("place_counter")
    with stage.step("dark_member", ("深色会员页", "A member's page in the dark theme")):
        stage.hands.tap("place_members")
        stage.tap_row("members", f"****{one.tail}")
        stage.hands.part("savePageCard")
    menu(stage, LIGHT)
    menu(stage, CHINESE)
    stage.hands.tap("place_counter")
    for _ in range(ESCAPES):
        stage.hands.press(Qt.Key.Key_Escape)


def take_back(stage: Stage) -> None:
    """A part of what was sold while the line was cut comes back."""
    with stage.step("return", ("退货：先看收回多少积分", "A return: what it takes back is shown")):
        stage.hands.press(Qt.Key.Key_F7)
        stage.tap_row("sales", RETURNED_OF)
        stage.hands.tap("returnGoodsOfSale")
        stage.hands.part("returnAmount")
        stage.tap_keys(*RETURNED)
    with (
        stage.step("returned", ("已退货，退货单已打印", "Returned, and its receipt printed")),
        stage.written(ReturnEffect),
    ):
        stage.hands.tap("confirmReturn")


def close_the_day(stage: Stage) -> None:
    """Yesterday on the screen, today counted, closed and put on paper."""
    with stage.step("report_yesterday", ("昨天的日报", "Yesterday's report")):
        report_of_yesterday(stage)
    with stage.step("report_categories", ("按分类的销售", "Sales by category")):
        tap_tab(stage, "reportTabs", CATEGORIES_TAB)
    with stage.step(
        "cash_counted", ("点现金：按钮写明差额", "Counted: the button says what is missing")
    ):
        menu(stage, CLOSE_SHIFT)
        count_cash(stage)
    with stage.step("shift_closed", ("交班，锁屏等下一位", "The shift is closed; who is next?")):
        with stage.written(ShiftClosed):
            stage.hands.tap("closeShift")
        stage.hands.part("pin")
    come_back(stage)
    with stage.step("shifts", ("班次：应有、实点、差额", "Shifts: due and counted")):
        stage.hands.tap("place_report")
        stage.settle()
        stage.hands.tap("dayAfter")
        stage.settle()
        tap_tab(stage, "reportTabs", SHIFTS_TAB)
    with stage.step("day_report", ("今天的日报存成 PDF 和 CSV", "Today's report as PDF and CSV")):
        tap_tab(stage, "reportTabs", 0)
        with stage.printed("the report as PDF"):
            stage.hands.tap("reportPdf")
        with stage.printed("the report as CSV"):
            stage.hands.tap("reportCsv")


def count_cash(stage: Stage) -> None:
    """Type what lies in the drawer, a little less than should, and what the till's Z says."""
    counter = stage.counter
    with counter.storage.reading() as reader:
        shift: ShiftSummary | None = last_shift(reader, counter.desk.facts.home.counter_id)
    assert shift is not None, "signing in opened it"
    stage.hands.part("shiftFacts")
    stage.tap_keys(*amount_text(shift.expected - MISSING_MINOR))
    stage.hands.tap("tillTotal")
    stage.tap_keys(*amount_text(shift.amount))


def come_back(stage: Stage) -> None:
    """Sign in again, which opens the next shift, and let head office hear of both."""
    with stage.written(ShiftOpened):
        stage.hands.tap("person0")
        stage.hands.type(stage.shop.pin)
    stage.hands.part("finder")
    stage.all_sent()


def report_of_yesterday(stage: Stage) -> None:
    """Go to the report and one day back from today."""
    stage.hands.tap("place_report")
    stage.settle()
    if not stage.hands.part("dayAfter").isEnabled():
        stage.hands.tap("dayBefore")


def menu(stage: Stage, entry: str) -> None:
    """Choose from the menu of whoever acts."""
    stage.hands.tap("staff")
    stage.hands.choose(entry)
    stage.settle()


def tap_tab(stage: Stage, name: str, place: int) -> None:
    """Tap a tab."""
    bar = stage.hands.part(name)
    assert isinstance(bar, QTabBar), f"{name} is a row of tabs"
    stage.hands.tap_in(bar, bar.tabRect(place))
