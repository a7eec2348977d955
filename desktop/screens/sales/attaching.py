"""Attaching a member to a sale of today: find him, choose him, and he has the points."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from db.domain.ids import OperationId
from db.domain.lookup.private_codes import PrivateCodeRefused
from db.domain.money import amount_shown
from db.domain.refusals import Refusal
from db.domain.trouble import Trouble
from db.queries.member_candidates import FoundMember
from db.queries.member_search import SearchResult, find_members
from db.queries.sale_list import SaleListRow
from db.services.attach import AttachMember, MemberAttached, attach_member
from desktop.runtime.desk import Desk
from desktop.runtime.runner import Series
from desktop.screens.sales.state import Act, AttachState
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.wording.figures import points_text
from desktop.wording.people import result_row, shown_name, shown_phone
from desktop.wording.refusals import refusal_text

FOUND_MAX = 8
TEXT_CHARACTERS_MAX = 40


class AttachViewModel(QObject):
    """The panel that attaches.

    Signals:
        changed: the state to draw.
        attached: the sale is his; what to say.
    """

    changed = Signal(object)
    attached = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Start with no sale."""
        super().__init__(parent)
        self._desk = desk
        self._sale: SaleListRow | None = None
        self._text = ""
        self._found: tuple[FoundMember, ...] = ()
        self._chosen = -1
        self._answered = False
        self._notice: Notice | None = None
        self._busy = False
        self._series = Series()

    def begin(self, sale: SaleListRow) -> None:
        """Ask whose sale it was."""
        self._sale, self._notice = sale, None
        self.search("")

    def state(self) -> AttachState | None:
        """Return what the panel shows now; nothing while there is no sale."""
        sale = self._sale
        if sale is None:
            return None
        facts = self._desk.facts
        return AttachState(
            title=self.tr("补会员 {amount}").format(amount=amount_shown(sale.due)),
            text=self._text,
            rows=tuple(
                result_row(found, program=facts.program, today=facts.day) for found in self._found
            ),
            current=self._chosen,
            empty=self._empty(),
            confirm=self._confirm(),
            notice=self._notice,
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        if (state := self.state()) is not None:
            self.changed.emit(state)

    def search(self, text: str) -> None:
        """Ask for a phone, last four, a name, pinyin or a member number, typed or scanned."""
        self._text = text[:TEXT_CHARACTERS_MAX]
        self._found, self._chosen, self._answered = (), -1, False
        asked, region = self._text.strip(), self._desk.facts.home.region
        self._series.drop()
        if asked:
            self._notice = None
            self._desk.runner.read(
                lambda reader: find_members(reader, asked, limit=FOUND_MAX, region=region),
                done=self._on_found,
                refused=self._on_search_refused,
                series=self._series,
            )
        self.redraw()

    def choose(self, place: int) -> None:
        """Mean this one of those found."""
        if 0 <= place < len(self._found):
            self._chosen = place
            self.redraw()

    def confirm(self) -> None:
        """Give the sale to whoever is chosen."""
        if self._busy or self._sale is None or not self._confirm().usable:
            return
        self._busy = True
        command = AttachMember(
            op=OperationId(self._desk.new_id()),
            by=self._desk.actor,
            sale_id=self._sale.sale_id,
            member_id=self._found[self._chosen].member_id,
        )
        self._desk.runner.submit(
            partial(attach_member, command=command),
            done=self._on_attached,
            refused=self._on_refused,
            failed=self._on_failed,
        )

    def _confirm(self) -> Act:
        if self._chosen < 0:
            return Act(self.tr("请选一位会员"))
        found = self._found[self._chosen]
        who = f"{shown_name(found.name)} {shown_phone(found.phone)}".strip()
        return Act(self.tr("补给 {who}").format(who=who), usable=True)

    def _empty(self) -> str:
        if self._answered and not self._found:
            return self.tr("没有找到会员")
        return self.tr("输入手机号、后四位或姓名，或扫会员码")

    def _on_found(self, result: SearchResult) -> None:
        self._found, self._answered = result.members, True
        self._chosen = 0 if len(result.members) == 1 else -1
        self.redraw()

    def _on_search_refused(self, refusal: Refusal) -> None:
        """Say why not; a payment code or the like does not stay on the screen."""
        if isinstance(refusal, PrivateCodeRefused):
            self._text = ""
        self._notice = Notice(ChipKind.ERROR, refusal_text(refusal))
        self.redraw()

    def _on_attached(self, given: MemberAttached) -> None:
        self._busy = False
        name = shown_name(self._found[self._chosen].name)
        self._sale = None
        self.attached.emit(
            self.tr("已补给 {name}，获得 {points} 分，可用 {balance} 分").format(
                name=name,
                points=points_text(given.earned),
                balance=points_text(given.balance),
            )
        )

    def _on_refused(self, refusal: Refusal) -> None:
        self._busy = False
        self._notice = Notice(ChipKind.ERROR, refusal_text(refusal))
        self.redraw()

    def _on_failed(self, _trouble: Trouble) -> None:
        self._busy = False
        self.redraw()
