"""A member's page: his tabs, his code, what may be done to him, the way back to the counter.

Personal data are masked until somebody who may says why he looks; they are whole again only for
this visit of the page.
"""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from db.domain.ids import MemberId, OperationId
from db.domain.lookup.phone_masks import group_phone
from db.domain.refusals import Refusal
from db.domain.trouble import Trouble
from db.queries.member_page import ROWS, MemberPage, member_page
from db.storage.database import Reader
from desktop.runtime.changes import changes_of
from desktop.runtime.desk import Desk
from desktop.runtime.papers import Papers
from desktop.runtime.runner import Series
from desktop.screens.member import act_words, acts
from desktop.screens.member.acting import ActViewModel
from desktop.screens.member.picture import Scene, picture
from desktop.screens.member.state import ActKind, MemberState
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.wording.refusals import refusal_text

PAGES_MAX = 10


class MemberViewModel(QObject):
    """The page.

    Signals:
        changed: the state to draw.
        use_requested: attach this member at the counter.
        sale_requested: show this sale.
        value_requested: pay this member's stored value in or out.
        enroll_requested: a phone whose new holder is to be enrolled.
        left: the cashier went back to the list.
    """

    changed = Signal(object)
    use_requested = Signal(object)
    value_requested = Signal(object)
    sale_requested = Signal(object)
    enroll_requested = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, papers: Papers | None, parent: QObject | None = None) -> None:
        """Start with nobody."""
        super().__init__(parent)
        self._desk = desk
        self._papers = papers
        self._member_id: MemberId | None = None
        self._page: MemberPage | None = None
        self._wanted = ROWS
        self._revealed = False
        self._busy = False
        self._notice: Notice | None = None
        self._series = Series()
        self.act = ActViewModel(desk, self)
        self.act.done.connect(self._on_done)
        desk.runner.committed.connect(self._on_committed)
        desk.staffed.connect(self._cover)

    @property
    def shown_id(self) -> MemberId | None:
        """Return whose page it is; nothing until he has been read."""
        return None if self._page is None else self._page.card.member_id

    def open(self, member_id: MemberId) -> None:
        """Show a member."""
        self._member_id = member_id
        self._page = None
        self._wanted = ROWS
        self._notice = None
        self._revealed = False
        self.act.close()
        self._ask()

    def state(self) -> MemberState | None:
        """Return what the page shows; nothing until the member has been read."""
        if self._page is None:
            return None
        return picture(
            Scene(
                page=self._page,
                facts=self._desk.facts,
                now_ms=self._desk.now_ms,
                leave_to=self.act.leave_to,
                revealed=self._revealed,
                can_save=self._papers is not None,
                more=len(self._page.history) == self._wanted < ROWS * PAGES_MAX,
                notice=self._notice,
            )
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        if (state := self.state()) is not None:
            self.changed.emit(state)
        self.act.redraw()

    def begin(self, kind: ActKind) -> None:
        """Open the sheet of an act on him."""
        if self._page is not None:
            self._notice = None
            self.act.begin(kind, self._page, revealed=self._revealed)

    def withdraw_marketing(self) -> None:
        """Take his consent to offers back: one tap, at once, offline too."""
        if self._page is not None:
            op, by = OperationId(self._desk.new_id()), self._desk.actor
            self._submit(acts.withdraw_marketing(self._page.card.member_id, op=op, by=by))

    def drop_tag(self, tag: str) -> None:
        """Take a tag off."""
        if self._page is not None:
            op, by = OperationId(self._desk.new_id()), self._desk.actor
            self._submit(acts.untag(self._page.card.member_id, tag, op=op, by=by))

    def use(self) -> None:
        """Attach him at the counter."""
        if self._page is not None and self._page.card.state == "active":
            self.use_requested.emit(self._page.card.member_id)

    def open_row(self, place: int) -> None:
        """Show the sale that a row of the history is about; other rows open nothing."""
        if self._page is not None and (sale_id := self._page.history[place].sale_id) is not None:
            self.sale_requested.emit(sale_id)

    def open_lot(self, place: int) -> None:
        """Show the sale by which points came, with the reason of each; others open nothing."""
        if self._page is not None and (sale_id := self._page.lots[place].sale_id) is not None:
            self.sale_requested.emit(sale_id)

    def open_value(self) -> None:
        """Pay his stored value in or out."""
        if self._page is not None and self._page.card.state == "active":
            self.value_requested.emit(self._page.card.member_id)

    def leave(self) -> None:
        """Go back to the list."""
        self._cover()
        self.left.emit()

    def load_more(self) -> None:
        """Show older rows too."""
        self._wanted += ROWS
        self._ask()

    def save_card(self) -> None:
        """Write his code as a PDF."""
        if self._papers is not None and self._member_id is not None:
            self._papers.save_member_card(
                self._member_id, done=self._on_saved, failed=self._on_not_saved
            )

    def _ask(self) -> None:
        member_id, facts, now_ms = self._member_id, self._desk.facts, self._desk.now_ms
        wanted = self._wanted
        if member_id is None:
            return

        def look(reader: Reader) -> MemberPage | None:
            return member_page(
                reader,
                member_id,
                home=facts.home,
                program=facts.program,
                now_ms=now_ms,
                history_rows=wanted,
            )

        self._desk.runner.read(look, done=self._on_page, series=self._series)

    def _submit(self, service: acts.Service) -> None:
        """Run a service of one tap, unless one runs: the second half of a double tap is none."""
        if not self._busy:
            self._busy = True
            self._desk.runner.submit(
                service, done=self._on_submitted, refused=self._on_refused, failed=self._on_failed
            )

    def _cover(self) -> None:
        """Mask again what was revealed."""
        if self._revealed:
            self._revealed = False
            self.redraw()

    def _say(self, kind: ChipKind, text: str) -> None:
        self._notice = Notice(kind, text)
        self.redraw()

    def _on_page(self, page: MemberPage | None) -> None:
        if page is None:
            self.left.emit()
            return
        self._page = page
        self.redraw()

    def _on_done(self, kind: ActKind, outcome: object) -> None:
        phone = "" if self._page is None else self._page.card.phone or ""
        if kind is ActKind.REVEAL:
            self._revealed = True
        if kind is ActKind.RECYCLED:
            self.enroll_requested.emit(_typed_again(phone))
        self._say(ChipKind.OK, act_words.done(kind, outcome))
        self._ask()

    def _on_submitted(self, _outcome: object) -> None:
        self._busy = False
        self._ask()

    def _on_failed(self, _trouble: Trouble) -> None:
        self._busy = False  # the strip says what is wrong

    def _on_refused(self, refusal: Refusal) -> None:
        self._busy = False
        self._say(ChipKind.ERROR, refusal_text(refusal))

    def _on_committed(self, outcome: object) -> None:
        if changes_of(outcome).touch(self._member_id):
            self._ask()

    def _on_saved(self, path: Path) -> None:
        self._say(ChipKind.OK, self.tr("已存到 {path}").format(path=path))

    def _on_not_saved(self) -> None:
        self._say(ChipKind.WARN, self.tr("会员码没有存成，请看磁盘是否已满"))


def _typed_again(e164: str) -> str:
    """Return a phone as a cashier types it: the digits, of one from elsewhere with its country."""
    return "".join(character for character in group_phone(e164) if character.isdigit())
