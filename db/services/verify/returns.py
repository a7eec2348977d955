"""Returns and attached members proved: rows follow from operations, and sums from rows."""

from typing import Final

import msgspec

from db.domain.ids import MemberId, SaleId, text_of
from db.domain.operations import Operation
from db.domain.return_facts import AttachBody, ReturnBody
from db.domain.sales import TENDERS, SaleBody
from db.services.attach import attach_row
from db.services.returns import return_row
from db.services.sold import read_sold, with_member
from db.services.verify.problems import ProblemList
from db.storage.database import Reader
from db.storage.returns import ReturnedSums, attach_of
from db.storage.sales import SaleRow

_RETURN = f"""
SELECT op, sale_id, member_id, paid, discount, redeemed, redeemed_value, earned, lapsed, owed,
       {", ".join(f"back_{tender}" for tender in TENDERS)}, kept_tier, kept_rank, reason, branch_id,
       counter_id, staff_id, approver_id, shift_id, returned_at, business_day
FROM goods_return WHERE op = ?
"""  # noqa: S608 - constant columns
_LINES = """
SELECT line, quantity, earned, redeemed, redeemed_value, discount, paid FROM goods_return_line
WHERE op = ? ORDER BY line
"""
_ATTACH = """
SELECT op, sale_id, member_id, branch_id, counter_id, staff_id, approver_id, attached_at,
       business_day
FROM sale_attach WHERE op = ?
"""
_RETURNED = """
SELECT sale_id, sum(paid), sum(earned), sum(redeemed) FROM goods_return GROUP BY sale_id
"""
_UNFOUNDED = """
SELECT sale_id FROM sale
WHERE (returned_amount, returned_earned, returned_redeemed, returned_whole) <> (0, 0, 0, 0)
  AND sale_id NOT IN (SELECT sale_id FROM goods_return)
"""
_DAYS = """
WITH day (branch_id, counter_id, business_day, sign, returns, amount, earned, redeemed) AS (
    SELECT branch_id, counter_id, business_day, 1, returns, returned_amount, returned_earned,
           returned_redeemed
    FROM counter_day
    UNION ALL
    SELECT r.branch_id, r.counter_id, r.business_day, -1, 1, r.paid, r.earned, r.redeemed
    FROM goods_return AS r JOIN sale AS s USING (sale_id) WHERE s.reversed_by IS NULL
)
SELECT d.business_day || ' ' || hex(d.counter_id),
       sum(CASE sign WHEN 1 THEN amount ELSE 0 END), sum(CASE sign WHEN 1 THEN 0 ELSE amount END)
FROM day AS d LEFT JOIN branch_alias AS a ON a.alias_id = d.branch_id
GROUP BY coalesce(a.branch_id, d.branch_id), d.counter_id, d.business_day
HAVING (sum(sign * returns), sum(sign * amount), sum(sign * earned), sum(sign * redeemed))
    <> (0, 0, 0, 0)
"""
RETURN_FOLDS: Final = (("return_day_differs", _DAYS),)
"""Each answers (where, kept, folded) for a row that is not the fold of what lies below it."""
RETURN_ROWS: Final = {"goods_return": "return", "sale_attach": "attach"}
"""Which table has a row for each operation of which kind."""
_BRANCH_PLACES: Final = {"return": 19, "attach": 3}


def check_beside_sale(reader: Reader, problems: ProblemList, operation: Operation) -> None:
    """Compare a return, or an attached member, with the rows that it made.

    The branch is left out: it may go by another id since.
    """
    where = f"{operation.envelope.t} {text_of(operation.op)}"
    kind = operation.envelope.t
    if kind == "attach":
        attached = msgspec.convert(operation.envelope.b, AttachBody)
        told, kept = attach_row(operation, attached), reader.one(_ATTACH, (operation.op,))
    else:
        body = msgspec.convert(operation.envelope.b, ReturnBody)
        told = return_row(operation, body).columns
        kept = reader.one(_RETURN, (operation.op,))
        lines = [
            (
                line.line,
                line.quantity,
                line.earned,
                line.redeemed,
                line.redeemed_value,
                line.discount,
                line.paid,
            )
            for line in sorted(body.lines, key=lambda line: line.line)
        ]
        if reader.all(_LINES, (operation.op,)) != lines:
            problems.add("return_lines_differ", where)
    if kept is None or _without_branch(kept, kind) != _without_branch(told, kind):
        problems.add("return_differs" if kind == "return" else "attach_differs", where)


def with_attached(reader: Reader, told: SaleRow, body: SaleBody) -> tuple[SaleRow, SaleBody]:
    """Return what a sale's row and lines must hold: its operation's facts, and its member's."""
    attached = attach_of(reader, told.sale_id)
    if attached is None:
        return told, body
    body = with_member(body, msgspec.convert(attached.envelope.b, AttachBody))
    row = told._replace(
        member_id=None if attached.member is None else MemberId(attached.member),
        earned=body.earned,
        tier=body.tier,
        raised_to=body.raised_to,
        raised_rank=body.raised_rank,
    )
    return row, body


def check_returned_sales(reader: Reader, problems: ProblemList) -> None:
    """Fold the sums beside every sale of which something came back, and find sums without any."""
    for sale_id, amount, earned, redeemed in reader.all(_RETURNED):
        sold = read_sold(reader, SaleId(sale_id))
        where = f"sale {text_of(sale_id)}"
        if sold is None:
            problems.add("return_without_sale", where)
            continue
        whole = all(line.whole for line in sold.left.lines)
        if sold.sums != ReturnedSums(amount, earned, redeemed, whole):
            problems.add("returned_sums_differ", where, f"{sold.sums.amount} kept, {amount} folded")
        if any(line.returned > line.of for line in sold.left.lines):
            problems.add("more_returned_than_sold", where)
    for (sale_id,) in reader.each(_UNFOUNDED):
        problems.add("returned_sums_differ", f"sale {text_of(sale_id)}", "nothing was returned")


def _without_branch(row: tuple[object, ...], kind: str) -> tuple[object, ...]:
    place = _BRANCH_PLACES[kind]
    return (*row[:place], *row[place + 1 :])
