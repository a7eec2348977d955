"""The row under the points' chips: a coupon, stored value, and the way to the sheet of coupons."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.screens.counter.state import Extras, QuickChip
from desktop.theme.look import Look
from desktop.theme.tokens import GAP
from desktop.widgets.component import Component
from desktop.widgets.touch_button import Kind, TouchButton


class ExtrasRow(Component):
    """Up to three chips of one width, in the place that only those take which say something.

    Signals:
        coupon: the coupon's chip was tapped; the code of the coupon.
        value: stored value was tapped.
        more: the sheet of coupons and codes is wanted.
    """

    coupon = Signal(str)
    value = Signal()
    more = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Build it hidden."""
        super().__init__(look, parent)
        self._code = ""
        self._coupon = TouchButton(look, kind=Kind.CHOICE)
        self._coupon.setObjectName("couponChip")
        self._value = TouchButton(look, kind=Kind.CHOICE)
        self._value.setObjectName("valueChip")
        self._more = TouchButton(look, icon="ticket-percent")
        self._more.setObjectName("offersKey")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for button in (self._coupon, self._value, self._more):
            self._row.addWidget(button, 1)
        self._coupon.clicked.connect(self._on_coupon)
        self._value.clicked.connect(self._on_value)
        self._more.clicked.connect(lambda _checked=False: self.more.emit())
        self.restyle()

    @property
    def offered(self) -> bool:
        """Say whether there is a sheet to open."""
        return not self._more.isHidden()

    def draw(self, extras: Extras) -> None:
        """Show what there is."""
        self._code = extras.coupon_code
        _draw_chip(self._coupon, extras.coupon)
        _draw_chip(self._value, extras.value)
        self._more.setVisible(bool(extras.offers))
        self._more.set_caption(
            extras.offers, name=self.tr("{what}（F6）").format(what=extras.offers)
        )
        self.setVisible(extras.any)

    def restyle(self) -> None:
        """Space the chips by the scale."""
        self._row.setSpacing(self.look.px(GAP))

    def _on_coupon(self, checked: bool) -> None:  # noqa: FBT001  as Qt's clicked
        self._coupon.setChecked(not checked)  # the state says what is on
        self.coupon.emit(self._code)

    def _on_value(self, checked: bool) -> None:  # noqa: FBT001  as Qt's clicked
        self._value.setChecked(not checked)
        self.value.emit()


def _draw_chip(button: TouchButton, chip: QuickChip | None) -> None:
    button.setVisible(chip is not None)
    if chip is not None:
        button.set_caption(chip.text)
        button.setEnabled(chip.usable)
        button.setChecked(chip.on)
