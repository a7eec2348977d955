"""Why a figure is what it is, as plain data that screens put into both languages.

Every entry is a flat object with a `step` and JSON values only: exact numbers as strings, money as
decimal strings, points as integers. Nothing here decides anything.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from db.domain.exact import quotient_text, rate_text
from db.domain.money import amount_text, amounts_text

Explained = dict[str, Any]


def explain_program(program_id: str, version: int) -> Explained:
    """Say which program, in which version, computed the rest."""
    return {"step": "program", "program": program_id, "version": version}


def explain_discount(
    source: str, parts: Sequence[int], *, share: Fraction | None = None
) -> Explained:
    """Say what came off before points, in 分 per line."""
    explained: Explained = {
        "step": "discount",
        "source": source,
        "value": amount_text(sum(parts)),
        "lines": amounts_text(parts),
    }
    if share is not None:
        explained["share"] = rate_text(share)
    return explained


def explain_redemption(points: int, value: int) -> Explained:
    """Say which points paid for which 分."""
    return {"step": "redemption", "points": points, "value": amount_text(value)}


def explain_top_up(pay: int, bonus: int, expires_on: date | None) -> Explained:
    """Say what was paid in, and the bonus on it with its last day; 分."""
    return {
        "step": "top_up",
        "pay": amount_text(pay),
        "bonus": amount_text(bonus),
        "bonus_expires_on": None if expires_on is None else expires_on.isoformat(),
    }


def explain_stored_value(principal: int, bonus: int, earns: str) -> Explained:
    """Say which 分 of both purses paid, and which of them earn: `principal`, `all` or `none`."""
    return {
        "step": "stored_value",
        "principal": amount_text(principal),
        "bonus": amount_text(bonus),
        "earns": earns,
    }


def explain_rule(rule: str, gives: list[Explained], lines: Sequence[int]) -> Explained:
    """Say what a rule gave, and on which lines (counted from 1)."""
    return {"step": "rule", "rule": rule, "gives": gives, "lines": [i + 1 for i in lines]}


def explain_silence(rule: str, why: str) -> Explained:
    """Say why a rule gave nothing: `condition`, `no_line` or `exclusive`."""
    return {"step": "rule", "rule": rule, "gives": [], "why": why}


def explain_multiplier(combine: str, parts: Sequence[tuple[str, Fraction]]) -> Explained:
    """Say which multipliers were combined."""
    return {
        "step": "multiplier",
        "combine": combine,
        "parts": [{"source": source, "value": rate_text(value)} for source, value in parts],
    }


def explain_rounding(numerator: int, denominator: int, *, rounding: str, points: int) -> Explained:
    """Say what was rounded (an exact quotient), and what was lost or won by it."""
    return {
        "step": "rounding",
        "exact": quotient_text(numerator, denominator),
        "rounding": rounding,
        "points": points,
        "remainder": quotient_text(numerator - points * denominator, denominator),
    }


def explain_cap(cap: str, limit: int, *, before: int, after: int) -> Explained:
    """Say which cap cut the points; `limit` is what the cap left room for."""
    return {"step": "cap", "cap": cap, "limit": limit, "before": before, "after": after}


def explain_line(line: int, *, base: int, multiplier: str, earned: int, why: str) -> Explained:
    """Say what a line earned; `why` is `delivery` or `excluded` when it could not, else empty."""
    explained: Explained = {
        "step": "line",
        "line": line + 1,
        "base": amount_text(base),
        "multiplier": multiplier,
        "earned": earned,
    }
    if why:
        explained["why"] = why
    return explained
