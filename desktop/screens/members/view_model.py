"""The member list: whoever the text means, over the whole book, as it is typed.

Without a text it lists who fits the filter: of a level, with a tag, by the last visit, in an order.
"""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from db.domain.lookup.private_codes import PrivateCodeRefused
from db.domain.refusals import Refusal
from db.queries.member_candidates import FoundMember
from db.queries.member_list import (
    LastVisit,
    ListOrder,
    MemberFilter,
    MemberList,
    member_list,
    tags_in_use,
)
from db.queries.member_search import SearchResult, find_members
from desktop.runtime.desk import Desk
from desktop.runtime.runner import Series
from desktop.screens.members import words
from desktop.widgets.choice_grid import Choice
from desktop.widgets.keypad import Key
from desktop.widgets.result_list import ResultRow
from desktop.wording.people import result_row
from desktop.wording.refusals import refusal_text

LIST_MAX = 50
TEXT_CHARACTERS_MAX = 40


@dataclass(frozen=True, slots=True)
class FilterSheet:
    """What can be chosen: levels, last visits, tags, orders."""

    tiers: tuple[Choice, ...]
    visits: tuple[Choice, ...]
    tags: tuple[Choice, ...]
    orders: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class MembersState:
    """The list's screen; `empty` is the sentence in the place of rows.

    `filter` says on its key what is filtered; without a sheet the filter is not being chosen.
    """

    text: str
    rows: tuple[ResultRow, ...]
    note: str
    empty: str
    detail: str
    filter: str = ""
    filtered: bool = False
    sheet: FilterSheet | None = None


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
        self._filter: MemberFilter | None = None
        self._count = 0
        self._choosing = False
        self._tags: tuple[str, ...] = ()
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
            note=self._note(),
            empty=empty,
            detail=detail,
            filter=words.filter_key(self._filter, facts.program),
            filtered=self._filter is not None,
            sheet=self._sheet() if self._choosing else None,
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
            self._list()
            return
        self._desk.runner.read(
            lambda reader: find_members(reader, asked, limit=LIST_MAX, region=region),
            done=self._on_found,
            refused=self._on_refused,
            series=self._series,
        )
        self.redraw()

    def open_filter(self) -> None:
        """Let the cashier choose whom to list."""
        self._choosing = True
        self._desk.runner.read(tags_in_use, done=self._on_tags)
        self.redraw()

    def close_filter(self) -> None:
        """Show whom was chosen."""
        self._choosing = False
        self.redraw()

    def clear_filter(self) -> None:
        """List nobody without a text."""
        self._filter, self._choosing = None, False
        self.search(self._text)

    def choose_tier(self, place: int) -> None:
        """List one level; the same again lists all."""
        code = words.tier_codes(self._desk.facts.program)[place]
        chosen = self._chosen
        self._put(replace(chosen, tier="" if chosen.tier == code else code))

    def choose_visit(self, place: int) -> None:
        """List by the last visit; the same again lists all."""
        visit, chosen = words.VISITS[place], self._chosen
        again = chosen.last_visit is visit
        self._put(replace(chosen, last_visit=LastVisit.ANY if again else visit))

    def choose_tag(self, place: int) -> None:
        """List who has a tag; the same again lists all."""
        tag, chosen = self._tags[place], self._chosen
        self._put(replace(chosen, tag="" if chosen.tag == tag else tag))

    def choose_order(self, place: int) -> None:
        """Say who comes first."""
        self._put(replace(self._chosen, order=tuple(ListOrder)[place]))

    def choose(self, place: int) -> None:
        """Open one of the members found."""
        if 0 <= place < len(self._found):
            self.chosen.emit(self._found[place].member_id)

    @property
    def _chosen(self) -> MemberFilter:
        return self._filter or MemberFilter()

    def _put(self, chosen: MemberFilter) -> None:
        self._filter, self._text = chosen, ""
        self._list()

    def _list(self) -> None:
        """Ask for whom the filter means; without one for nobody."""
        chosen, day = self._filter, self._desk.facts.day
        if chosen is None:
            self._series.drop()
            self._show((), more=False)
            return
        self._desk.runner.read(
            lambda reader: member_list(reader, chosen, on=day, limit=LIST_MAX),
            done=self._on_list,
            series=self._series,
        )
        self.redraw()

    def _sheet(self) -> FilterSheet:
        program, chosen = self._desk.facts.program, self._chosen
        return FilterSheet(
            tiers=tuple(
                Choice(words.tier_name(program, code), on=code == chosen.tier)
                for code in words.tier_codes(program)
            ),
            visits=tuple(
                Choice(words.visit_name(visit), on=visit is chosen.last_visit)
                for visit in words.VISITS
            ),
            tags=tuple(Choice(tag, on=tag == chosen.tag) for tag in self._tags),
            orders=tuple(
                Choice(words.order_name(order), on=order is chosen.order) for order in ListOrder
            ),
        )

    def _note(self) -> str:
        if self._filter is not None and not self._text.strip():
            if self._count > LIST_MAX:
                found = self.tr("共 {count} 位，列出前 {shown} 位")
                return found.format(count=f"{self._count:,}", shown=LIST_MAX)
            return self.tr("共 {count} 位").format(count=f"{self._count:,}")
        if not self._more:
            return ""
        return self.tr("只列出最近来过的 {count} 位，请再多输入几个字").format(count=LIST_MAX)

    def _on_tags(self, tags: tuple[str, ...]) -> None:
        self._tags = tags
        self.redraw()

    def _on_list(self, found: MemberList) -> None:
        self._count = found.count
        self._show(found.members, more=False)

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
        if self._filter is not None and not self._text.strip():
            return self.tr("没有符合的会员"), self.tr("换个筛选条件试试")
        if self._text.strip():
            return self.tr("没有找到会员"), self.tr("换后四位或姓名试试，或按 F3 新会员入会")
        return self.tr("找一位会员"), self.tr("输入手机号、后四位、姓名、拼音或会员号")
