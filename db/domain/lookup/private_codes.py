"""Codes that are the customer's own business: payment codes, bank cards, identity cards.

They reach a member field by a wrong scan or swipe. They are recognised only to be refused; nothing
here returns, keeps or logs a digit of them, so that no caller can.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from db.domain.lookup.check_characters import is_gtin, passes_luhn
from db.domain.refusals import Refusal


class PrivateCode(StrEnum):
    """What kind of private code was presented."""

    WECHAT_PAY = "wechat_pay"
    ALIPAY = "alipay"
    UNIONPAY = "unionpay"
    BANK_CARD = "bank_card"
    IDENTITY_CARD = "identity_card"


@dataclass(eq=False)
class PrivateCodeRefused(Refusal):
    """A payment code, bank card or identity card stood where a member was asked for."""

    kind: PrivateCode


_WECHAT: Final = re.compile(r"1[0-5]\d{16}")
_ALIPAY: Final = re.compile(r"(?:2[5-9]|30)\d{14,22}")
_UNIONPAY: Final = re.compile(r"62\d{14,17}")
_UNIONPAY_QR_DIGITS: Final = 19
# EMVCo consumer-presented QR: base64 of the TLV that opens with 85 05 "CPV01".
_CONSUMER_QR: Final = "hQVDUFYwM"
_TRACK: Final = re.compile(r"[%;+]?B?\d{12,19}(?:[=^D]|\?)|%B\d")
# Card lengths that are also product lengths count only with an issuer's own first digits.
_SHORT_CARD: Final = re.compile(r"4\d{12}|3(?:0[0-5]|6\d|8\d)\d{11}")
_LONG_CARD: Final = re.compile(r"\d{15,19}")
_IDENTITY: Final = re.compile(
    r"[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]",
)
_IDENTITY_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def private_code_kind(text: str) -> PrivateCode | None:
    """Say which private code this is, or None; blanks and dashes between digits do not hide one.

    Payment codes: WeChat 18 digits from 10-15, Alipay 16-24 digits from 25-30, UnionPay from 62.
    """
    code = re.sub(r"[\s\-]", "", text)
    if code.startswith(_CONSUMER_QR):
        return PrivateCode.UNIONPAY
    if _TRACK.match(code):
        return PrivateCode.BANK_CARD
    if _is_identity_card(code.upper()):
        return PrivateCode.IDENTITY_CARD
    if not (code.isascii() and code.isdigit()):
        return None
    return _payment_kind(code) or (PrivateCode.BANK_CARD if _is_bank_card(code) else None)


def _payment_kind(digits: str) -> PrivateCode | None:
    if _WECHAT.fullmatch(digits):
        return PrivateCode.WECHAT_PAY
    if _ALIPAY.fullmatch(digits):
        return PrivateCode.ALIPAY
    if not _UNIONPAY.fullmatch(digits):
        return None
    # A UnionPay code on a telephone has 19 digits; a card number typed in has as many or fewer.
    card = len(digits) < _UNIONPAY_QR_DIGITS and passes_luhn(digits)
    return PrivateCode.BANK_CARD if card else PrivateCode.UNIONPAY


def _is_bank_card(digits: str) -> bool:
    if _SHORT_CARD.fullmatch(digits):
        return passes_luhn(digits) and not is_gtin(digits)
    return bool(_LONG_CARD.fullmatch(digits)) and passes_luhn(digits)


def _is_identity_card(code: str) -> bool:
    """Test the mainland identity card number: region, birth date, ISO 7064 MOD 11-2 (GB 11643)."""
    if not _IDENTITY.fullmatch(code):
        return False
    total = sum(w * int(d) for w, d in zip(_IDENTITY_WEIGHTS, code, strict=False))
    return "10X98765432"[total % 11] == code[-1]
