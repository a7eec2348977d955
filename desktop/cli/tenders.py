"""Tenders and the till's receipt number as words of a command."""

from db.domain.money import NotAnAmount, parse_amount
from db.domain.sales import TENDERS
from desktop.cli.invalid import InvalidInput

TILL_RECEIPT_CHARACTERS_MAX = 40


def tenders_of(texts: list[str]) -> dict[str, int]:
    """Return 分 by tender of words such as `cash=12.00`, each tender once."""
    tenders: dict[str, int] = {}
    for text in texts:
        name, _, amount = text.partition("=")
        if name not in TENDERS or name in tenders:
            raise InvalidInput("tender_invalid", text=text, allowed=", ".join(TENDERS))
        try:
            tenders[name] = parse_amount(amount)
        except NotAnAmount as refusal:
            raise InvalidInput("tender_invalid", text=text, allowed=", ".join(TENDERS)) from refusal
    return tenders


def till_receipt_of(text: str) -> str:
    """Return a till receipt's number without what surrounds it."""
    receipt = text.strip()
    if not receipt.isprintable() or not 0 < len(receipt) <= TILL_RECEIPT_CHARACTERS_MAX:
        raise InvalidInput("field_invalid", field="--till-receipt", reason="text")
    return receipt
