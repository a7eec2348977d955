"""The member at the counter: who, which tier, and the two numbers with their age.

Two numbers because a till without line may spend only what it was lent: what the member has, and
what can be redeemed here. While head office answers it lends the rest too, so the second number is
then named for what it is: what is left when the line goes. They are masked before they come here.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme.look import Look
from desktop.theme.tokens import Role
from desktop.widgets.chip import Chip, ChipKind
from desktop.widgets.component import Card, Component
from desktop.widgets.text import Text
from desktop.widgets.touch_button import Kind, TouchButton

CHANGE_WIDTH = 112
FIGURE_GAP, CLOSE_GAP = 40, 24


@dataclass(frozen=True, slots=True)
class MemberFace:
    """What the card shows; every figure is formatted already."""

    name: str  # masked, 张*芳
    phone: str  # masked, 138****5678; empty where the member has none
    tier: str  # empty: no tier
    points: str  # available, or what is owed
    redeemable: str  # here and now
    coupons: str  # empty: this counter knows no coupons
    as_of: str  # the whole sentence: 数据截至 13:05（1 小时 27 分前）· 上次到店 11-08
    in_debt: bool = False
    lent_on: bool = False  # head office lends more; `redeemable` is what is here without it
    stale: bool = False  # the numbers are old enough to say so in amber
    value: str = ""  # stored value; empty: he has none


class MemberCard(Card):
    """The card of the attached member.

    Signals:
        change_requested: the cashier wants another member.
    """

    change_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build the card empty."""
        super().__init__(look, parent)
        self._name = Text(role=Role.TITLE)
        self._phone = Text(role=Role.BODY, tone="muted")
        self._tier = Chip(look, kind=ChipKind.POINTS, icon="crown")
        self._change = TouchButton(look, kind=Kind.SMALL)
        self._change.clicked.connect(self.change_requested)
        self._points = Figure(look)
        self._redeemable = Figure(look)
        self._coupons = Figure(look)
        self._value = Figure(look)
        self._as_of = Text(role=Role.LABEL, tone="muted", wrap=True)
        self._rows = QVBoxLayout(self)
        self._who = QHBoxLayout()
        self._figures = QHBoxLayout()
        self._build()
        self._in_debt = False
        self._close = False
        self._lent_on = False
        self.retranslate()
        self.restyle()

    def show_member(self, face: MemberFace) -> None:
        """Show a member, or the same one with new numbers."""
        self._in_debt, self._lent_on = face.in_debt, face.lent_on
        self._close = bool(face.value or face.coupons)
        self._name.setText(face.name)
        self._phone.setText(face.phone)
        self._tier.show_status(face.tier, kind=ChipKind.POINTS, icon="crown")
        self._tier.setVisible(bool(face.tier))
        self._points.show_value(face.points, tone="error" if face.in_debt else "points")
        self._redeemable.show_value(face.redeemable)
        self._coupons.show_value(face.coupons)
        self._coupons.setVisible(bool(face.coupons))
        self._value.show_value(face.value)
        self._value.setVisible(bool(face.value))
        self._as_of.setText(face.as_of)
        self._as_of.set_tone("warn" if face.stale else "muted")
        self.restyle()
        self.setAccessibleName(f"{face.name} {face.phone} {face.tier}".strip())
        self.retranslate()

    def retranslate(self) -> None:
        """Name the figures and the button."""
        self._points.set_label(self.tr("欠分") if self._in_debt else self.tr("可用积分"))
        self._redeemable.set_label(self.tr("离线可兑") if self._lent_on else self.tr("本机可兑"))
        self._coupons.set_label(self.tr("优惠券"))
        self._value.set_label(self.tr("储值"))
        self._change.set_caption(self.tr("更换会员"))

    def restyle(self) -> None:
        """Space the card by the scale."""
        px = self.look.px
        self._rows.setContentsMargins(px(16), px(12), px(12), px(14))
        self._rows.setSpacing(px(6))
        self._who.setSpacing(px(12))
        self._figures.setSpacing(px(CLOSE_GAP if self._close else FIGURE_GAP))
        self._change.setMinimumWidth(px(CHANGE_WIDTH))

    def _build(self) -> None:
        for part in (self._name, self._phone, self._tier):
            self._who.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._who.addStretch(1)
        self._who.addWidget(self._change)
        for figure in (self._points, self._redeemable, self._value, self._coupons):
            self._figures.addWidget(figure)
        self._figures.addStretch(1)
        self._rows.addLayout(self._who)
        self._rows.addLayout(self._figures)
        self._rows.addWidget(self._as_of)


class Figure(Component):
    """A caption with a big number under it."""

    def __init__(self, look: Look, *, label: str = "", parent: QWidget | None = None) -> None:
        """Build it without a number."""
        super().__init__(look, parent)
        self._label = Text(label, role=Role.LABEL, tone="muted")
        self._value = Text(role=Role.POINTS, tone="points")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._label)
        column.addWidget(self._value)

    def set_label(self, label: str) -> None:
        """Name the number."""
        self._label.setText(label)
        self._name()

    def show_value(self, value: str, *, tone: str = "points") -> None:
        """Show a formatted number."""
        self._value.setText(value)
        self._value.set_tone(tone)
        self._name()

    def _name(self) -> None:
        self.setAccessibleName(f"{self._label.text()} {self._value.text()}")
