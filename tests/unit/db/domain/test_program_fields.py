"""Every field of the program's page is accepted, by the reader and by the schema that ships."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from msgspec import UNSET

from db.domain.program.program import default_program_document, load_program
from db.domain.program.reading import InvalidProgram, program_schema
from tests.support.programs import a_document, a_program

RATE = {"points": 1, "per_amount": "1.00"}
COUPON = {"code": "C", "kind": "amount", "value": "5.00"}


def codes(document: dict[str, Any]) -> set[str]:
    with pytest.raises(InvalidProgram) as refused:
        load_program(json.dumps(document).encode())
    return {problem.code for problem in refused.value.problems}


FULL = {
    "currency": "CNY",
    "timezone": "Asia/Shanghai",
    "day_cut": "04:00",
    "points": {
        "name": {"zh": "积分", "en": "points"},
        "rounding": "half_up",
        "base": {
            "net_of": ["line_discount", "order_discount", "coupon", "points"],
            "stored_value": "principal",
            "exclude": {"category": ["tobacco"]},
        },
        "pending_days": 7,
        "combine_multipliers": "sum",
        "expiry": {"kind": "months", "after": 12, "round_up_to": "half_year"},
        "caps": {"per_sale": 1000, "per_day": 2000, "per_month": 9000},
    },
    "earning": [
        {
            "id": "spend",
            "name": {"zh": "消费积分"},
            "when": {
                "all": [{"spend": {"min": "1.00", "max": "9999.00"}}, {"not": {"sku": ["X"]}}]
            },
            "give": [RATE, {"multiply": "3/2"}],
            "stacking": "add",
            "priority": 1,
        }
    ],
    "redemption": {
        "money": {
            "points_per_step": 100,
            "value_per_step": "1.00",
            "min_points": 100,
            "min_spend": "0.00",
            "max_share": "0.5",
            "max_amount": "50.00",
            "exclude": {"category": ["tobacco"]},
            "not_with": ["coupon"],
        },
        "gifts": [{"sku": "CUP", "points": 300, "stock": 5}],
    },
    "tiers": {
        "measure": "net_spend",
        "window": "anniversary",
        "levels": [
            {
                "code": "gold",
                "name": "金",
                "from": "0",
                "multiplier": "1.5",
                "discount": "0.05",
                "benefits": [{"kind": "care", "text": {"zh": "免费保养"}}],
            }
        ],
        "downgrade": "one_step",
        "grace_days": 30,
    },
    "lanes": {"item": "best", "order": "all", "coupon": "best"},
    "offline": {
        "lease": {"share": "0.2", "points_max": 2000, "all_counters_share": "0.5", "hours": 72},
        "spend_fresh": False,
        "floor": {"per_visit": 200, "per_counter": 5000, "hours": 24},
        "forced_reclaim_days": 7,
    },
    "verify": {"redeem_above": {"online": "20.00", "offline": "5.00"}},
}
OFFERS = {
    "coupons": [
        COUPON
        | {
            "max_value": "5.00",
            "min_spend": "10.00",
            "when": {"tier": ["gold"]},
            "valid": {"days_after_issue": 30, "starts_after_days": 1},
            "limit_per_member": 1,
            "limit_total": 100,
            "lane": "coupon",
            "exclusive": True,
        }
    ],
    "promotions": [
        {
            "id": "half",
            "lane": "item",
            "target": {"category": ["food"]},
            "give": {"nth_item": {"n": 2, "percent_off": "0.50"}, "times": 1},
        },
        {
            "id": "set",
            "lane": "order",
            "code": "SET",
            "give": {"bundle": {"items": [{"sku": "A", "quantity": 2}], "price": "9.00"}},
            "spend": {"min": "1.00"},
            "quantity": {"min": 1},
        },
        {
            "id": "full",
            "lane": "order",
            "give": {"bands": [{"from": "100.00", "amount_off": "10.00"}]},
        },
    ],
    "stored_value": {
        "ladder": [{"pay": "500.00", "bonus": "50.00"}],
        "spend_order": "bonus_first",
        "bonus_expiry": {"kind": "days", "after": 90},
        "max_balance": "5000.00",
    },
    "referral": {"referrer": {"points": 100}, "friend": {"points": 50}},
}


def test_every_field_of_the_page_is_accepted() -> None:
    program = a_program(**FULL)

    assert program.money is not None
    assert program.document.verify.redeem_above.online == "20.00"


def test_every_offer_and_reward_of_the_page_is_accepted() -> None:
    assert a_program(**FULL, **OFFERS).document.referral != UNSET


def test_the_schema_that_ships_is_the_readers_own() -> None:
    """To renew it, write `program_schema()` there: two spaces, sorted keys."""
    shipped = Path(__file__).parents[4] / "resources" / "schemas" / "program-1.schema.json"

    assert json.loads(shipped.read_text(encoding="utf-8")) == program_schema()


def test_the_schema_accepts_what_the_reader_accepts() -> None:
    validator = jsonschema.Draft202012Validator(program_schema())
    jsonschema.Draft202012Validator.check_schema(program_schema())

    assert validator.is_valid(json.loads(default_program_document("p", "默认")))
    assert validator.is_valid(a_document(**FULL, **OFFERS))
    assert not validator.is_valid(a_document(bonus=1))
    assert not validator.is_valid(a_document(earning=[{"id": "r", "give": RATE, "when": {}}]))
