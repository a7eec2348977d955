"""Sync status and conflicts: how the line stands, what does not fit, and what is done about it.

Who may decide decides here where nobody has to be asked; at a counter of a head office the choice
is asked for, and the conflict says that it waits.
"""

from functools import partial

from PySide6.QtCore import QObject, Signal

from db.domain.ids import OperationId
from db.domain.refusals import Refusal
from db.domain.staff import Leave, Permission, leave_of
from db.domain.trouble import Trouble
from db.domain.wishes import WishAct
from db.queries.conflicts import Conflict, conflicts
from db.queries.line_status import LineStatus, line_status
from db.queries.waiting_list import WaitingList, waiting_list
from db.services.conflict_choices import ConflictSettled, resolve_conflict
from db.services.wishes import Asked, AskOffice, ask_office
from db.storage.database import Reader
from desktop.runtime.desk import Desk
from desktop.runtime.leasing import Leasing
from desktop.runtime.runner import Series
from desktop.screens.conflicts import words
from desktop.screens.conflicts.state import Decision, InboxState, OpenConflict
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.widgets.choice_grid import Choice
from desktop.wording.refusals import refusal_text

ROWS_MAX = 100
_Read = tuple[tuple[Conflict, ...], WaitingList, LineStatus]


class ConflictsViewModel(QObject):
    """The screen.

    Signals:
        changed: the state to draw.
        left: back to the counter.
    """

    changed = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, leasing: Leasing, parent: QObject | None = None) -> None:
        """Start with nothing read."""
        super().__init__(parent)
        self._desk, self._leasing = desk, leasing
        self._found: tuple[Conflict, ...] = ()
        self._waiting = WaitingList((), 0)
        self._line_status = LineStatus()
        self._with_decided = False
        self._current: bytes | None = None
        self._choice: str | None = None
        self._notice: Notice | None = None
        self._busy = False
        self._series = Series()
        desk.changed.connect(self.redraw)
        desk.runner.committed.connect(lambda _outcome: self._read())

    def enter(self) -> None:
        """Look anew, with what waits in front."""
        self._notice, self._with_decided = None, False
        self._read()

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def state(self) -> InboxState:
        """Return what the screen shows now."""
        facts, now_ms, say = self._desk.facts, self._desk.now_ms, words.voice()
        calendar = facts.home.calendar
        found = self._open()
        with_office = facts.status.with_office
        return InboxState(
            title=say("状态和待处理", "Status and conflicts"),
            line=self._line(),
            status=words.status_rows(
                self._waiting,
                self._line_status,
                last_ms=facts.status.last_contact_ms,
                now_ms=now_ms,
                calendar=calendar,
            )
            if with_office
            else (),
            sync=say("立即同步", "Exchange now"),
            may_sync=with_office,
            rows=tuple(
                words.conflict_row(each, calendar=calendar, now_ms=now_ms) for each in self._found
            ),
            current=-1 if found is None else self._found.index(found),
            empty=say("没有需要处理的冲突", "Nothing waits for a decision"),
            waiting=Choice(say("待处理", "Open"), not self._with_decided),
            decided=Choice(say("全部", "All"), self._with_decided),
            open=None if found is None else self._shown(found),
            hint=say("点一条看两边的事实", "Touch one to see both sides"),
            notice=self._notice,
        )

    def choose(self, place: int) -> None:
        """Open one of the rows."""
        if 0 <= place < len(self._found):
            self._current, self._choice, self._notice = self._found[place].conflict_id, None, None
            self.redraw()

    def show_waiting(self) -> None:
        """List what waits for a decision."""
        self._with_decided = False
        self._read()

    def show_decided(self) -> None:
        """List the decided ones too."""
        self._with_decided = True
        self._read()

    def choose_choice(self, place: int) -> None:
        """Mark what would be decided."""
        found = self._open()
        if found is not None and 0 <= place < len(found.choices):
            self._choice, self._notice = found.choices[place], None
            self.redraw()

    def confirm(self) -> None:
        """Decide, or ask head office for it."""
        found = self._open()
        if found is None or self._busy or not self._decision(found).usable:
            return
        self._busy = True
        if self._desk.facts.status.with_office:
            self._ask(found, self._chosen(found))
        else:
            self._settle(found, self._chosen(found))

    def sync_now(self) -> None:
        """Exchange with head office, whatever the pause says."""
        self._leasing.sync_now()

    def leave(self) -> None:
        """Go back to the counter."""
        self.left.emit()

    def _ask(self, found: Conflict, choice: str) -> None:
        """Ask head office, which hears of it with the next exchange."""
        command = AskOffice(
            op=OperationId(self._desk.new_id()),
            act=WishAct.RESOLVE,
            by=self._desk.actor,
            conflict=found.conflict_id,
            choice=choice,
        )
        self._desk.runner.submit(
            partial(ask_office, command=command),
            done=self._on_done,
            refused=self._on_refused,
            failed=self._on_failed,
        )

    def _settle(self, found: Conflict, choice: str) -> None:
        """Decide here, where nobody has to be asked."""
        decide = partial(
            resolve_conflict, wanted=found.conflict_id, choice=choice, by=self._desk.actor
        )
        self._desk.runner.submit(
            decide, done=self._on_done, refused=self._on_refused, failed=self._on_failed
        )

    def _line(self) -> str:
        say, status = words.voice(), self._desk.facts.status
        if not status.with_office:
            return say("这台柜台没有接总部，数据都在本机。", "This counter has no head office.")
        line = say(
            "现在连不上总部。收银照常，数据在本机安全，连上后自动上传。",
            "Head office cannot be reached. Selling goes on; everything is kept here.",
        )
        if self._leasing.online():
            line = say("与总部连接正常。", "Head office answers.")
        return "\n".join(part for part in (line, words.waiting_text(self._waiting)) if part)

    def _shown(self, found: Conflict) -> OpenConflict:
        calendar, now_ms = self._desk.facts.home.calendar, self._desk.now_ms
        return OpenConflict(
            title=words.title(found),
            why=words.why(found),
            who=words.who(found),
            facts=words.facts(found, calendar=calendar, now_ms=now_ms),
            decision=self._decision(found),
        )

    def _decision(self, found: Conflict) -> Decision:
        say, choice = words.voice(), self._chosen(found)
        if found.choice is not None:
            return Decision("", (), words.ended(found), say("已处理", "Decided"), usable=False)
        asks = tuple(words.asked_text(wish) for wish in found.wishes)
        notice = Notice(ChipKind.NEUTRAL, asks[-1]) if asks else None
        staff = self._desk.staff
        allowed = staff is not None and leave_of(staff.role, Permission.MERGE) is Leave.ALLOWED
        confirm = words.confirm_text(choice, with_office=self._desk.facts.status.with_office)
        if not allowed:
            confirm = say("请店长处理", "For the manager to decide")
        elif any(wish.act == choice for wish in found.wishes):
            confirm, allowed = say("已提交，等总部", "Asked; head office is next"), False
        return Decision(
            title=say("怎么处理？", "What is to be done?"),
            choices=tuple(
                Choice(
                    words.choice_text(each, recommended=each == found.recommended), each == choice
                )
                for each in found.choices
            ),
            effect=words.effect(found, choice),
            confirm=confirm,
            usable=allowed and not self._busy,
            asks=notice,
        )

    def _chosen(self, found: Conflict) -> str:
        return self._choice if self._choice in found.choices else found.recommended

    def _open(self) -> Conflict | None:
        for each in self._found:
            if each.conflict_id == self._current:
                return each
        return None

    def _read(self) -> None:
        with_decided, counter_id = self._with_decided, self._desk.facts.home.counter_id

        def ask(reader: Reader) -> _Read:
            rows = conflicts(reader, with_resolved=with_decided, limit=ROWS_MAX)
            return rows, waiting_list(reader, counter_id), line_status(reader)

        self._desk.runner.read(ask, done=self._on_read, series=self._series)

    def _on_read(self, answer: _Read) -> None:
        self._found, self._waiting, self._line_status = answer
        if self._open() is None:
            self._current = self._found[0].conflict_id if self._found else None
            self._choice = None
        self.redraw()

    def _on_done(self, outcome: Asked | ConflictSettled) -> None:
        self._busy = False
        self._notice = None
        if isinstance(outcome, ConflictSettled):
            text = words.voice()("已处理。", "Decided.")
            self._notice = Notice(ChipKind.OK, text)
        self._read()

    def _on_refused(self, refusal: Refusal) -> None:
        self._busy = False
        self._notice = Notice(ChipKind.ERROR, refusal_text(refusal))
        self._read()

    def _on_failed(self, _trouble: Trouble) -> None:
        self._busy = False
        self.redraw()
