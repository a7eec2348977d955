"""Selling by goods: scanned, or found by name, initials or code; how many of each.

The draft holds the lines and the amount is their sum. What a scan means is asked of the book; the
list that letters look through is read when the sheet is opened.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from db.domain.money import amount_shown
from db.queries.catalogue import (
    Listed,
    Product,
    catalogue,
    has_products,
    product_by_code,
    products_for,
)
from desktop.runtime.desk import Desk
from desktop.runtime.runner import Series
from desktop.screens.counter.draft import Goods
from desktop.screens.counter.paying import Paying
from desktop.screens.counter.state import GoodsRow, GoodsSheet
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.widgets.result_list import ResultRow

FOUND_MAX = 30
LINES_MAX = 99
QUANTITY_MAX = 999


class GoodsPicker(QObject):
    """The sheet of goods, and the scans that are goods.

    Signals:
        changed: the sheet is another, or gone.
        said: a notice for the cashier.
    """

    changed = Signal()
    said = Signal(object)

    def __init__(self, desk: Desk, paying: Paying, parent: QObject) -> None:
        """Start closed."""
        super().__init__(parent)
        self.offered = False
        self._desk = desk
        self._paying = paying
        self._open = False
        self._text = ""
        self._listed: tuple[Listed, ...] = ()
        self._found: tuple[Product, ...] = ()
        self._series = Series()
        desk.staffed.connect(self._look)
        self._look()

    def sheet(self) -> GoodsSheet | None:
        """Return what the sheet shows; nothing while it is closed."""
        if not self._open:
            return None
        lines = self._paying.draft.lines
        total = amount_shown(sum(line.amount for line in lines))
        pieces = sum(line.quantity for line in lines)
        return GoodsSheet(
            text=self._text,
            found=tuple(_row(product) for product in self._found),
            empty=self._empty(),
            lines=tuple(
                GoodsRow(
                    line.name,
                    f"{amount_shown(line.unit_price)} × {line.quantity}",
                    amount_shown(line.amount),
                )
                for line in lines
            ),
            total=self.tr("{pieces} 件，共 {total}").format(pieces=pieces, total=total),
        )

    def begin(self) -> None:
        """Open the sheet, with the list as it is now."""
        if self.offered:
            self._open, self._text, self._found = True, "", ()
            self._desk.runner.read(catalogue, done=self._on_list, series=self._series)
            self.changed.emit()

    def close(self) -> None:
        """Close the sheet; the lines stay."""
        if self._open:
            self._open = False
            self.changed.emit()

    def search(self, text: str) -> None:
        """Look for a name, initials or a code."""
        self._text = text
        self._found = products_for(self._listed, text, limit=FOUND_MAX)
        self.changed.emit()

    def choose(self, place: int) -> None:
        """Put one of what was found into the sale."""
        if 0 <= place < len(self._found):
            self._add(self._found[place])

    def take(self, code: str, *, unknown: Callable[[], None]) -> None:
        """Put what was scanned into the sale; `unknown` when it is no goods of the shop."""

        def answered(product: Product | None) -> None:
            if product is None:
                unknown()
            else:
                self._add(product)

        self._desk.runner.read(lambda reader: product_by_code(reader, code), done=answered)

    def change(self, place: int, by: int) -> None:
        """Add pieces to a line or take some off; none left takes the line away."""
        lines = list(self._paying.draft.lines)
        if 0 <= place < len(lines):
            quantity = min(lines[place].quantity + by, QUANTITY_MAX)
            if quantity > 0:
                lines[place] = replace(lines[place], quantity=quantity)
            else:
                del lines[place]
            self._lay(lines)

    def _look(self) -> None:
        """Ask whether there is a list of goods; one may have come since the last time."""
        self._desk.runner.read(has_products, done=self._on_offered)

    def _add(self, product: Product) -> None:
        if product.unit_price is None:
            self._say(self.tr("「{name}」没有价格，请按金额收银").format(name=product.name))
            return
        lines = list(self._paying.draft.lines)
        for place, line in enumerate(lines):
            if line.sku == product.sku:
                self.change(place, 1)
                return
        if len(lines) >= LINES_MAX:
            self._say(self.tr("一单最多 {lines} 种商品，请分两单").format(lines=LINES_MAX))
            return
        lines.append(
            Goods(
                sku=product.sku,
                name=product.name,
                category=product.category,
                brand=product.brand,
                unit_price=product.unit_price,
            )
        )
        self._lay(lines)

    def _lay(self, lines: list[Goods]) -> None:
        self._paying.set_lines(tuple(lines))
        self.changed.emit()

    def _empty(self) -> str:
        if self._found:
            return ""
        if self._text.strip():
            return self.tr("没有这样的商品")
        return self.tr("输入名称、拼音首字母或条码，也可以直接扫码")

    def _say(self, text: str) -> None:
        self.said.emit(Notice(ChipKind.WARN, text))

    def _on_offered(self, offered: bool) -> None:  # noqa: FBT001  the answer itself
        if offered != self.offered:
            self.offered = offered
            self.changed.emit()

    def _on_list(self, listed: tuple[Listed, ...]) -> None:
        self._listed = listed
        if self._text:
            self.search(self._text)


def _row(product: Product) -> ResultRow:
    price = "" if product.unit_price is None else amount_shown(product.unit_price)
    detail = " ".join(part for part in (product.brand, product.size) if part)
    return ResultRow(product.name, detail, product.category, price or "—")
