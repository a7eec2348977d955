"""The program on screen: its rules in sentences, and a basket tried by the counter's own functions.

Nothing is written here. A manager reads what is in force, sees which version comes next and who
published it, and types an amount to learn what a customer of a level would get, and why.
"""

from dataclasses import replace
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from db.domain.clock import BusinessCalendar
from db.domain.evaluation import SaleResult
from db.domain.money import amount_shown
from db.domain.program.program import Program
from db.domain.trouble import Trouble
from db.queries.programs import ProgramVersion, program_versions
from desktop.runtime.desk import Desk
from desktop.runtime.runner import Series
from desktop.screens.program.state import Choice, Part, ProgramState, Trial
from desktop.screens.program.trial import Draft, kinds_of_goods, tried
from desktop.widgets.amount_field import Entry
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.explanation import Explanation
from desktop.wording.explained import counted, withheld
from desktop.wording.figures import change_text, moment_text, points_text
from desktop.wording.people import shown_tier, speaks_chinese
from desktop.wording.program_names import program_names
from desktop.wording.program_sections import program_sections
from desktop.wording.program_words import text_of
from desktop.wording.speech import Speech

VERSIONS_MAX = 5


class ProgramViewModel(QObject):
    """The program's screen.

    Signals:
        changed: the state to draw.
        left: back to the counter.
    """

    changed = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Start with nothing typed; the versions are read when somebody looks."""
        super().__init__(parent)
        self._desk = desk
        self._draft = Draft()
        self._versions: tuple[ProgramVersion, ...] = ()
        self._series = Series()
        desk.changed.connect(self._on_desk)

    def state(self) -> ProgramState:
        """Return what the screen shows now."""
        program = self._desk.facts.program
        say = self._speech(program)
        document = _document(program)
        parts = [Part(section.title, section.lines) for section in program_sections(say, document)]
        if self._versions:
            parts.append(Part(self.tr("版本"), self._version_lines()))
        return ProgramState(
            title=text_of(say, document["name"]),
            since=self.tr("第 {version} 版，{day} 起").format(
                version=program.version, day=program.effective_on.isoformat()
            ),
            parts=tuple(parts),
            trial=self._trial(program, say),
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def begin(self) -> None:
        """Start with an empty basket, as the lowest level there is, and read the versions."""
        self._draft = Draft(buyer=self._buyers()[1])
        self._ask()
        self.redraw()

    def press(self, key: str) -> None:
        """Take a key of the pad or the keyboard."""
        self._set(self._draft.press(key))

    def choose_buyer(self, place: int) -> None:
        """Try as a customer without a card (0), or as a member of a level."""
        self._set(replace(self._draft, buyer=self._buyers()[place]))

    def add_line(self, place: int) -> None:
        """Lay the typed amount in as a piece of these goods; below 0, of none in particular."""
        if self._draft.amount.minor:
            kinds = kinds_of_goods(self._desk.facts.program)
            self._set(self._draft.with_line(kinds[place] if place >= 0 else None))

    def clear(self) -> None:
        """Empty the basket."""
        self._set(Draft(buyer=self._draft.buyer))

    def leave(self) -> None:
        """Go back to the counter."""
        self.left.emit()

    def _set(self, draft: Draft) -> None:
        self._draft = draft
        self.redraw()

    def _trial(self, program: Program, say: Speech) -> Trial:
        draft = self._draft
        result = tried(program, draft, on=self._desk.facts.day, at_ms=self._desk.now_ms)
        return Trial(
            amount=Entry(
                self.tr("金额"),
                draft.amount.shown,
                hint=self.tr("输入金额，看看得多少分"),
                empty=not draft.amount.text,
            ),
            buyers=tuple(
                Choice(self._buyer_name(program, code), on=code == draft.buyer)
                for code in self._buyers()
            ),
            kinds=tuple(kind.name for kind in kinds_of_goods(program)),
            lines=tuple(
                f"{name or self.tr('商品')} {amount_shown(line.unit_price)}"
                for name, line in draft.lines
            ),
            may_add=bool(draft.amount.minor),
            figures=() if result is None else self._figures(result),
            explanation=Explanation() if result is None else self._why(result, say),
        )

    def _figures(self, result: SaleResult) -> tuple[Benefit, ...]:
        rows = [Benefit(self.tr("商品合计"), amount_shown(result.gross))]
        if result.discount:
            rows.append(Benefit(self.tr("优惠"), amount_shown(-result.discount)))
        rows.append(Benefit(self.tr("应付"), amount_shown(result.due), strong=True))
        if self._draft.buyer is not None:
            earned = self.tr("{points} 积分").format(points=change_text(result.earned))
            rows.append(Benefit(self.tr("获得"), earned, "points"))
        return tuple(rows)

    def _why(self, result: SaleResult, say: Speech) -> Explanation:
        question = self.tr("为什么是 {points} 分").format(points=points_text(result.earned))
        return Explanation(
            question if self._draft.buyer is not None else self.tr("价格怎么算的"),
            tuple(counted(say, result.explanation)),
            tuple(withheld(say, result.explanation)),
        )

    def _buyers(self) -> tuple[str | None, ...]:
        levels = self._desk.facts.program.ladder.levels
        return (None, *(level.code for level in levels)) if levels else (None, "")

    def _buyer_name(self, program: Program, code: str | None) -> str:
        if code is None:
            return self.tr("非会员")
        return shown_tier(program, code) or self.tr("会员")

    def _version_lines(self) -> tuple[str, ...]:
        """Return the latest versions, the newest first: from when, and who published them."""
        facts, now_ms = self._desk.facts, self._desk.now_ms
        return tuple(
            self._version_line(version, calendar=facts.home.calendar, now_ms=now_ms)
            for version in reversed(self._versions[-VERSIONS_MAX:])
        )

    def _version_line(
        self, version: ProgramVersion, *, calendar: BusinessCalendar, now_ms: int
    ) -> str:
        values: dict[str, object] = {"mark": version.mark, "day": version.effective_on}
        line = self.tr("{mark}：{day} 起")
        if version.published_at is not None:
            at = moment_text(version.published_at, calendar=calendar, now_ms=now_ms)
            values |= {"at": at, "who": version.published_by or version.published_by_code}
            line = self.tr("{mark}：{day} 起，{at} 发布 {who}")
        if version.mark == self._desk.facts.program.mark:
            values |= {"line": line.format(**values)}
            line = self.tr("{line}（现行）")
        return line.format(**values).rstrip()

    def _speech(self, program: Program) -> Speech:
        return Speech("zh" if speaks_chinese() else "en", program_names(program))

    def _ask(self) -> None:
        self._desk.runner.read(
            program_versions, done=self._on_versions, failed=self._on_failed, series=self._series
        )

    def _on_versions(self, versions: tuple[ProgramVersion, ...]) -> None:
        self._versions = versions
        self.redraw()

    def _on_failed(self, _trouble: Trouble) -> None:
        """Show the rules without their versions; the strip says what is wrong."""

    def _on_desk(self) -> None:
        """Forget a level that the program of today does not have any more."""
        if self._draft.buyer not in self._buyers():
            self._draft = replace(self._draft, buyer=self._buyers()[1])
        self.redraw()


def _document(program: Program) -> dict[str, Any]:
    """Return the document as JSON has it; what was not written stays unwritten."""
    document: dict[str, Any] = msgspec.to_builtins(program.document)
    return document
