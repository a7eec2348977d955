"""The member list: whoever the text means, over the whole book, as it is typed."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from db.domain.lookup.private_codes import PrivateCodeRefused
from db.domain.refusals import Refusal
from db.queries.member_candidates import FoundMember
from db.queries.member_search import SearchResult, find_members
from desktop.runtime.desk import Desk
from desktop.runtime.runner import Series
from desktop.widgets.keypad import Key
from desktop.widgets.result_list import ResultRow
from desktop.wording.people import result_row
from desktop.wording.refusals import refusal_text

LIST_MAX = 50
TEXT_CHARACTERS_MAX = 40


@dataclass(frozen=True, slots=True)
class MembersState:
    """The list's screen; `empty` is the sentence in the place of rows."""

    text: str
    rows: tuple[ResultRow, ...]
    note: str
    empty: str
    detail: str


class MembersViewModel(QObject):
    """The list's screen.

    Signals:
        changed: the state to draw.
        chosen: a member's id.
    """

    changed = Signal(object)
    chosen = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Start with nothing asked."""
        super().__init__(parent)
        self._desk = desk
        self._text = ""
        self._found: tuple[FoundMember, ...] = ()
        self._more = False
        self._refusal: Refusal | None = None
        self._series = Series()
        desk.changed.connect(self.redraw)

    def state(self) -> MembersState:
        """Return what the screen shows now."""
        facts = self._desk.facts
        empty, detail = self._empty()
        return MembersState(
            text=self._text,
            rows=tuple(
                result_row(found, program=facts.program, today=facts.day) for found in self._found
            ),
            note=self.tr("只列出最近来过的 {count} 位，请再多输入几个字").format(count=LIST_MAX)
            if self._more
            else "",
            empty=empty,
            detail=detail,
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def enter(self) -> None:
        """Ask again, for figures may be others now."""
        self.search(self._text)

    def press(self, key: str) -> None:
        """Take a key of the pads."""
        if key == Key.CLEAR:
            self.search("")
        elif key == Key.BACKSPACE:
            self.search(self._text[:-1])
        elif key.isalnum():
            self.search(self._text + key)

    def search(self, text: str) -> None:
        """Ask for a phone, last four, a name, pinyin or a member number."""
        self._text = text[:TEXT_CHARACTERS_MAX]
        asked, region = self._text.strip(), self._desk.facts.home.region
        if not asked:
            self._series.drop()
            self._show((), more=False)
            return
        self._desk.runner.read(
            lambda reader: find_members(reader, asked, limit=LIST_MAX, region=region),
            done=self._on_found,
            refused=self._on_refused,
            series=self._series,
        )
        self.redraw()

    def choose(self, place: int) -> None:
        """Open one of the members found."""
        if 0 <= place < len(self._found):
            self.chosen.emit(self._found[place].member_id)

    def _on_found(self, result: SearchResult) -> None:
        self._show(result.members, more=result.more)

    def _on_refused(self, refusal: Refusal) -> None:
        """Say why not; a payment code or the like does not stay on the screen."""
        if isinstance(refusal, PrivateCodeRefused):
            self._text = ""
        self._show((), more=False, refusal=refusal)

    def _show(
        self, found: tuple[FoundMember, ...], *, more: bool, refusal: Refusal | None = None
    ) -> None:
        self._found, self._more, self._refusal = found, more, refusal
        self.redraw()

    def _empty(self) -> tuple[str, str]:
        if self._found:
            return "", ""
        if self._refusal is not None:
            return refusal_text(self._refusal), ""
        if self._text.strip():
            return self.tr("没有找到会员"), self.tr("换后四位或姓名试试，或按 F3 新会员入会")
        return self.tr("找一位会员"), self.tr("输入手机号、后四位、姓名、拼音或会员号")
