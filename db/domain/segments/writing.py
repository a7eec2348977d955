"""Segments as text: what `read_segment` reads back as the same tree."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from db.domain.exact import rate_text
from db.domain.segments.tree import (
    Compare,
    Consents,
    Every,
    Is,
    Leaf,
    Metric,
    Node,
    Not,
    Some,
    Tagged,
)

_PLAIN: Final = re.compile(r"[^\W\d][\w/]*")
_ARGUMENTS: Final = ("days", "since", "category", "sku", "branch", "hours")
_WORDS: Final = frozenset({"and", "or", "not", "in", "between"})


def segment_text(node: Node) -> str:
    """Return the text of a tree; a number that no decimals write is rounded to four of them."""
    match node:
        case Every(parts):
            return " and ".join(map(_inside, parts)) or "everybody"
        case Some(parts):
            return " or ".join(map(_inside, parts)) or "nobody"
        case Not(part):
            return f"not {_inside(part)}"
        case _:
            return _leaf(node)


def _leaf(leaf: Leaf) -> str:
    match leaf:
        case Compare(metric, how, value):
            return f"{_metric(metric)} {how} {_number(value)}"
        case Is(field, values):
            names = ", ".join(map(_name, values))
            return f"{field} = {names}" if len(values) == 1 else f"{field} in ({names})"
        case Tagged(tag):
            return f"tag {_name(tag)}"
        case Consents(purpose):
            return f"consent {purpose}"
        case _:
            return f"segment {_name(leaf.name)}"


def _inside(node: Node) -> str:
    text = segment_text(node)
    joined = isinstance(node, Every | Some) and node.parts
    return f"({text})" if joined else text


def _metric(metric: Metric) -> str:
    arguments = ", ".join(_given(metric))
    return f"{metric.name}({arguments})" if arguments else metric.name


def _given(metric: Metric) -> Iterator[str]:
    for name in _ARGUMENTS:
        value = getattr(metric, name)
        if value is None:
            continue
        if name == "hours":
            yield f'hours="{value[0]}-{value[1]}"'
        elif name in ("days", "since"):
            yield f"{name}={value}"
        else:
            yield f"{name}={_name(value)}"


def _name(text: str) -> str:
    if _PLAIN.fullmatch(text) and text not in _WORDS:
        return text
    escaped = re.sub(r'(["\\])', r"\\\1", text)
    return f'"{escaped}"'


def _number(value: Fraction) -> str:
    exact = rate_text(value)
    return f"{float(value):.4f}" if "/" in exact else exact
