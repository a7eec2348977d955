"""What a receipt's code says of its sale, and the names for what such a code says."""

from datetime import date

from db.domain.ids import BranchId, MemberId, SaleId
from db.domain.receipt_code import ReceiptFacts, SoldLine
from db.queries.sale_detail import sale_detail
from db.storage.database import Reader
from db.storage.sales import sale_by_id

_BRANCH = "SELECT name FROM branch WHERE branch_id = ?"


def receipt_facts(reader: Reader, sale_id: SaleId) -> ReceiptFacts | None:
    """Return what a sale's code says of it; nothing for a sale that is not here."""
    row, sale = sale_by_id(reader, sale_id), sale_detail(reader, sale_id)
    if row is None or sale is None:
        return None
    lines = tuple(
        SoldLine(line.quantity, line.amount, line.earned, line.redeemed) for line in sale.lines
    )
    return ReceiptFacts(
        sale_id=sale_id,
        branch_id=BranchId(row.branch_id),
        day=date.fromisoformat(sale.business_day),
        member_id=None if row.member_id is None else MemberId(row.member_id),
        due=sale.due,
        lines=lines,
    )


def branch_name(reader: Reader, branch_id: BranchId) -> str:
    """Return what a branch is called; nothing for one that this counter has not heard of."""
    row = reader.one(_BRANCH, (branch_id,))
    return "" if row is None else str(row[0])
