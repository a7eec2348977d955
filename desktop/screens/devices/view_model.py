"""The devices of this counter: set up, tried before they are kept, kept with one button.

A trial uses what is on the screen, not what is kept, so nobody keeps an address that does not
work. What waits for a device waits on the errand thread.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from db.domain.ids import OperationId
from db.domain.refusals import Refusal
from db.domain.trouble import Trouble
from db.services.drawer import DrawerOpened, OpenDrawer, open_drawer
from desktop.device_settings import DevicesKept, keep_device_settings
from desktop.devices.calibration import SCANS, TRIAL_CODE, WedgeSettings
from desktop.devices.customer_display import Cd5220Display, amount_due
from desktop.devices.ports import Port, identity_of, ports
from desktop.devices.qr_code import code_matrix
from desktop.devices.receipt_printer import EscPosPrinter, PrintEnd
from desktop.receipts.member_receipt import trial_page
from desktop.receipts.words import ReceiptVoice
from desktop.runtime.desk import Desk
from desktop.runtime.devices import Devices
from desktop.screens.devices import words
from desktop.screens.devices.calibrating import Calibrating
from desktop.screens.devices.draft import Draft, columns_of, options, port_of
from desktop.screens.devices.state import (
    AddressForm,
    Calibration,
    Confirm,
    DevicesState,
    Group,
    Tab,
)
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.widgets.choice_grid import Choice
from desktop.wording.people import speaks_chinese
from desktop.wording.program_names import program_names
from desktop.wording.refusals import refusal_text

PERCENTS = (90, 100, 110, 120, 130, 140, 150, 160)
TEXT_CHARACTERS_MAX = 200
TRIAL_MINOR, TRIAL_POINTS = 12_800, 128


class DevicesViewModel(QObject):
    """The devices' screen.

    Signals:
        changed: the state to draw.
        percent_requested: the scale that the whole window is to have.
        left: back to the counter.
    """

    changed = Signal(object)
    percent_requested = Signal(int)
    left = Signal()

    def __init__(
        self,
        desk: Desk,
        devices: Devices,
        *,
        percent: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        """Start with what is kept."""
        super().__init__(parent)
        self._desk, self._devices = desk, devices
        self._percent = percent
        self._tab = Tab.PRINTER
        self._draft = Draft.of(devices.settings)
        self._ports: tuple[Port, ...] = ()
        self._notice: Notice | None = None
        self._busy = False
        self.calibrating = Calibrating(devices, self)
        self.calibrating.changed.connect(self.redraw)
        self.calibrating.found.connect(self._on_found)

    def state(self) -> DevicesState:
        """Return what the screen shows now."""
        draft, tab = self._draft, self._tab
        scans = tab is Tab.SCANNER
        return DevicesState(
            tab=tab,
            about=words.about(tab),
            groups=self._groups(),
            address=self._address_form(),
            trials=self._trials(),
            calibration=self._calibration() if scans else None,
            card=tab is Tab.SOUND_AND_SIZE,
            confirm=self._confirm(draft),
            notice=self._notice,
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def begin(self, tab: Tab = Tab.PRINTER) -> None:
        """Show what is kept, and look what is plugged in."""
        self._draft, self._notice = Draft.of(self._devices.settings), None
        self.turn(tab)
        self._desk.runner.errand(ports, done=self.show_ports, failed=self._on_trouble)

    def wake(self) -> None:
        """Take scans again, where the scanner is tried."""
        if self._tab is Tab.SCANNER:
            self.calibrating.start()

    def rest(self) -> None:
        """Listen to scans as before; the page is not looked at any more."""
        self.calibrating.stop()

    def turn(self, tab: int) -> None:
        """Go to another tab."""
        self._tab, self._notice = Tab(tab), None
        if self._tab is Tab.SCANNER:
            self.calibrating.start()
        else:
            self.calibrating.stop()
        self.redraw()

    def choose(self, group: int, place: int) -> None:
        """Choose a value of a setting."""
        self._notice = None
        if self._tab is Tab.SCANNER:
            self._draft = replace(self._draft, serial=place == 1)
        elif self._tab is Tab.SOUND_AND_SIZE and group == 1:
            self.percent_requested.emit(PERCENTS[place])
        else:
            option = options(self._tab, self._draft)[group]
            settings = option.put(self._draft.settings, option.values[place])
            self._draft = replace(self._draft, settings=settings)
        self.redraw()

    def type_address(self, text: str) -> None:
        """Take an address as it is typed."""
        self._notice = None
        self._draft = self._draft.with_text(self._tab, text[:TEXT_CHARACTERS_MAX])
        self.redraw()

    def choose_port(self, place: int) -> None:
        """Take a port that is there."""
        self.type_address(self._ports[place].name)

    def show_ports(self, found: tuple[Port, ...]) -> None:
        """Offer these ports to tap."""
        self._ports = found
        self.redraw()

    def take_scan(self, code: str) -> bool:
        """Take a scan while the scanner is tried; say whether it was."""
        if not self.calibrating.on:
            return False
        self.calibrating.take(code)
        return True

    def try_out(self, place: int) -> None:
        """Try a device as it stands on the screen."""
        settings = self._draft.result()
        if self._busy or settings is None:
            return
        if self._tab is Tab.DISPLAY and settings.display is not None:
            display, shown = Cd5220Display(settings.display), amount_due(TRIAL_MINOR, TRIAL_POINTS)
            self._run(
                "display",
                lambda: PrintEnd.SENT if display.show(shown) else PrintEnd.NOT_REACHED,
            )
        elif self._tab is Tab.PRINTER and settings.printer is not None:
            printer = EscPosPrinter(settings.printer, settings.profile)
            page = trial_page(
                columns=settings.profile.width,
                branch=self._desk.facts.home.branch_name,
                voice=self._voice(settings.language),
            )
            match place:
                case 0:
                    self._run("printer", lambda: printer.print(page))
                case 1:
                    self._run("state", printer.state)
                case _:
                    self._open_drawer(printer)

    def save(self) -> None:
        """Keep the settings, and use them from now on."""
        settings = self._draft.result()
        if self._busy or settings is None or settings == self._devices.settings:
            return
        self._busy = True
        port = settings.scanner
        by = self._desk.actor

        def look() -> str:
            return "" if port is None else identity_of(port.port)

        def keep(identity: str) -> None:
            kept = replace(settings, scanner_identity=identity)
            self._desk.runner.submit(
                partial(keep_device_settings, settings=kept, by=by),
                done=self._on_kept,
                refused=self._on_refused,
                failed=self._on_trouble,
            )

        self._desk.runner.errand(look, done=keep, failed=self._on_trouble)

    def leave(self) -> None:
        """Go back to the counter; what was not kept is forgotten."""
        self.rest()
        self.left.emit()

    def _groups(self) -> tuple[Group, ...]:
        draft = self._draft
        if self._tab is Tab.SCANNER:
            ways = (self.tr("键盘方式"), self.tr("串口"))
            choices = tuple(Choice(text, draft.serial == bool(i)) for i, text in enumerate(ways))
            return (Group(self.tr("接法"), choices),)
        columns = columns_of(draft.settings.profile)
        groups = [
            Group(
                words.option_name(option.name),
                tuple(
                    Choice(
                        words.value_name(option.name, value, columns=columns),
                        option.get(draft.settings) == value,
                    )
                    for value in option.values
                ),
            )
            for option in options(self._tab, draft)
        ]
        if self._tab is Tab.SOUND_AND_SIZE:
            now = self._percent()
            sizes = tuple(Choice(f"{percent}%", percent == now) for percent in PERCENTS)
            groups.append(Group(self.tr("大小"), sizes))
        return tuple(groups)

    def _address_form(self) -> AddressForm | None:
        draft, tab = self._draft, self._tab
        if tab is Tab.SOUND_AND_SIZE or (tab is Tab.SCANNER and not draft.serial):
            return None
        hint = {
            Tab.PRINTER: self.tr("192.168.1.60、COM3,9600 或 /dev/usb/lp0，不用就留空"),
            Tab.DISPLAY: self.tr("COM4,9600 或 /dev/ttyUSB0，不用就留空"),
        }.get(tab, self.tr("COM3 或 /dev/ttyACM0"))
        chosen = port_of(draft.typed[tab])
        return AddressForm(
            text=draft.typed[tab],
            hint=hint,
            wrong=draft.is_wrong(tab) and bool(draft.typed[tab]),
            ports=tuple(Choice(port.name, port.name == chosen) for port in self._ports),
        )

    def _trials(self) -> tuple[str, ...]:
        if self._draft.result() is None or self._tab > Tab.DISPLAY:
            return ()
        if not self._draft.typed[self._tab].strip():
            return ()
        if self._tab is Tab.DISPLAY:
            return (self.tr("试显示 128.00"),)
        return (self.tr("打测试页"), self.tr("问状态"), self.tr("试开钱箱"))

    def _calibration(self) -> Calibration:
        heard = self.calibrating.heard
        return Calibration(
            code=code_matrix(TRIAL_CODE),
            steps=tuple(
                words.step(place, heard[place] if place < len(heard) else None)
                for place in range(SCANS)
            ),
        )

    def _confirm(self, draft: Draft) -> Confirm:
        settings = draft.result()
        if settings is None:
            return Confirm(self.tr("地址不对，还不能保存"))
        kept = self._devices.settings
        if replace(settings, scanner_identity=kept.scanner_identity) == kept:
            return Confirm(self.tr("没有改动"))
        return Confirm(self.tr("保存设备设置"), usable=not self._busy)

    def _voice(self, language: str) -> ReceiptVoice:
        facts = self._desk.facts
        spoken = language or ("zh" if speaks_chinese() else "en")
        return ReceiptVoice(spoken, facts.home.calendar, program_names(facts.program))

    def _run(self, device: str, run: Callable[[], PrintEnd]) -> None:
        self._busy = True
        self._say(Notice(ChipKind.NEUTRAL, self.tr("正在试，最多等十几秒")))
        self._desk.runner.errand(run, done=partial(self._on_tried, device), failed=self._on_trouble)

    def _open_drawer(self, printer: EscPosPrinter) -> None:
        """Record that the drawer is opened, then open it."""
        self._busy = True
        command = OpenDrawer(
            op=OperationId(self._desk.new_id()),
            by=self._desk.actor,
            reason=self.tr("试开钱箱"),
        )

        def opened(_recorded: DrawerOpened) -> None:
            self._run("drawer", printer.open_drawer)

        self._desk.runner.submit(
            partial(open_drawer, command=command),
            done=opened,
            refused=self._on_refused,
            failed=self._on_trouble,
        )

    def _say(self, notice: Notice) -> None:
        self._notice = notice
        self.redraw()

    def _on_found(self, how: WedgeSettings) -> None:
        settings = replace(self._draft.settings, wedge=how)
        self._draft = replace(self._draft, settings=settings)
        self._notice = Notice(ChipKind.OK, self.tr("扫码枪试好了，保存以后就按它的快慢听"))

    def _on_tried(self, device: str, end: PrintEnd) -> None:
        self._busy = False
        self._say(words.tried(device, end))

    def _on_kept(self, kept: DevicesKept) -> None:
        self._busy = False
        self._devices.use(kept.settings)
        self._draft = Draft.of(kept.settings)
        if self._tab is Tab.SCANNER:
            self.calibrating.start()
        self._say(Notice(ChipKind.OK, self.tr("已保存，现在就用")))

    def _on_refused(self, refusal: Refusal) -> None:
        self._busy = False
        self._say(Notice(ChipKind.ERROR, refusal_text(refusal)))

    def _on_trouble(self, _trouble: Trouble) -> None:
        self._busy = False
        self.redraw()
