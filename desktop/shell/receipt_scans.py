"""A receipt's code at the counter: it opens its sale, or says what is known of one elsewhere."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from db.domain.lookup.scans import ReceiptCode as ScannedReceipt
from db.domain.lookup.scans import classify
from db.domain.money import amount_shown
from db.domain.receipt_code import NoReceiptCode, ReceiptCode, ReceiptFacts
from db.queries.receipt_facts import branch_name
from db.queries.sale_detail import SaleDetail, sale_detail
from db.storage.database import Reader
from desktop.runtime.desk import Desk
from desktop.runtime.receipt_codes import Proof, ReceiptCodes


class ReceiptScans(QObject):
    """Takes the scans of receipts.

    Signals:
        found: the sale is here; its id, and whether something of it can still come back.
        told: a title and a paragraph about a receipt whose sale is not here.
        wanted: the sale may be had from head office; ask it.
    """

    found = Signal(object, bool)
    told = Signal(str, str)
    wanted = Signal()

    def __init__(self, desk: Desk, codes: ReceiptCodes, parent: QObject) -> None:
        """Read codes with the counter's keys."""
        super().__init__(parent)
        self._desk, self._codes = desk, codes

    def take(self, text: str) -> bool:
        """Take a scan that is a receipt's code; say whether it was one."""
        scan = classify(text, region=self._desk.facts.home.region)
        if not isinstance(scan, ScannedReceipt):
            return False
        try:
            code, proof = self._codes.read(scan.text)
        except NoReceiptCode:
            self.told.emit(self._title(), self.tr("小票码没读完整，请把小票放平再扫一次。"))
            return True
        self._desk.runner.read(
            partial(_look, code=code), done=partial(self._on_looked, code, proof)
        )
        return True

    def _on_looked(
        self, code: ReceiptCode, proof: Proof, looked: tuple[SaleDetail | None, str]
    ) -> None:
        sale, branch = looked
        if sale is not None:
            stands = sale.reversed_by is None and not sale.returned_whole
            self.found.emit(sale.sale_id, stands)
            return
        self.told.emit(self._title(), self._words(code, proof, branch))
        if proof is not Proof.FORGED:
            self.wanted.emit()

    def _words(self, code: ReceiptCode, proof: Proof, branch: str) -> str:
        if proof is Proof.FORGED:
            return self.tr("这个小票码不是本店任何柜台打印的，可能是伪造的。不要退款，请找店长。")
        if self._desk.facts.home.own_authority:
            return self.tr("本店没有这一笔，可能是别家店的小票。")
        if code.facts is None or proof is not Proof.GENUINE:
            return self.tr("本机还没有这一笔，已经去问总部。连上总部以后再扫一次，就能退。")
        return self._facts(code.facts, branch) + self.tr(
            "小票是真的，但本机还没有这一笔，已经去问总部。连上总部以后再扫一次，就能退。"
        )

    def _facts(self, facts: ReceiptFacts, branch: str) -> str:
        units = sum(line.quantity for line in facts.lines)
        words = self.tr("{branch}，{day}，实付 {due}，%n 件。", "", units)
        return words.format(
            branch=branch or self.tr("别的门店"),
            day=facts.day.isoformat(),
            due=amount_shown(facts.due),
        )

    def _title(self) -> str:
        return self.tr("小票")


def _look(reader: Reader, code: ReceiptCode) -> tuple[SaleDetail | None, str]:
    branch = "" if code.facts is None else branch_name(reader, code.facts.branch_id)
    return sale_detail(reader, code.sale_id), branch
