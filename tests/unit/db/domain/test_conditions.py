"""Conditions: every leaf at its edges, and how gates and line leaves meet."""

from datetime import date
from typing import Any

import msgspec
import pytest

from db.domain.basket import BasketLine, MemberFacts
from db.domain.conditions import Moment, compile_condition
from db.domain.program.document import Condition
from tests.support.programs import DAY, a_line


def holds(condition: dict[str, Any], **facts: Any) -> bool:
    member = facts.pop("member", MemberFacts())
    moment = Moment(**({"on": DAY, "minute": 720, "member": member} | facts))
    return compile_condition(msgspec.convert(condition, Condition)).holds(moment)


def selects(condition: dict[str, Any], line: BasketLine) -> bool:
    return compile_condition(msgspec.convert(condition, Condition)).selects(line)


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        ({"spend": {"min": "100.00", "max": "499.99"}}, {"spend": 10000}, True),
        ({"spend": {"min": "100.00", "max": "499.99"}}, {"spend": 49999}, True),
        ({"spend": {"min": "100.00", "max": "499.99"}}, {"spend": 9999}, False),
        ({"spend": {"min": "100.00", "max": "499.99"}}, {"spend": 50000}, False),
        ({"branch": ["B1", "B2"]}, {"branch": "B2"}, True),
        ({"branch": ["B1"]}, {"branch": "B2"}, False),
        ({"channel": ["web"]}, {"channel": "counter"}, False),
        ({"weekday": ["mon"]}, {}, True),
        ({"weekday": ["tue", "sun"]}, {}, False),
        ({"weekday": []}, {}, False),
        ({"month_day": [1, 8]}, {}, True),
        ({"month_day": [8]}, {}, False),
        ({"date": {"from": "2026-06-01", "to": "2026-06-18"}}, {}, True),
        ({"date": {"from": "2026-05-01", "to": "2026-06-01"}}, {}, True),
        ({"date": {"from": "2026-06-02"}}, {}, False),
        ({"date": {"to": "2026-05-31"}}, {}, False),
        ({"time": {"from": "17:00", "to": "19:00"}}, {"minute": 1020}, True),
        ({"time": {"from": "17:00", "to": "19:00"}}, {"minute": 1140}, True),
        ({"time": {"from": "17:00", "to": "19:00"}}, {"minute": 1141}, False),
        ({"time": {"from": "22:00", "to": "02:00"}}, {"minute": 1320}, True),
        ({"time": {"from": "22:00", "to": "02:00"}}, {"minute": 120}, True),
        ({"time": {"from": "22:00", "to": "02:00"}}, {"minute": 121}, False),
        ({"time": {"to": "12:00"}}, {}, True),
        ({"time": {"from": "12:01"}}, {}, False),
        ({"tender": ["wechat"]}, {"tenders": ("cash", "wechat")}, True),
        ({"tender": ["wechat"]}, {"tenders": ("cash",)}, False),
        ({"visit_number": {"min": 2}}, {"member": MemberFacts(visits=1)}, True),
        ({"visit_number": {"min": 2}}, {"member": MemberFacts()}, False),
        ({"visit_number": {"max": 1}}, {"member": MemberFacts(visits=1)}, False),
        ({"first_purchase": True}, {"member": MemberFacts()}, True),
        ({"first_purchase": True}, {"member": MemberFacts(visits=1)}, False),
        ({"first_purchase": False}, {"member": MemberFacts(visits=1)}, True),
        ({"tier": ["gold"]}, {"member": MemberFacts(tier="gold")}, True),
        ({"tier": ["gold"]}, {"member": MemberFacts(tier="silver")}, False),
        ({"tier": ["gold"]}, {"member": None}, False),
        ({"tag": ["vip"]}, {"member": MemberFacts(tags=frozenset({"vip", "x"}))}, True),
        ({"tag": ["vip"]}, {}, False),
        ({"segment": ["lost"]}, {"member": MemberFacts(segments=frozenset({"lost"}))}, True),
        ({"joined_days": {"max": 30}}, {"member": MemberFacts(joined_on=date(2026, 5, 2))}, True),
        ({"joined_days": {"max": 30}}, {"member": MemberFacts(joined_on=date(2026, 5, 1))}, False),
        ({"joined_days": {"min": 0}}, {"member": MemberFacts(joined_on=DAY)}, True),
        ({"joined_days": {"min": 0}}, {"member": MemberFacts()}, False),
    ],
)
def test_a_gate_leaf_at_its_edges(
    condition: dict[str, Any], facts: dict[str, Any], expected: bool
) -> None:
    assert holds(condition, **facts) is expected


@pytest.mark.parametrize(
    ("kind", "birthday", "on", "expected"),
    [
        ("day", "06-01", DAY, True),
        ("day", "1990-06-01", DAY, True),
        ("day", "06-02", DAY, False),
        ("day", "", DAY, False),
        ("day", "02-29", date(2026, 2, 28), True),
        ("day", "02-29", date(2028, 2, 28), False),
        ("day", "02-29", date(2028, 2, 29), True),
        ("month", "06-30", DAY, True),
        ("month", "07-01", DAY, False),
        ("week", "06-07", DAY, True),
        ("week", "06-08", DAY, False),
        ("week", "01-01", date(2026, 12, 31), True),
        ("week", "12-31", date(2027, 1, 3), True),
    ],
)
def test_a_birthday_is_kept_on_its_day_week_or_month(
    kind: str, birthday: str, on: date, expected: bool
) -> None:
    assert holds({"birthday": kind}, on=on, member=MemberFacts(birthday=birthday)) is expected


@pytest.mark.parametrize(
    ("condition", "line", "expected"),
    [
        ({"sku": ["A", "B"]}, a_line(sku="B"), True),
        ({"sku": ["A"]}, a_line(sku="B"), False),
        ({"brand": ["X"]}, a_line(brand="X"), True),
        ({"category": ["food"]}, a_line(category="food"), True),
        ({"category": ["food"]}, a_line(category="food/snack"), True),
        ({"category": ["food/"]}, a_line(category="food/snack"), True),
        ({"category": ["food"]}, a_line(category="foodstuff"), False),
        ({"category": ["food/snack"]}, a_line(category="food"), False),
        ({"price": {"min": "9.99", "max": "10.00"}}, a_line("10.00"), True),
        ({"price": {"max": "9.99"}}, a_line("10.00"), False),
        ({"quantity": {"min": 2}}, a_line(quantity=2), True),
        ({"quantity": {"min": 2}}, a_line(quantity=1), False),
        ({"not": {"sku": ["A"]}}, a_line(sku="A"), False),
        ({"any": [{"sku": ["A"]}, {"brand": ["X"]}]}, a_line(brand="X"), True),
        ({"any": [{"all": [{"sku": ["A"]}, {"brand": ["X"]}]}]}, a_line(brand="X"), False),
    ],
)
def test_a_line_leaf_selects_lines(
    condition: dict[str, Any], line: BasketLine, expected: bool
) -> None:
    assert selects(condition, line) is expected


def test_gates_and_line_leaves_meet_under_all() -> None:
    condition = {"all": [{"sku": ["A"]}, {"all": [{"tier": ["gold"]}, {"brand": ["X"]}]}]}

    assert holds(condition, member=MemberFacts(tier="gold"))
    assert not holds(condition)
    assert selects(condition, a_line(sku="A", brand="X"))
    assert not selects(condition, a_line(sku="A"))


def test_any_and_not_combine_gates() -> None:
    assert holds({"any": [{"weekday": ["sun"]}, {"not": {"weekday": ["tue"]}}]})
    assert not holds({"any": [{"weekday": ["sun"]}, {"not": {"weekday": ["mon"]}}]})
