"""Coupons and promotions on the command line: issued, used, given back, refused, proved."""

import json
from pathlib import Path

import pytest

from tests.support.command_line import Guitai, run
from tests.support.coupon_makers import COUPONS
from tests.support.programs import SPEND, a_document

PROMOTIONS = [
    {
        "id": "second",
        "name": {"zh": "饮料第二件半价", "en": "Second drink at half price"},
        "lane": "item",
        "target": {"category": ["drink"]},
        "give": {"nth_item": {"n": 2, "percent_off": "0.50"}},
    },
    {"id": "hello", "lane": "order", "code": "HELLO", "give": {"amount_off": "5.00"}},
    {"id": "brought", "lane": "order", "spend": {"min": "60.00"}, "give": {"delivery": "free"}},
]
BONUS = {"id": "bonus", "when": {"spend": {"min": "60.00"}}, "give": {"coupon": "TEN"}}
LINES = (
    "sku,name,category,unit_price,quantity,kind\n"
    "T,绿茶,drink,20.00,3,\nB,面包,food,10.00,1,goods\n,送货,,8.00,1,delivery\n"
)


@pytest.fixture
def shop(tmp_path: Path) -> Guitai:
    """Return the command on a home whose program has promotions and coupons."""
    program, home = tmp_path / "program.json", tmp_path / "shop"
    document = a_document(coupons=COUPONS, promotions=PROMOTIONS, earning=[SPEND, BONUS])
    program.write_text(json.dumps(document))
    words = ("--home", str(home), "--json")
    assert run("init", "--sandbox", "--program", str(program), *words).code == 0
    return lambda *said, **variables: run(*said, *words, **variables)


def test_a_coupon_is_issued_used_given_back_and_voided(shop: Guitai) -> None:
    member = shop("member", "add", "--phone", "13812345678").document["member_id"]

    (coupon,) = shop("coupon", "issue", "TEN", "--member", member).document["coupons"]
    shown = shop("member", "show", member).document["coupons"]
    typed = f"{coupon['id'][:4]}-{coupon['id'][4:].lower()}"
    sold = shop("sale", "add", "--amount", "55", "--member", member, "--coupon", typed).document
    used = shop("coupon", "show", typed).document
    held = shop("member", "show", member).document["coupons"]
    shop("sale", "undo", sold["sale_id"])
    listed = shop("coupon", "list", "--member", member, "--state", "valid").document["coupons"]
    voided = shop("coupon", "void", coupon["id"], "--reason", "发错").document

    assert shown == [coupon | {"usable_here": True}]
    assert (coupon["code"], coupon["kind"], coupon["value"]) == ("TEN", "amount", "10.00")
    assert (coupon["state"], coupon["member_id"]) == ("valid", member)
    assert (sold["due"], sold["points"]["earned"]) == ("45.00", 45)
    assert (used["state"], used["sale_id"], used["used_value"]) == (
        "used",
        sold["sale_id"],
        "10.00",
    )
    assert held == []
    assert listed == [coupon]
    assert (voided["id"], voided["state"]) == (coupon["id"], "void")
    assert shop("verify").document["ok"]


def test_lines_get_their_promotions_and_a_rule_its_coupon(shop: Guitai, tmp_path: Path) -> None:
    member = shop("member", "add", "--phone", "13812345678").document["member_id"]
    lines = tmp_path / "lines.csv"
    lines.write_text(LINES, encoding="utf-8")

    sold = shop("sale", "add", "--lines", str(lines), "--member", member).document
    shown = shop("sale", "show", sold["sale_id"]).document

    # 60.00 of tea, the second at half price; bread 10.00; free delivery from 60.00 on
    assert (sold["due"], sold["points"]["earned"]) == ("60.00", 60)
    assert [line["discount"] for line in shown["lines"]] == ["10.00", "0.00", "8.00"]
    (issued,) = sold["coupons"]
    assert issued["code"] == "TEN"
    assert [held["id"] for held in shop("member", "show", member).document["coupons"]] == [
        issued["id"]
    ]


def test_a_code_is_used_or_refused_with_the_numbers(shop: Guitai) -> None:
    assert shop("sale", "add", "--amount", "20", "--code", "HELLO").document["due"] == "15.00"
    unknown = shop("sale", "add", "--amount", "20", "--code", "NOPE")
    member = shop("member", "add", "--phone", "13812345678").document["member_id"]
    (coupon,) = shop("coupon", "issue", "TEN", "--member", member).document["coupons"]
    below = shop("sale", "add", "--amount", "49.99", "--member", member, "--coupon", coupon["id"])
    none = shop("coupon", "show", "C00000000000")

    assert (unknown.code, unknown.document["refused"]["code"]) == (3, "code_unknown")
    assert below.document["refused"] == {
        "code": "coupon_below_min_spend",
        "details": {"coupon": coupon["id"], "min_spend": "50.00", "spend": "49.99"},
    }
    assert (none.code, none.document["refused"]["code"]) == (3, "coupon_unknown")


def test_a_line_of_no_known_kind_is_invalid(shop: Guitai, tmp_path: Path) -> None:
    lines = tmp_path / "lines.csv"
    lines.write_text("unit_price,kind\n8.00,post\n", encoding="utf-8")

    refused = shop("sale", "add", "--lines", str(lines))

    assert refused.code == 2
