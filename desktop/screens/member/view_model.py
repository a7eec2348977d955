"""A member's page: overview and history, his code, and the way back to the counter with him."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from db.domain.ids import MemberId
from db.queries.ledger_history import HistoryRow, member_history
from db.queries.member_card import MemberCard, member_card
from db.queries.member_details import MemberDetails, member_details
from db.storage.database import Reader
from desktop.runtime.changes import changes_of
from desktop.runtime.desk import Desk
from desktop.runtime.papers import Papers
from desktop.runtime.runner import Series
from desktop.screens.member import words
from desktop.screens.member.state import HistoryPage, MemberState
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.wording.member_code import code_matrix
from desktop.wording.people import channel_name, shown_name, shown_phone, shown_tier

PAGE_ROWS = 50
PAGES_MAX = 10

Answer = tuple[MemberCard, MemberDetails, tuple[HistoryRow, ...]]


class MemberViewModel(QObject):
    """The page.

    Signals:
        changed: the state to draw.
        use_requested: attach this member at the counter.
        sale_requested: show this sale.
        value_requested: pay this member's stored value in or out.
        left: the cashier went back to the list.
    """

    changed = Signal(object)
    use_requested = Signal(object)
    value_requested = Signal(object)
    sale_requested = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, papers: Papers | None, parent: QObject | None = None) -> None:
        """Start with nobody."""
        super().__init__(parent)
        self._desk = desk
        self._papers = papers
        self._member_id: MemberId | None = None
        self._card: MemberCard | None = None
        self._details: MemberDetails | None = None
        self._rows: tuple[HistoryRow, ...] = ()
        self._wanted = PAGE_ROWS
        self._notice: Notice | None = None
        self._series = Series()
        desk.runner.committed.connect(self._on_committed)

    def open(self, member_id: MemberId) -> None:
        """Show a member."""
        self._member_id = member_id
        self._card, self._details, self._rows = None, None, ()
        self._wanted = PAGE_ROWS
        self._notice = None
        self._ask()

    def state(self) -> MemberState | None:
        """Return what the page shows; nothing until the member has been read."""
        card, details, facts = self._card, self._details, self._desk.facts
        if card is None or details is None:
            return None
        calendar, now_ms = facts.home.calendar, self._desk.now_ms
        upgrade, share = words.upgrade(card, facts.program)
        return MemberState(
            name=shown_name(card.name, card.gender),
            phone=shown_phone(card.phone),
            tier=shown_tier(facts.program, card.tier),
            joined=self.tr("{day} 入会·{branch}·来源 {channel}").format(
                day=card.joined_on.isoformat(),
                branch=card.home_branch,
                channel=channel_name(card.channel),
            ),
            figures=words.figures(card),
            facts=words.facts(card, details, desk=facts, now_ms=now_ms),
            upgrade=upgrade,
            upgrade_share=share,
            number=card.number,
            code=code_matrix(card.number),
            can_save=self._papers is not None,
            usable=card.state == "active",
            keeps_value=facts.program.stored_value is not None,
            history=HistoryPage(
                columns=words.history_columns(),
                rows=tuple(
                    words.history_row(row, calendar=calendar, now_ms=now_ms, status=facts.status)
                    for row in self._rows
                ),
                empty="" if self._rows else self.tr("还没有消费记录"),
                more=len(self._rows) == self._wanted < PAGE_ROWS * PAGES_MAX,
            ),
            notice=self._notice,
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        if (state := self.state()) is not None:
            self.changed.emit(state)

    def use(self) -> None:
        """Attach him at the counter."""
        if self._card is not None and self._card.state == "active":
            self.use_requested.emit(self._card.member_id)

    def open_row(self, place: int) -> None:
        """Show the sale that a row of the history is about; other rows open nothing."""
        sale_id = self._rows[place].sale_id
        if sale_id is not None:
            self.sale_requested.emit(sale_id)

    def open_value(self) -> None:
        """Pay his stored value in or out."""
        if self._card is not None and self._card.state == "active":
            self.value_requested.emit(self._card.member_id)

    def leave(self) -> None:
        """Go back to the list."""
        self.left.emit()

    def load_more(self) -> None:
        """Show older rows too."""
        self._wanted += PAGE_ROWS
        self._ask()

    def save_card(self) -> None:
        """Write his code as a PDF."""
        if self._papers is not None and self._member_id is not None:
            self._papers.save_member_card(
                self._member_id, done=self._on_saved, failed=self._on_not_saved
            )

    def _ask(self) -> None:
        member_id, facts, now_ms, wanted = (
            self._member_id,
            self._desk.facts,
            self._desk.now_ms,
            self._wanted,
        )
        if member_id is None:
            return

        def page(reader: Reader) -> Answer | None:
            card = member_card(
                reader, member_id, home=facts.home, program=facts.program, now_ms=now_ms
            )
            if card is None:
                return None
            history = member_history(reader, card.member_id, wanted)
            return card, member_details(reader, card.member_id), history

        self._desk.runner.read(page, done=self._on_page, series=self._series)

    def _on_page(self, answer: Answer | None) -> None:
        if answer is None:
            self.left.emit()
            return
        self._card, self._details, self._rows = answer
        self.redraw()

    def _on_committed(self, outcome: object) -> None:
        if changes_of(outcome).touch(self._member_id):
            self._ask()

    def _on_saved(self, path: Path) -> None:
        self._notice = Notice(ChipKind.OK, self.tr("已存到 {path}").format(path=path))
        self.redraw()

    def _on_not_saved(self) -> None:
        self._notice = Notice(ChipKind.WARN, self.tr("会员码没有存成，请看磁盘是否已满"))
        self.redraw()
