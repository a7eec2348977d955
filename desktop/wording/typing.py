"""What the keypad has typed so far: an amount, or something to find a member by.

Pure text, one key at a time. The amount has an explicit point and no implied cents: what is typed
is what is meant. Eleven digits are let in, so that a phone in the wrong field can be recognised.
"""

from dataclasses import dataclass

from db.domain.lookup.phone_masks import group_typing
from db.domain.money import NotAnAmount, amount_shown, parse_amount
from desktop.widgets.keypad import Key

WHOLE_DIGITS_MAX = 11
CENT_DIGITS = 2
FINDER_CHARACTERS_MAX = 24


@dataclass(frozen=True, slots=True)
class AmountTyping:
    """An amount while it is typed; the text holds digits and at most one point."""

    text: str = ""

    def press(self, key: str) -> "AmountTyping":
        """Return the text after a key; keys that fit nowhere change nothing."""
        if key == Key.CLEAR:
            return AmountTyping()
        if key == Key.BACKSPACE:
            return AmountTyping(self.text[:-1])
        if key == Key.POINT:
            return AmountTyping(self.text if "." in self.text else f"{self.text or '0'}.")
        typed = self
        for digit in key:
            typed = typed._with(digit)
        return typed

    @property
    def minor(self) -> int:
        """Return the amount in 分; 0 while there is none, or it is beyond any sale."""
        try:
            return parse_amount(self.text, zero=True) if self.text else 0
        except NotAnAmount:
            return 0

    @property
    def too_large(self) -> bool:
        """Say whether more is typed than any sale comes to."""
        try:
            parse_amount(self.text or "0", zero=True)
        except NotAnAmount as refusal:
            return refusal.reason == "too_large"
        return False

    @property
    def shown(self) -> str:
        """Return `¥128.00`; while cents are typed, just as far as they are: `¥128.`, `¥128.5`."""
        whole, point, part = self.text.partition(".")
        figure = amount_shown(int(whole or "0") * 100)
        return f"{figure[:-3]}.{part}" if point else figure

    def _with(self, digit: str) -> "AmountTyping":
        whole, point, part = self.text.partition(".")
        full = len(part) >= CENT_DIGITS if point else len(whole) >= WHOLE_DIGITS_MAX
        if not digit.isdigit() or full:
            return self
        text = self.text + digit
        return AmountTyping(text if point else text.lstrip("0") or "0")


@dataclass(frozen=True, slots=True)
class FinderTyping:
    """What is typed to find a member: digits of a phone, or letters and digits."""

    text: str = ""

    def press(self, key: str) -> "FinderTyping":
        """Return the text after a key; the point is none of it."""
        if key == Key.CLEAR:
            return FinderTyping()
        if key == Key.BACKSPACE:
            return FinderTyping(self.text[:-1])
        if key == Key.POINT or not key.isalnum():
            return self
        return FinderTyping((self.text + key.upper())[:FINDER_CHARACTERS_MAX])

    @property
    def digits(self) -> bool:
        """Say whether it is digits only."""
        return self.text.isascii() and self.text.isdigit()

    @property
    def shown(self) -> str:
        """Return the text as it is read: a phone in groups of 3-4-4."""
        return group_typing(self.text) if self.digits else self.text
