"""A sale on paper: goods, what came off, what was paid with, and the points before and after.

Everything is read from what was recorded; nothing is computed for the paper. The code at its end is
for returns at another branch (DECISIONS 24).
"""

from collections.abc import Iterator

from db.queries.sale_detail import SaleDetail
from desktop.receipts.parts import Balance, Slip, head, place, standing, who
from desktop.receipts.receipt import Align, Block, Code, Pair, Receipt, Row, Rule, Text
from desktop.receipts.words import ReceiptVoice, money, money_marked, points
from desktop.wording.explained import receipt_explanation_lines

QUANTITY_COLUMNS = 5
AMOUNT_COLUMNS = 10


def sale_receipt(
    sale: SaleDetail,
    balance: Balance | None,
    *,
    slip: Slip,
    code: Code | None = None,
    explained: bool = False,
    opens_drawer: bool = False,
) -> Receipt:
    """Return the receipt of a sale; `explained` adds how its points came about."""
    voice = slip.voice
    blocks: list[Block] = [
        *head(slip, branch=sale.branch, title="sale"),
        *place(voice, at_ms=sale.sold_at, counter=sale.counter, staff=sale.staff),
        *_reversed(sale, voice),
        *_goods(sale, voice),
        *_sums(sale, voice),
        *(_member(sale, balance, voice) if balance is not None else ()),
    ]
    if explained:
        lines = receipt_explanation_lines(voice.speech, sale.explanation)
        blocks += [Rule(), *map(Text, lines)]
    blocks.append(Rule())
    if code is not None:
        blocks.append(code)
    blocks += [
        Text(voice("mark", mark=sale.mark), Align.CENTRE),
        Text(voice("thanks"), Align.CENTRE),
    ]
    return Receipt(f"sale {sale.mark} {slip.copy}", tuple(blocks), opens_drawer=opens_drawer)


def _reversed(sale: SaleDetail, voice: ReceiptVoice) -> Iterator[Block]:
    if sale.reversed_by is not None:
        word = "reversed_undo" if sale.reversed_by == "undo" else "reversed_void"
        yield Text(voice(word), Align.CENTRE, bold=True)


def _goods(sale: SaleDetail, voice: ReceiptVoice) -> Iterator[Block]:
    yield Rule()
    named = [line for line in sale.lines if line.name or line.sku]
    if not named:
        return
    widths = (QUANTITY_COLUMNS, AMOUNT_COLUMNS)
    yield Row((voice("goods"), voice("quantity"), voice("amount")), widths)
    for line in named:
        yield Row((line.name or line.sku, str(line.quantity), money(line.amount)), widths)
    yield Rule()


def _sums(sale: SaleDetail, voice: ReceiptVoice) -> Iterator[Block]:
    if sale.discount or sale.redeemed:
        yield Pair(voice("gross"), money(sale.gross))
    if sale.discount:
        yield Pair(voice("discount"), money(-sale.discount))
    if sale.redeemed:
        name = voice("points_paid", points=points(sale.redeemed))
        yield Pair(name, money(-sale.redeemed_value))
    yield Pair(voice("due"), money_marked(sale.due), bold=True)
    for tender, amount in sale.tenders.items():
        yield Pair(f"  {voice.tender(tender)}", money(amount))
    if sale.till_receipt:
        yield Pair(voice("till_receipt"), sale.till_receipt)


def _member(sale: SaleDetail, balance: Balance, voice: ReceiptVoice) -> Iterator[Block]:
    yield from who(voice, balance)
    if sale.redeemed:
        yield Pair(voice("redeemed"), points(-sale.redeemed))
    yield Pair(voice("earned"), f"+{points(sale.earned)}")
    yield from standing(voice, balance)
    if sale.raised_to:
        tier = voice.speech.named(f"tier:{sale.raised_to}")
        yield Text(voice("raised", tier=tier), bold=True)
