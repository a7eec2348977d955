"""A scan at the counter goes by what it says; one waits while a sale is being written.

What is none of ours changes nothing and is said; a payment code leaves no trace.
"""

from functools import partial

from PySide6.QtCore import QObject, Signal

from db.domain.lookup.private_codes import PrivateCode
from db.domain.lookup.scans import (
    CouponCode,
    Damaged,
    Private,
    ProductCode,
    ReceiptCode,
    Unknown,
    classify,
)
from desktop.screens.counter.finder import Finder
from desktop.screens.counter.goods import GoodsPicker
from desktop.screens.counter.paying import Paying
from desktop.screens.counter.visitors import Visitors
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.wording.refusals import private_code_text


class Scans(QObject):
    """Carries scans to whoever they are for.

    Signals:
        said: a notice for the cashier.
    """

    said = Signal(object)

    def __init__(
        self,
        finder: Finder,
        paying: Paying,
        visitors: Visitors,
        *,
        goods: GoodsPicker,
        parent: QObject,
    ) -> None:
        """Start with none waiting."""
        super().__init__(parent)
        self._finder = finder
        self._paying = paying
        self._goods = goods
        self._waiting = ""
        finder.private.connect(self._on_private)
        visitors.no_code.connect(self._on_unknown)

    def take(self, code: str) -> None:
        """Take a scan now."""
        match classify(code, region=self._finder.region):
            case Private(kind):
                self._on_private(kind)
            case Damaged():
                self._say(ChipKind.WARN, self.tr("会员码没读完整，请再扫一次"))
            case ReceiptCode():
                self._say(ChipKind.NEUTRAL, self.tr("这是小票码，不是会员码，请扫会员码"))
            case CouponCode(text):
                self._paying.take_code(text, unknown=partial(self._finder.scan, code))
            case ProductCode(gtin):
                self._goods.take(gtin, unknown=partial(self._finder.scan, code))
            case Unknown(text) if text:
                self._goods.take(text, unknown=partial(self._finder.scan, code))
            case _:
                self._finder.scan(code)

    def keep(self, code: str) -> None:
        """Keep a scan until the sale that is being written stands."""
        self._waiting = code
        self._say(ChipKind.NEUTRAL, self.tr("已收到扫码，记完这一笔就处理"))

    def kept(self) -> str:
        """Return the scan that waited, and forget it."""
        waiting, self._waiting = self._waiting, ""
        return waiting

    def _on_private(self, kind: PrivateCode) -> None:
        self._say(ChipKind.ERROR, private_code_text(kind))

    def _on_unknown(self, asked: bool) -> None:  # noqa: FBT001  the answer itself
        here = self.tr("本机不认识这个码，什么也没有改动")
        unasked = self.tr("本机不认识这个码，现在问不到总部。什么也没有改动")
        self._say(ChipKind.WARN, here if asked else unasked)

    def _say(self, kind: ChipKind, text: str) -> None:
        self.said.emit(Notice(kind, text))
