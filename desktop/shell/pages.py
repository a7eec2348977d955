"""The pages of the window, and what one asks of another.

Each screen is built with its view-model here, once, and kept: going elsewhere loses nothing that
was typed.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db.domain.ids import MemberId, SaleId
from db.services.members import MemberEnrolled
from db.services.shifts import ShiftClosed
from desktop.runtime.desk import Desk
from desktop.runtime.devices import Devices
from desktop.runtime.leasing import Leasing
from desktop.runtime.papers import Papers
from desktop.runtime.printing import Printing
from desktop.runtime.receipt_codes import ReceiptCodes
from desktop.runtime.upkeep import Upkeep
from desktop.screens.conflicts.screen import ConflictsScreen
from desktop.screens.conflicts.view_model import ConflictsViewModel
from desktop.screens.counter.screen import CounterScreen
from desktop.screens.counter.view_model import CounterViewModel
from desktop.screens.customer.view_model import CustomerViewModel
from desktop.screens.devices.screen import DevicesScreen
from desktop.screens.devices.state import Tab
from desktop.screens.devices.view_model import DevicesViewModel
from desktop.screens.enroll.screen import EnrollScreen
from desktop.screens.enroll.view_model import EnrollViewModel
from desktop.screens.goods_return.screen import ReturnScreen
from desktop.screens.goods_return.view_model import ReturnViewModel
from desktop.screens.member.screen import MemberScreen
from desktop.screens.member.view_model import MemberViewModel
from desktop.screens.members.screen import MembersScreen
from desktop.screens.members.view_model import MembersViewModel
from desktop.screens.program.screen import ProgramScreen
from desktop.screens.program.view_model import ProgramViewModel
from desktop.screens.report.screen import ReportScreen
from desktop.screens.report.view_model import ReportViewModel
from desktop.screens.sales.screen import SalesScreen
from desktop.screens.sales.view_model import SalesViewModel
from desktop.screens.shift.cash import CashViewModel
from desktop.screens.shift.cash_screen import CashScreen
from desktop.screens.shift.screen import ShiftScreen
from desktop.screens.shift.view_model import ShiftViewModel
from desktop.screens.sign_in.screen import SignInScreen
from desktop.screens.sign_in.view_model import SignInViewModel
from desktop.screens.value.screen import ValueScreen
from desktop.screens.value.view_model import ValueViewModel
from desktop.shell.house_pages import HousePages
from desktop.shell.places import Place
from desktop.shell.receipt_scans import ReceiptScans
from desktop.theme.look import Look


class Pages(QObject):
    """Builds the screens and carries their wishes.

    Signals:
        page_requested: show this page.
        place_requested: go to this place of the rail.
        entered: somebody signed in.
        lock_requested: the till is to be locked, everything is done.
        counting: the drawer is being counted.
        percent_requested: the scale that the window is to have.
        paragraph_requested: show a title and a few sentences over everything.
    """

    page_requested = Signal(object)
    place_requested = Signal(str)
    entered = Signal()
    lock_requested = Signal()
    counting = Signal()
    percent_requested = Signal(int)
    paragraph_requested = Signal(str, str)

    def __init__(
        self,
        look: Look,
        desk: Desk,
        *,
        leasing: Leasing,
        papers: Papers | None,
        printing: Printing | None = None,
        upkeep: Upkeep | None = None,
        devices: Devices,
        codes: ReceiptCodes,
    ) -> None:
        """Build every screen; what has no papers or printer shows no button for them."""
        super().__init__(desk)
        self.sign_in_model = SignInViewModel(desk, self)
        self.counter_model = CounterViewModel(
            desk, leasing=leasing, papers=papers, printing=printing, parent=self
        )
        self.enroll_model = EnrollViewModel(desk, self)
        self.members_model = MembersViewModel(desk, self)
        self.member_model = MemberViewModel(desk, papers, self)
        self.report_model = ReportViewModel(desk, papers, self)
        self.program_model = ProgramViewModel(desk, self)
        self.value_model = ValueViewModel(desk, printing=printing, parent=self)
        self._value_from: QWidget | None = None
        self.sales_model = SalesViewModel(
            desk, lambda: self.counter_model.attached.card, printing=printing, parent=self
        )
        self.return_model = ReturnViewModel(desk, self)
        self.conflicts_model = ConflictsViewModel(desk, leasing, self)
        self.house = HousePages(look, desk, leasing=leasing, papers=papers, upkeep=upkeep)
        self.sign_in = SignInScreen(look, self.sign_in_model)
        self.counter = CounterScreen(look, self.counter_model)
        self.enrollment = EnrollScreen(look, self.enroll_model)
        self.members = MembersScreen(look, self.members_model)
        self.member = MemberScreen(look, self.member_model)
        self.report = ReportScreen(look, self.report_model)
        self.program = ProgramScreen(look, self.program_model)
        self.value = ValueScreen(look, self.value_model)
        self.sales = SalesScreen(look, self.sales_model)
        self.goods_return = ReturnScreen(look, self.return_model)
        self.conflicts = ConflictsScreen(look, self.conflicts_model)
        self._add_shift(look, desk, printing=printing)
        self._add_devices(look, devices, desk=desk, codes=codes)
        self._connect()

    def all(self) -> tuple[QWidget, ...]:
        """Return the pages behind the sign-in."""
        return (
            self.counter,
            self.enrollment,
            self.members,
            self.member,
            self.report,
            self.shift,
            self.cash,
            self.program,
            self.sales,
            self.goods_return,
            self.value,
            self.conflicts,
            *self.house.all(),
            self.devices,
        )

    def page(self, place: Place) -> QWidget:
        """Return the first page of a place."""
        pages: dict[Place, QWidget] = {
            Place.COUNTER: self.counter,
            Place.MEMBERS: self.members,
            Place.SALES: self.sales,
            Place.REPORT: self.report,
        }
        return pages[place]

    def place_of(self, page: QWidget | None) -> Place:
        """Return the place that a page belongs to."""
        if page is self.report:
            return Place.REPORT
        if page in {self.sales, self.goods_return}:
            return Place.SALES
        if page is self.value:
            page = self._value_from
        return Place.MEMBERS if page in {self.members, self.member} else Place.COUNTER

    def enter(self, place: Place) -> None:
        """Let a place look whether anything changed while nobody was there."""
        if place is Place.MEMBERS:
            self.members_model.enter()
        if place is Place.SALES:
            self.sales_model.enter()

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  a plain switch, as Qt's setters
        """Use the narrow forms of windows below 1200 px."""
        wide = (self.counter, self.enrollment, self.members, self.shift, self.cash, self.program)
        for page in (
            *wide,
            self.sales,
            self.goods_return,
            self.value,
            self.conflicts,
            self.devices,
        ):
            page.set_compact(compact)
        self.house.set_compact(compact)

    def lock(self) -> None:
        """Ask whoever was here for his PIN."""
        self.sign_in_model.lock()
        self.house.lock()
        self.customer_model.lock(True)

    def find(self) -> None:
        """Look for a member at the counter."""
        self.place_requested.emit(Place.COUNTER)
        self.counter_model.find()

    def enroll(self) -> None:
        """Make a new member, of the phone that is being typed if there is one."""
        self.counter_model.enroll()

    def take_back(self) -> None:
        """Return goods of the sale that is open; elsewhere look for the sale first."""
        if self.sales.isVisible():
            self.sales_model.give_back()
        else:
            self.place_requested.emit(Place.SALES)

    def take_scan(self, code: str) -> bool:
        """Let the screen that waits for a member's code take it; say whether it did."""
        if self.devices.isVisible() and self.devices_model.take_scan(code):
            return True
        if self.receipts.take(code):
            return True
        return self.sales.isVisible() and self.sales_model.take_scan(code)

    def close_shift(self) -> None:
        """Count the drawer of the open shift; what is being counted stays."""
        if self.cash.isVisible():
            self.cash_model.leave()
            return
        if self.shift.isVisible():
            self.shift_model.look()
            return
        self.counting.emit()
        self.shift_model.begin()
        self.page_requested.emit(self.shift)

    def move_cash(self, kept_blind: bool) -> None:  # noqa: FBT001  a signal's own value
        """Put cash into the drawer or take it out."""
        self.cash_model.begin(kept_blind=kept_blind)
        self.page_requested.emit(self.cash)

    def read_program(self) -> None:
        """Show the program, with an empty basket to try."""
        self.program_model.begin()
        self.page_requested.emit(self.program)

    def set_up_devices(self, tab: Tab = Tab.PRINTER) -> None:
        """Show the devices of this counter, and try them."""
        self.devices_model.begin(tab)
        self.page_requested.emit(self.devices)

    def show_status(self) -> None:
        """Show how the line stands, and what waits for a decision."""
        self.conflicts_model.enter()
        self.page_requested.emit(self.conflicts)

    def use_on_counter(self) -> None:
        """Attach the member whose page is open."""
        if self.member.isVisible():
            self.member_model.use()

    def open_offers(self) -> None:
        """Show the coupons and codes of the sale."""
        if self.counter.isVisible():
            self.counter.open_offers()

    def print_again(self) -> None:
        """Print the open sale again; elsewhere the newest receipt of this counter."""
        if self.sales.isVisible():
            self.sales_model.print_again()
        else:
            self.counter_model.reprinting.again()

    def use_points(self) -> None:
        """Use the points of the first proposal, or use none again."""
        if self.counter.isVisible():
            self.counter.keys.press_first_chip()

    def undo(self) -> None:
        """Take the last sale back, where its bar is."""
        if self.counter.isVisible():
            self.counter_model.undo()

    def _connect(self) -> None:
        self.sign_in_model.entered.connect(self.entered)
        self.house.page_requested.connect(self.page_requested)
        self.house.left.connect(lambda: self.place_requested.emit(Place.COUNTER))
        self.counter_model.enroll_requested.connect(self._begin_enrollment)
        self.counter_model.value_requested.connect(self._open_value_at_counter)
        self.enroll_model.enrolled.connect(self._welcome)
        self.enroll_model.attach_requested.connect(self._attach)
        self.enroll_model.left.connect(lambda: self.place_requested.emit(Place.COUNTER))
        self.members_model.chosen.connect(self._open_member)
        self.member_model.use_requested.connect(self._attach)
        self.member_model.value_requested.connect(self._open_value_of_member)
        self.value_model.left.connect(self._leave_value)
        self.member_model.left.connect(lambda: self.place_requested.emit(Place.MEMBERS))
        self.member_model.sale_requested.connect(self._open_sale)
        self.member_model.enroll_requested.connect(self._begin_enrollment)
        self.sales_model.return_requested.connect(self._begin_return)
        self.return_model.returned.connect(self._told_of_return)
        self.return_model.left.connect(lambda: self.place_requested.emit(Place.SALES))
        self.shift_model.closed.connect(self._hand_over)
        self.shift_model.left.connect(lambda: self.place_requested.emit(Place.COUNTER))
        self.shift_model.cash_requested.connect(self.move_cash)
        self.cash_model.left.connect(self._back_to_shift)
        self.conflicts_model.left.connect(lambda: self.place_requested.emit(Place.COUNTER))
        self.devices_model.percent_requested.connect(self.percent_requested)
        self.devices_model.left.connect(lambda: self.place_requested.emit(Place.COUNTER))
        self.program_model.left.connect(lambda: self.place_requested.emit(Place.COUNTER))

    def _add_shift(self, look: Look, desk: Desk, *, printing: Printing | None) -> None:
        self.shift_model = ShiftViewModel(desk, printing=printing, parent=self)
        self.cash_model = CashViewModel(desk, printing=printing, parent=self)
        self.shift = ShiftScreen(look, self.shift_model)
        self.cash = CashScreen(look, self.cash_model)

    def _add_devices(
        self, look: Look, devices: Devices, *, desk: Desk, codes: ReceiptCodes
    ) -> None:
        self.devices_model = DevicesViewModel(
            desk, devices, percent=lambda: look.percent, parent=self
        )
        self.devices = DevicesScreen(look, self.devices_model)
        self.receipts = ReceiptScans(desk, codes, self)
        self.receipts.found.connect(self._open_receipt)
        self.receipts.told.connect(self.paragraph_requested)
        self._add_customer(desk)  # his screen is a device of the counter too

    def _add_customer(self, desk: Desk) -> None:
        self.customer_model = customer = CustomerViewModel(
            desk, counter=self.counter_model, enroll=self.enroll_model, parent=self
        )
        self.counter_model.changed.connect(customer.redraw)
        self.counter_model.recorded.connect(customer.thank)
        self.enroll_model.changed.connect(customer.redraw)
        self.sign_in_model.entered.connect(lambda: customer.lock(False))

    def _begin_enrollment(self, phone: str) -> None:
        unasked = bool(phone) and self.counter_model.visitors.unasked == phone
        self.enroll_model.begin(phone, unasked=unasked)
        self.page_requested.emit(self.enrollment)

    def _welcome(self, enrolled: MemberEnrolled) -> None:
        self.place_requested.emit(Place.COUNTER)
        self.counter_model.welcome(enrolled.member_id)

    def _attach(self, member_id: MemberId) -> None:
        self.place_requested.emit(Place.COUNTER)
        self.counter_model.attach(member_id)

    def _open_member(self, member_id: MemberId) -> None:
        self.member_model.open(member_id)
        self.page_requested.emit(self.member)

    def _open_sale(self, sale_id: SaleId) -> None:
        self.place_requested.emit(Place.SALES)
        self.sales_model.open(sale_id)

    def _open_receipt(self, sale_id: SaleId, stands: bool) -> None:  # noqa: FBT001  a signal's value
        """Show the sale of a receipt; where goods come back, begin with that."""
        returns = self.sales.isVisible() or self.goods_return.isVisible()
        self._open_sale(sale_id)
        if returns and stands:
            self._begin_return(sale_id)

    def _begin_return(self, sale_id: SaleId) -> None:
        self.return_model.open(sale_id)
        self.page_requested.emit(self.goods_return)

    def _told_of_return(self, _sale_id: SaleId, text: str) -> None:
        self.place_requested.emit(Place.SALES)
        self.sales_model.tell(text)

    def _open_value_at_counter(self, member_id: MemberId) -> None:
        self._open_value(member_id, self.counter)

    def _open_value_of_member(self, member_id: MemberId) -> None:
        self._open_value(member_id, self.member)

    def _open_value(self, member_id: MemberId, page: QWidget) -> None:
        """Pay value in or out, and come back to where one was."""
        self._value_from = page
        self.value_model.begin(member_id)
        self.page_requested.emit(self.value)

    def _leave_value(self) -> None:
        self.page_requested.emit(self._value_from or self.counter)

    def _back_to_shift(self) -> None:
        """Go on counting where one was, with the figures as they are now."""
        self.shift_model.look()
        self.page_requested.emit(self.shift)

    def _hand_over(self, closed: ShiftClosed) -> None:
        """Ask who comes next; whoever it is begins at the counter."""
        self.place_requested.emit(Place.COUNTER)
        self.lock_requested.emit()
        self.sign_in_model.hand_over(closed.number)
