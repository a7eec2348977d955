"""Segments from text: `visits(days=90) >= 3 and lifecycle in (active, dormant) and not tag VIP`.

`and` binds closer than `or`; `not` closest. Names that hold more than letters, digits,
underscores and slashes stand in double quotes, in which a backslash keeps a quote. A text is read
whole or refused with the place that is wrong; no text, however deep, breaks the reader.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from db.domain.refusals import Refusal
from db.domain.segments.tree import (
    FIELDS,
    GROUPS,
    METRICS,
    Compare,
    Compared,
    Consents,
    Every,
    InSegment,
    Is,
    Metric,
    Node,
    Not,
    Some,
    Tagged,
)

TEXT_MAX: Final = 4_000
DEPTH_MAX: Final = 40
DAYS_MAX: Final = 36_600
VALUE_MAX: Final = 100_000_000
HOURS_A_DAY: Final = 24
PURPOSES: Final = frozenset({"membership", "marketing"})
_ALONE: Final[dict[str, Node]] = {"everybody": Every(), "nobody": Some()}
_NAMED: Final[dict[str, type[Tagged] | type[InSegment]]] = {"tag": Tagged, "segment": InSegment}
_TOKEN: Final = re.compile(
    r'\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<date>\d{4}-\d\d-\d\d)'
    r"|(?P<number>-?\d{1,9}(?:\.\d{1,4})?%?)(?![\w.])|(?P<word>[^\W\d][\w/]*)|(?P<sign><=|>=|!=|[=<>(),]))"
)


@dataclass(eq=False)
class SegmentInvalid(Refusal):
    """The text is no segment; `place` is where, counted from 0, and `near` what stands there."""

    reason: str
    place: int
    near: str


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    place: int


def read_segment(text: str) -> Node:
    """Return the tree that a text writes.

    Raises:
        SegmentInvalid: with the place of what cannot be read.
    """
    reader = _Reader(_tokens(text))
    tree = reader.either()
    if (left := reader.next).kind != "end":
        raise _refused("unexpected", left)
    return tree


def _tokens(text: str) -> list[_Token]:
    if len(text) > TEXT_MAX:
        raise SegmentInvalid("too_long", TEXT_MAX, "")
    place, tokens = 0, []
    end = len(text.rstrip())
    while place < end:
        found = _TOKEN.match(text, place)
        if found is None or found.lastgroup is None:
            raise SegmentInvalid("unexpected", place, text[place : place + 20].strip())
        kind = found.lastgroup
        tokens.append(_Token(kind, found[kind], found.start(kind)))
        place = found.end()
    return [*tokens, _Token("end", "", end)]


class _Reader:
    """Reads tokens from the first to the last; each method reads one kind of thing."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def next(self) -> _Token:
        """The token that comes next, not yet taken."""
        return self._tokens[self._at]

    def take(self) -> _Token:
        """Take the next token."""
        token = self.next
        self._at += token.kind != "end"
        return token

    def taken(self, text: str) -> bool:
        """Take the next token if it is this word or sign."""
        here = self.next.text == text and self.next.kind in ("word", "sign")
        self._at += here
        return here

    def need(self, text: str) -> None:
        """Take this word or sign, or refuse what is there instead."""
        if not self.taken(text):
            raise _refused("expected", self.next)

    def either(self) -> Node:
        """Read parts joined by `or`."""
        return self._joined("or", self._both, Some)

    def _both(self) -> Node:
        return self._joined("and", self._single, Every)

    def _joined(self, word: str, part: Callable[[], Node], kind: type[Every] | type[Some]) -> Node:
        parts = [part()]
        while self.taken(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else kind(tuple(parts))

    def _single(self) -> Node:
        self._depth += 1
        if self._depth > DEPTH_MAX:
            raise _refused("too_deep", self.next)
        try:
            if self.taken("not"):
                return Not(self._single())
            if self.taken("("):
                inner = self.either()
                self.need(")")
                return inner
            return self._leaf()
        finally:
            self._depth -= 1

    def _leaf(self) -> Node:
        token = self.take()
        if token.kind != "word":
            raise _refused("expected_condition", token)
        name = token.text
        if name in _ALONE:
            return _ALONE[name]
        if name in _NAMED:
            return _NAMED[name](self._name())
        if name == "consent":
            return Consents(self._of(PURPOSES))
        if name in METRICS:
            return self._compared(self._metric(token))
        if name in FIELDS or name in GROUPS:
            return self._property(name)
        raise _refused("unknown_condition", token)

    def _name(self) -> str:
        token = self.take()
        if token.kind == "text":
            name = re.sub(r"\\(.)", r"\1", token.text[1:-1])
        elif token.kind in ("word", "number", "date"):
            name = token.text
        else:
            raise _refused("expected_name", token)
        return name

    def _of(self, allowed: frozenset[str]) -> str:
        token = self.next
        name = self._name()
        if name not in allowed:
            raise _refused("unknown_value", token)
        return name

    def _property(self, field: str) -> Node:
        def value() -> str:
            return self._of(GROUPS[field]) if field in GROUPS else self._name()

        token = self.next
        if self.taken("="):
            return Is(field, (value(),))
        if self.taken("!="):
            return Not(Is(field, (value(),)))
        if not self.taken("in"):
            raise _refused("expected_comparison", token)
        self.need("(")
        values = [value()]
        while self.taken(","):
            values.append(value())
        self.need(")")
        return Is(field, tuple(values))

    def _metric(self, token: _Token) -> Metric:
        given: dict[str, object] = {}
        if self.taken("("):
            while not given or self.taken(","):
                name = self.take()
                if name.text not in METRICS[token.text] or name.text in given:
                    raise _refused("unknown_argument", name)
                self.need("=")
                given[name.text] = self._argument(name.text)
            self.need(")")
        if "days" in given and "since" in given:
            raise _refused("days_and_since", token)
        return Metric(token.text, **given)  # type: ignore[arg-type] # each read by its name

    def _argument(self, name: str) -> object:
        token = self.next
        text = self._name()
        try:
            if name == "days":
                return _within(int(text), 1, highest=DAYS_MAX)
            if name == "since":
                return date.fromisoformat(text)
            if name == "hours":
                first, _, last = text.partition("-")
                return tuple(_within(int(hour), 0, highest=HOURS_A_DAY) for hour in (first, last))
        except ValueError:
            raise _refused("wrong_argument", token) from None
        return text

    def _compared(self, metric: Metric) -> Node:
        token = self.take()
        if token.text == "between" and token.kind == "word":
            low = self._number()
            self.need("and")
            return Every(
                (
                    Compare(metric, Compared.AT_LEAST, low),
                    Compare(metric, Compared.AT_MOST, self._number()),
                )
            )
        try:
            how = Compared(token.text)
        except ValueError:
            raise _refused("expected_comparison", token) from None
        return Compare(metric, how, self._number())

    def _number(self) -> Fraction:
        token = self.take()
        if token.kind != "number":
            raise _refused("expected_number", token)
        value = Fraction(token.text.removesuffix("%"))
        if abs(value) > VALUE_MAX:
            raise _refused("too_large", token)
        return value / 100 if token.text.endswith("%") else value


def _within(number: int, lowest: int, *, highest: int) -> int:
    if not lowest <= number <= highest:
        raise ValueError(number)
    return number


def _refused(reason: str, token: _Token) -> SegmentInvalid:
    return SegmentInvalid(reason, token.place, token.text)
