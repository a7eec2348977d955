"""Makers of programs, baskets and stories; valid by default, everything may be overridden."""

import json
from datetime import date
from typing import Any

from db.domain.basket import Basket, BasketLine, MemberFacts
from db.domain.evaluation import SaleResult, evaluate_sale
from db.domain.preview.preview import preview
from db.domain.program.program import Program, load_program

DAY = date(2026, 6, 1)  # a Monday
NOON_MS = 1_780_286_400_000  # 2026-06-01T12:00+08:00
SPEND = {"id": "spend", "give": {"points": 1, "per_amount": "1.00"}}


def a_document(**overrides: Any) -> dict[str, Any]:
    """Return a program document: 1 元 = 1 point, 100 points = ¥1.00, unless told otherwise."""
    document: dict[str, Any] = {
        "format": "guitai.program/1",
        "id": "p",
        "version": 1,
        "name": {"zh": "会员"},
        "effective_on": "2026-01-01",
        "points": {},
        "earning": [SPEND],
        "redemption": {"money": {"points_per_step": 100, "value_per_step": "1.00"}},
    }
    return document | overrides


def a_program(**overrides: Any) -> Program:
    """Return such a program, loaded."""
    return load_program(json.dumps(a_document(**overrides)).encode())


def a_line(price: str = "10.00", **facts: Any) -> BasketLine:
    """Return a basket line at a price written as a decimal."""
    return BasketLine(unit_price=round(float(price) * 100), **facts)


def a_basket(*lines: BasketLine, **facts: Any) -> Basket:
    """Return a basket of these lines, or of one line of ¥10.00."""
    return Basket(lines=lines or (a_line(),), **facts)


def sold(program: Program, basket: Basket, **facts: Any) -> SaleResult:
    """Evaluate a basket at noon of `DAY` for a member without history."""
    arguments: dict[str, Any] = {"on": DAY, "at_ms": NOON_MS, "balance": 1_000_000} | facts
    member = arguments.pop("member", MemberFacts())
    return evaluate_sale(program, basket, member, **arguments)


def told(program: Program, *steps: dict[str, Any], **member: Any) -> list[dict[str, Any]]:
    """Run steps of a story about a member; a step without a time happens at noon of `DAY`."""
    timed = [{"at": "2026-06-01T12:00:00+08:00"} | step for step in steps]
    answer = preview(program, {"member": member, "steps": timed})
    rows: list[dict[str, Any]] = answer["steps"]
    return rows
