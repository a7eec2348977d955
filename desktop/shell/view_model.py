"""The shell's own state: the top bar's words, the trouble strip, and where the cashier is."""

from PySide6.QtCore import QObject, QTimer, Signal

from db.domain.staff import Leave, Permission, Role, leave_of
from db.domain.trouble import Trouble
from desktop.runtime.desk import Desk
from desktop.runtime.disk_room import DiskRoom, Room
from desktop.runtime.leasing import Leasing, Loading
from desktop.runtime.printing import Printing
from desktop.shell.places import Place, house_menu
from desktop.shell.top_bar import ChipFace, TopBarState
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.wording.figures import span_text
from desktop.wording.house_words import clock_is_doubtful, clock_notice, room_notice
from desktop.wording.print_words import print_notice, printer_state
from desktop.wording.troubles import trouble_text

TICK_MS = 5_000
HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
DAYS_RED = 3


class ShellViewModel(QObject):
    """What surrounds every screen.

    Signals:
        changed: the top bar's state.
        noticed: the notice of the strip under the top bar, or None.
    """

    changed = Signal(object)
    noticed = Signal(object)

    def __init__(
        self,
        desk: Desk,
        leasing: Leasing,
        *,
        printing: Printing | None = None,
        room: DiskRoom | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Follow the desk, the runner, the printer and the disk."""
        super().__init__(parent)
        self._desk = desk
        self._leasing = leasing
        self._printing = printing
        self._room = room
        self._scanned = False
        self._scanner_there: bool | None = None
        self._display_there: bool | None = None
        self._trouble: Trouble | None = None
        self._left_s = 0
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        if printing is not None:
            printing.told.connect(self.redraw)
        desk.changed.connect(self.redraw)
        desk.staffed.connect(self.redraw)
        desk.runner.trouble.connect(self._on_trouble)
        desk.runner.recovered.connect(self._on_recovered)

    def state(self) -> TopBarState:
        """Return what the top bar shows now."""
        facts, staff = self._desk.facts, self._desk.staff
        shift = facts.status.open_shift
        return TopBarState(
            where=f"{facts.home.branch_name}·{facts.home.counter_name}",
            shift=self.tr("未开班")
            if shift is None
            else self.tr("班次 #{number}").format(number=shift),
            line=self._line(),
            scanner=self._scanner(),
            clock=f"{facts.home.calendar.local(self._desk.now_ms):%H:%M}",
            staff="" if staff is None else staff.name,
            inbox=self._inbox(),
            printer=self._printer(),
            display=self._display(),
            house=house_menu(None if staff is None else staff.role),
            may_read_program=staff is not None
            and leave_of(staff.role, Permission.SETTINGS) is Leave.ALLOWED,
        )

    @property
    def role(self) -> Role | None:
        """Return what whoever acts is, if somebody does."""
        staff = self._desk.staff
        return None if staff is None else staff.role

    def may_see_status(self) -> bool:
        """Say whether whoever acts sees how the line stands and what waits for a decision."""
        staff = self._desk.staff
        return staff is not None and leave_of(staff.role, Permission.REPORTS) is Leave.ALLOWED

    def redraw(self) -> None:
        """Say bar and strip, for instance in another language."""
        self.changed.emit(self.state())
        self.noticed.emit(self._notice())

    def places(self) -> frozenset[Place]:
        """Return where whoever acts may go."""
        staff = self._desk.staff
        may_read = staff is not None and (leave_of(staff.role, Permission.REPORTS) is Leave.ALLOWED)
        return frozenset(Place) if may_read else frozenset(Place) - {Place.REPORT}

    def scanned(self) -> None:
        """Take note that the scanner works."""
        if not self._scanned:
            self._scanned = True
            self.redraw()

    def show_devices(self, *, scanner: bool | None, display: bool | None) -> None:
        """Take note which devices are plugged in; None is one that was not set up."""
        if (scanner, display) != (self._scanner_there, self._display_there):
            self._scanner_there, self._display_there = scanner, display
            self.redraw()

    def idle(self, left_s: int) -> None:
        """Warn that the till locks in so many seconds; 0 takes the warning back."""
        if left_s != self._left_s:
            self._left_s = left_s
            self.noticed.emit(self._notice())

    def line_words(self) -> str:
        """Return the paragraph behind the chip of the line."""
        status = self._desk.facts.status
        if not status.with_office:
            return self.tr("这台柜台没有接总部，自己就是账本。所有数据在本机，已加密保存。")
        waiting = self.tr("%n 笔还没有上传，都在本机，已加密保存。", "", status.waiting)
        if self._leasing.first_load() is not None:
            return self.tr("正在从总部取会员资料。收银照常；断了会接着取，不用重来。") + waiting
        if self._leasing.online():
            return self.tr("与总部连接正常。") + waiting
        return self.tr("现在连不上总部。收银照常，连上后自动上传。") + waiting

    def scanner_words(self) -> str:
        """Return the paragraph behind the chip of the scanner."""
        if self._scanner_there is False:
            return self.tr(
                "扫码枪没有插好，或者被别的程序占着。插好以后自动接上，不用重开。"
                "现在请输入手机号或后四位。"
            )
        return self.tr(
            "在任何页面扫会员码都有效，不用先点哪里。扫码枪要设成键盘方式，以回车结尾。"
            "扫不上时，输入手机号或后四位也能找到会员。"
        )

    def display_words(self) -> str:
        """Return the paragraph behind the chip of the customer display."""
        return self.tr("顾客屏没有插好或没有通电。收银照常，插好以后自动接着显示。")

    def printer_words(self) -> str:
        """Return the paragraph behind the chip of the printer."""
        last = None if self._printing is None else self._printing.last
        notice = None if last is None else print_notice(last)
        if notice is not None:
            return notice.text
        return self.tr(
            "小票在记账以后打印，打印机不好时收银照常。只有打印机回答打完了，才说已打印；"
            "不会回答的打印机，只说已发送。补打按 F8。"
        )

    def _printer(self) -> ChipFace | None:
        if self._printing is None or not self._printing.can_print:
            return None
        last = self._printing.last
        text, kind = printer_state(None if last is None else last.end)
        return ChipFace(text, kind, "printer")

    def _line(self) -> ChipFace:
        status = self._desk.facts.status
        if not status.with_office:
            return ChipFace(self.tr("单店·数据在本机"), ChipKind.OK, "hard-drive")
        if (load := self._leasing.first_load()) is not None:
            return ChipFace(self._load_words(load), ChipKind.OK, "cloud")
        if self._leasing.online():
            if status.waiting:
                text = self.tr("在线·%n 笔待上传", "", status.waiting)
                return ChipFace(text, ChipKind.OK, "cloud-upload")
            return ChipFace(self.tr("在线"), ChipKind.OK, "cloud-check")
        away_ms = self._away_ms()
        text = self.tr("离线")
        if status.waiting:
            text = self.tr("离线·%n 笔待上传", "", status.waiting)
        if away_ms < HOUR_MS:
            return ChipFace(text, ChipKind.OFFLINE, "cloud-off")
        words = self.tr("已离线 {span}·%n 笔待上传", "", status.waiting)
        return ChipFace(words.format(span=span_text(away_ms)), ChipKind.WARN, "cloud-off")

    def _load_words(self, load: Loading) -> str:
        match load.stage:
            case "preparing":
                return self.tr("首次同步·总部准备中")
            case "fetching":
                return self.tr("首次同步·已取 {percent}%").format(percent=load.percent)
            case _:
                return self.tr("首次同步·正在写入")

    def _inbox(self) -> ChipFace | None:
        waiting = self._desk.facts.status.open_conflicts
        if not waiting or not self.may_see_status():
            return None
        text = self.tr("%n 条待处理", "", waiting)
        return ChipFace(text, ChipKind.WARN, "triangle-alert")

    def _display(self) -> ChipFace | None:
        """Return the chip of a customer display that is gone; one that works needs no words."""
        if self._display_there is not False:
            return None
        return ChipFace(self.tr("顾客屏未连接"), ChipKind.WARN, "monitor")

    def _scanner(self) -> ChipFace:
        if self._scanner_there is False:
            return ChipFace(self.tr("扫码枪未连接"), ChipKind.WARN, "scan-barcode")
        if self._scanned or self._scanner_there:
            return ChipFace(self.tr("扫码枪正常"), ChipKind.OK, "scan-barcode")
        return ChipFace(self.tr("扫码枪待扫"), ChipKind.NEUTRAL, "scan-barcode")

    def _notice(self) -> Notice | None:
        if self._trouble is not None:
            return Notice(ChipKind.ERROR, trouble_text(self._trouble))
        if self._left_s:
            text = self.tr("{seconds} 秒后锁屏，动一下就继续").format(seconds=self._left_s)
            return Notice(ChipKind.NEUTRAL, text)
        if self._leasing.refusal() is not None:
            text = self.tr("总部已停用本机。数据在本机，不会丢，请告知店长")
            return Notice(ChipKind.ERROR, text)
        if (notice := self._house_notice()) is not None:
            return notice
        status, away_ms = self._desk.facts.status, self._away_ms()
        if not status.with_office or not status.waiting or away_ms < DAY_MS:
            return None
        if away_ms < DAYS_RED * DAY_MS:
            text = self.tr("已 {span} 未上传。数据在本机安全，请告知店长")
            return Notice(ChipKind.WARN, text.format(span=span_text(away_ms)))
        text = self.tr("已 {span} 未上传。积分照记，数据在本机安全，请马上告知店长")
        return Notice(ChipKind.ERROR, text.format(span=span_text(away_ms)))

    def _house_notice(self) -> Notice | None:
        """Return what is wrong with this machine's disk or clock."""
        room = Room.ENOUGH if self._room is None else self._room.now()
        if (notice := room_notice(room)) is not None:
            return notice
        status, now_ms = self._desk.facts.status, self._desk.now_ms
        if not clock_is_doubtful(status, now_ms):
            return None
        at = f"{self._desk.facts.home.calendar.local(now_ms):%Y-%m-%d %H:%M}"
        return clock_notice(at)

    def _away_ms(self) -> int:
        last = self._desk.facts.status.last_contact_ms
        return 0 if last is None else max(0, self._desk.now_ms - last)

    def _tick(self) -> None:
        self._desk.tick()
        self.redraw()

    def _on_trouble(self, trouble: Trouble) -> None:
        self._trouble = trouble
        self.redraw()

    def _on_recovered(self) -> None:
        self._trouble = None
        self.redraw()
