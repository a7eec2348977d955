"""How a stored number is shown: masked by default, grouped when a role may see it.

The four digits before the last four are hidden (`138****5678`), because they are what a customer is
asked for when points are spent; neither the cashier nor the finder of a card must know them.
"""

import re
from typing import Final

import phonenumbers

_MAINLAND_MOBILE: Final = re.compile(r"\+86(1\d{2})(\d{4})(\d{4})")
_HIDDEN: Final = 4
_SHOWN: Final = 4


def mask_phone(e164: str) -> str:
    """Return `138****5678`, `+852 ****4567` or `+86 10****5678`; nothing for no phone."""
    if not e164:
        return ""
    if (mobile := _MAINLAND_MOBILE.fullmatch(e164)) is not None:
        return f"{mobile[1]}****{mobile[3]}"
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return f"****{e164[-2:]}"
    national = phonenumbers.national_significant_number(number)
    shown = _SHOWN if len(national) >= _SHOWN + _HIDDEN else 2
    opens, ends = national[: -_HIDDEN - shown], national[-shown:]
    return f"+{number.country_code} {opens}****{ends}"


def masked_digits(e164: str) -> str:
    """Return the digits that `mask_phone` hides of a mobile: what the customer must know."""
    return e164[-_HIDDEN - _SHOWN : -_SHOWN]


def group_phone(e164: str) -> str:
    """Return `138 1234 5678`, or the international writing of a number from elsewhere."""
    if (mobile := _MAINLAND_MOBILE.fullmatch(e164)) is not None:
        return " ".join(mobile.groups())
    if not e164:
        return ""
    number = phonenumbers.parse(e164)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def group_typing(digits: str) -> str:
    """Return digits as they are typed in groups: 3-4-4 from a 1, as they stand otherwise."""
    if not (digits.isdigit() and digits.startswith("1")):
        return digits
    groups = digits[:3], digits[3:7], digits[7:]
    return " ".join(group for group in groups if group)
