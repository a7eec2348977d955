"""About and diagnostics: how the counter is, how quick its flows are, and three things to do.

The bundle and what is copied name no member. Proving and backing up run beside the shop.
"""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from db.domain.trouble import Trouble
from db.storage.backup import Manifest
from desktop.runtime.desk import Desk
from desktop.runtime.flow_timings import FlowFigures
from desktop.runtime.health import Health
from desktop.runtime.leasing import Leasing
from desktop.runtime.upkeep import NoRoom, Proof, Upkeep
from desktop.screens.diagnostics import words
from desktop.screens.diagnostics.state import DiagnosticsState, Fact
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.wording.troubles import trouble_text


class DiagnosticsViewModel(QObject):
    """The diagnostics' screen.

    Signals:
        changed: the state to draw.
        copied: text for the clipboard.
        left: back to the counter.
    """

    changed = Signal(object)
    copied = Signal(str)
    left = Signal()

    def __init__(
        self, desk: Desk, *, leasing: Leasing, upkeep: Upkeep | None, parent: QObject | None = None
    ) -> None:
        """Know nothing until somebody looks."""
        super().__init__(parent)
        self._desk = desk
        self._leasing = leasing
        self._upkeep = upkeep
        self.health: Health | None = None
        self._proof: Proof | None = None
        self._proving = self._backing_up = False
        self._notice: Notice | None = None

    def state(self) -> DiagnosticsState:
        """Return what the screen shows now."""
        figures = self._figures()
        return DiagnosticsState(
            facts=self._facts(),
            flows=tuple(words.flow_row(each) for each in figures),
            no_flows="" if figures else self.tr("还没有量到。用一会儿收银台再来看。"),
            proving=self._proving,
            backing_up=self._backing_up,
            notice=self._notice,
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def enter(self) -> None:
        """Look at everything again."""
        self._notice = None
        self._look()
        self.redraw()

    def show(self, health: Health) -> None:
        """Show how the counter is."""
        self.health = health
        self.redraw()

    def leave(self) -> None:
        """Go back to the counter."""
        self.left.emit()

    def prove(self) -> None:
        """Prove the book, beside the shop."""
        if self._upkeep is None or self._proving:
            return
        self._proving, self._notice = True, None
        self._upkeep.prove(done=self._on_proof, failed=self._on_no_proof)
        self.redraw()

    def back_up(self) -> None:
        """Write a backup, beside the shop."""
        if self._upkeep is None or self._backing_up:
            return
        self._backing_up, self._notice = True, None
        self._upkeep.back_up(done=self._on_backup, failed=self._on_no_backup)
        self.redraw()

    def save_bundle(self) -> None:
        """Write the diagnostics into a file."""
        if self._upkeep is not None and self.health is not None:
            self._upkeep.save_bundle(self.health, done=self._on_saved, failed=self._on_failed)

    def copy(self) -> None:
        """Put the facts on the clipboard."""
        self.copied.emit("\n".join(f"{fact.title}: {fact.text}" for fact in self._facts()))
        self._say(ChipKind.OK, self.tr("已复制，里面没有会员资料"))

    def _figures(self) -> tuple[FlowFigures, ...]:
        return () if self._upkeep is None else self._upkeep.flows.figures()

    def _facts(self) -> tuple[Fact, ...]:
        if self.health is None:
            return ()
        waiting = self.tr("%n 笔待上传", "", self.health.waiting)
        return words.facts(
            self.health,
            proof=self._proof,
            line=words.Line(self._leasing.online(), waiting),
            calendar=self._desk.facts.home.calendar,
            now_ms=self._desk.now_ms,
        )

    def _look(self) -> None:
        if self._upkeep is not None:
            self._upkeep.look(done=self.show, failed=self._on_failed)

    def _on_proof(self, proof: Proof) -> None:
        self._proving, self._proof = False, proof
        if proof.problems:
            text = self.tr("账本有 %n 处对不上。不要再收银，请马上告知店长。", "", proof.problems)
            self._say(ChipKind.ERROR, text)
        else:
            text = self.tr("账本核对无误：%n 笔操作", "", proof.operations)
            self._say(ChipKind.OK, text)

    def _on_backup(self, _manifest: Manifest) -> None:
        self._backing_up = False
        self._look()
        text = self.tr("已备份并检查过。备份旁的 .key 是钥匙，请另存一处。")
        self._say(ChipKind.OK, text)

    def _on_saved(self, path: Path) -> None:
        text = self.tr("已存到 {path}。里面是版本、大小、用时和日志，没有会员资料。")
        self._say(ChipKind.OK, text.format(path=path))

    def _on_no_proof(self, trouble: Trouble) -> None:
        self._proving = False
        self._on_failed(trouble)

    def _on_no_backup(self, trouble: Trouble) -> None:
        self._backing_up = False
        self._on_failed(trouble)

    def _on_failed(self, trouble: Trouble) -> None:
        if isinstance(trouble, NoRoom):
            self._say(ChipKind.ERROR, self.tr("磁盘快满，没有备份。请先清理磁盘。"))
            return
        self._say(ChipKind.ERROR, trouble_text(trouble))

    def _say(self, kind: ChipKind, text: str) -> None:
        self._notice = Notice(kind, text)
        self.redraw()
