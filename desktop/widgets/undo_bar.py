"""The last sale, with undo for two minutes and reprint after that.

The countdown is text that the view-model supplies: the bar owns no clock. The undo button is only
a shortcut; voiding stays possible when its time is up.
"""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.announce import announce
from desktop.widgets.chip import Chip, ChipKind
from desktop.widgets.component import Card
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

UNDO_WIDTH = 128
REPRINT_WIDTH = 88


@dataclass(frozen=True, slots=True)
class LastSale:
    """What the bar shows."""

    text: str  # 李*明 +56 积分
    detail: str = ""  # under it: 上一笔，已记账 14:02
    undo_left: str = ""  # 1:42; empty: the time is up
    can_reprint: bool = False
    waiting: bool = False  # not uploaded yet


class UndoBar(Card):
    """The strip under the sale.

    Signals:
        undo_requested: take the last sale back.
        reprint_requested: print its receipt again.
    """

    undo_requested = Signal()
    reprint_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build the strip without a sale."""
        super().__init__(look, parent)
        self._last = LastSale(text="")
        self._text = Text(role=Role.BODY, wrap=True)
        self._detail = Text(role=Role.LABEL, tone="muted", wrap=True)
        self._waiting = Chip(look, kind=ChipKind.OFFLINE)
        self.undo = TouchButton(look, kind=Kind.SMALL, icon="undo-2")
        self.reprint = TouchButton(look, kind=Kind.SMALL)
        self.undo.clicked.connect(self.undo_requested)
        self.reprint.setObjectName("reprint")
        self.reprint.clicked.connect(self.reprint_requested)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing under the finger may jump
        self.setSizePolicy(policy)
        self._row = QHBoxLayout(self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._text)
        words.addWidget(self._detail)
        self._row.addLayout(words, 1)
        for part in (self._waiting, self.undo, self.reprint):
            self._row.addWidget(part)
        self.show_last(self._last)
        self.restyle()

    def show_last(self, last: LastSale) -> None:
        """Show the last sale, and say a new one; without a text the bar keeps its place unseen."""
        fresh = last.text not in {"", self._last.text}
        self._last = last
        self._text.setText(last.text)
        self._detail.setText(last.detail)
        self._detail.setVisible(bool(last.detail))
        self.setVisible(bool(last.text))
        self._waiting.setVisible(last.waiting)
        self.undo.setVisible(bool(last.undo_left))
        self.reprint.setVisible(last.can_reprint)
        self.retranslate()
        if fresh:
            announce(self, f"{last.text} {last.detail}".strip())

    def retranslate(self) -> None:
        """Name the buttons."""
        self._waiting.show_status(self.tr("待上传"), kind=ChipKind.OFFLINE, icon="cloud-upload")
        undo = self.tr("撤销 {left}").format(left=self._last.undo_left)
        self.undo.set_caption(undo, name=self.tr("撤销上一笔"))
        self.reprint.set_caption(self.tr("补打"), name=self.tr("补打上一笔小票"))

    def restyle(self) -> None:
        """Give the strip its height."""
        px = self.look.px
        self._row.setContentsMargins(px(16), px(7), px(8), px(7))
        self._row.setSpacing(px(8))
        self.undo.setMinimumWidth(px(UNDO_WIDTH))
        self.reprint.setMinimumWidth(px(REPRINT_WIDTH))
        self.setMinimumHeight(px(64))
