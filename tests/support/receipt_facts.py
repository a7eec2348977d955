"""Facts for receipts: a sale with everything that a receipt can show, and the member's balance."""

from datetime import date

from db.domain.clock import BusinessCalendar
from db.domain.ids import MemberId, SaleId
from db.queries.sale_detail import ReturnedLine, SaleDetail, SaleLine, SaleReturn
from desktop.receipts.parts import Balance
from desktop.receipts.words import ReceiptVoice

SOLD_AT = 1_795_240_800_000
NAMES = {"tier:gold": ("金卡", "Gold"), "tier:silver": ("银卡", "Silver")}


def a_voice(language: str = "zh") -> ReceiptVoice:
    """Return a receipt's voice in Shanghai."""
    return ReceiptVoice(language, BusinessCalendar(), NAMES)


def a_line(line: int, name: str, *, quantity: int, amount: int) -> SaleLine:
    """Return a line of goods."""
    return SaleLine(
        line=line,
        sku=f"690{line:010d}",
        name=name,
        category="food",
        quantity=quantity,
        unit_price=amount // quantity,
        discount=0,
        amount=amount,
        earned=amount // 100,
        redeemed=0,
        redeemed_value=0,
    )


def a_sale(**changed: object) -> SaleDetail:
    """Return a sale of ¥128.00 less ¥5.00 in points."""
    facts: dict[str, object] = {
        "sale_id": SaleId(bytes(16)),
        "member_id": MemberId(bytes(16)),
        "member_number": "M18F3K2Q7Z",
        "member_name": "张三芳",
        "member_phone": "+8613812345678",
        "branch": "南京东路店",
        "counter": "01机",
        "staff": "王芳",
        "sold_at": SOLD_AT,
        "business_day": "2026-11-21",
        "items": 3,
        "gross": 13_300,
        "discount": 500,
        "redeemed": 500,
        "redeemed_value": 500,
        "due": 12_300,
        "earned": 123,
        "tier": "silver",
        "raised_to": "gold",
        "program": "standard@3",
        "till_receipt": "20261121-0017",
        "source": "counter",
        "batch_id": None,
        "lines": (
            a_line(1, "大白兔奶糖 500g", quantity=2, amount=5_180),
            a_line(2, "重庆小面（麻辣味）家庭装六连包", quantity=1, amount=4_470),
            a_line(3, "Tanashi cabbage with salted flavor", quantity=1, amount=3_150),
        ),
        "tenders": {"wechat": 10_000, "cash": 2_300},
        "reversed_by": None,
        "reversed_at": None,
        "reversed_staff": "",
        "reversal_reason": "",
        "explanation": (),
        "mark": "5f3a90c1",
        "returns": (),
        "returned_tenders": {},
        "returned_whole": False,
        "attached_at": None,
        "attached_by": "",
    }
    return SaleDetail(**(facts | changed))  # type: ignore[arg-type] # made of a table of facts


def a_return() -> SaleReturn:
    """Return a return of the first line's two pieces."""
    return SaleReturn(
        op=bytes(16),
        returned_at=SOLD_AT + 86_400_000,
        staff="李明",
        reason="damaged",
        paid=4_980,
        earned=49,
        redeemed=200,
        redeemed_value=200,
        owed=0,
        lines=(ReturnedLine(1, 2, 49, 200, 200, 4_980),),
    )


def a_balance(**changed: object) -> Balance:
    """Return a member's balance after the sale."""
    facts: dict[str, object] = {
        "number": "M18F3K2Q7Z",
        "name": "张*芳",
        "phone": "138****5678",
        "tier": "银卡",
        "available": 1_408,
        "as_of_ms": SOLD_AT,
        "next_expiry": (date(2026, 12, 31), 200),
    }
    return Balance(**(facts | changed))  # type: ignore[arg-type] # made of a table of facts
