"""Every step that the engine explains has its sentence, in both languages."""

import json
from pathlib import Path
from typing import Any

import pytest

from db.domain.basket import Basket, BasketLine, MemberFacts
from db.domain.offers.coupons import HeldCoupon, OfferFacts
from db.domain.offers.targets import Used
from db.domain.preview.preview import preview
from db.domain.program.program import load_program
from desktop.assets import sample_programs
from desktop.wording.explained import (
    counted,
    explained,
    receipt_explanation_lines,
    withheld,
)
from desktop.wording.program_names import program_names
from desktop.wording.speech import Speech
from tests.support.programs import a_document, sold

ZH, EN = Speech("zh"), Speech("en")
DOMAIN = Path("db/domain")
SAID = {
    "program", "discount", "redemption", "top_up", "stored_value", "rule", "multiplier",
    "rounding", "cap", "line", "promotion", "coupon", "coupon_award",
}  # fmt: skip
"""What the engine says; `program` stands on receipts only."""
LEVELS = [{"code": "gold", "name": {"zh": "金卡", "en": "Gold"}, "multiplier": "2"}]


def both(step: dict[str, Any]) -> tuple[str, str]:
    (zh,) = explained(ZH, [step])
    (en,) = explained(EN, [step])
    return zh, en


def gives(given: dict[str, Any]) -> tuple[str, str]:
    return both({"step": "rule", "rule": "r", "gives": [given], "lines": [1]})


def test_the_engine_says_nothing_that_has_no_sentence() -> None:
    """The words after `"step":` in the engine's sources are the ones that are known here."""
    found: set[str] = set()
    for path in DOMAIN.rglob("*.py"):
        for piece in path.read_text(encoding="utf-8").split('"step": "')[1:]:
            found.add(piece.partition('"')[0])

    assert found <= SAID
    assert found >= SAID - {"promotion", "coupon"}


@pytest.mark.parametrize(
    ("given", "zh", "en"),
    [
        (
            {
                "award": "per_amount",
                "points": 1,
                "per_amount": "2.00",
                "base": "9.00",
                "exact": "4.5",
            },
            "r：¥9.00，每 ¥2.00 得 1 分，共 4.5 分",
            "r: ¥9.00 at 1 per ¥2.00 gives 4.5",
        ),
        (
            {"award": "bands", "mode": "marginal", "base": "9.00", "exact": "9"},
            "r：¥9.00 分段计，共 9 分",
            "r: ¥9.00 in bands gives 9",
        ),
        (
            {"award": "bands", "mode": "whole", "base": "9.00", "exact": "9"},
            "r：¥9.00 按所在档计，共 9 分",
            "r: ¥9.00 at its band gives 9",
        ),
        (
            {"award": "per_item", "points": 2, "per_item": 1, "units": 3, "exact": "6"},
            "r：3 件，每 1 件得 2 分，共 6 分",
            "r: 3 items at 2 per 1 give 6",
        ),
        ({"award": "multiply", "factor": "3/2"}, "r：积分 ×3/2", "r: points ×3/2"),
        ({"award": "points", "points": 1280}, "r：得 1,280 分", "r: gives 1,280"),
        ({"award": "coupon", "coupon": "C"}, "r：送券 C", "r: a coupon: C"),
        ({"award": "tag", "tag": "vip"}, "r：加标签 vip", "r: the tag vip"),
    ],
)
def test_every_award_has_its_sentence(given: dict[str, Any], zh: str, en: str) -> None:
    assert gives(given) == (zh, en)


def offer(**facts: Any) -> dict[str, Any]:
    return {"step": "promotion", "promotion": "p", "lane": "item", "value": "0.00"} | facts


@pytest.mark.parametrize(
    ("step", "zh", "en"),
    [
        (offer(value="5.00", lines=["5.00"]), "p：减 ¥5.00", "p: ¥5.00 off"),
        (
            offer(why="beaten", by="q", worth="3.00"),
            "p：可减 ¥3.00，「q」更优惠",
            "p: ¥3.00 off, but “q” gives more",
        ),
        (offer(why="exclusive", by="q"), "p：不与「q」同享", "p: not together with “q”"),
        (
            offer(why="spend", min="100.00", has="28.00"),
            "p：满 ¥100.00 才有，还差 ¥72.00",
            "p: from ¥100.00 on; ¥72.00 missing",
        ),
        (
            offer(why="spend", min="1.00", max="10.00", has="28.00"),
            "p：最多 ¥10.00，已超过",
            "p: up to ¥10.00; this is more",
        ),
        (
            offer(why="quantity", min=3, has=1),
            "p：满 3 件才有，还差 2 件",
            "p: from 3 items on; 2 missing",
        ),
        (
            offer(why="quantity", max=3, has=4),
            "p：最多 3 件，已超过",
            "p: up to 3 items; these are more",
        ),
        (
            offer(why="limit_total", limit=500, used=500),
            "p：共 500 次，已用完",
            "p: all 500 uses are gone",
        ),
        (
            offer(why="limit_per_member", limit=1, used=1),
            "p：每位会员 1 次，已用完",
            "p: 1 a member, all of them used",
        ),
        (offer(why="member_required"), "p：会员才有", "p: for members only"),
        (offer(why="no_line"), "p：没有符合的商品", "p: no goods fit"),
        (offer(why="nothing"), "p：没有可以减的", "p: there is nothing to take off"),
        (offer(why="condition"), "p：条件不符", "p: its condition does not hold"),
        (offer(why="unheard_of"), "p：条件不符", "p: its condition does not hold"),
        (
            {"step": "coupon", "coupon": "K7", "kind": "C", "lane": "coupon", "value": "5.00"},
            "券 C（K7）：减 ¥5.00",
            "Coupon C (K7): ¥5.00 off",
        ),
        (
            {"step": "coupon", "coupon": "C", "lane": "coupon", "kind": "C", "value": "5.00"},
            "券 C：减 ¥5.00",
            "Coupon C: ¥5.00 off",
        ),
        ({"step": "coupon_award", "coupon": "C"}, "发券：C", "Coupon issued: C"),
        (
            {"step": "coupon_award", "coupon": "C", "why": "limit_total"},
            "C：已经发完",
            "C: all of them were issued",
        ),
        (
            {"step": "coupon_award", "coupon": "C", "why": "limit_per_member"},
            "C：这位会员已经领满",
            "C: this member has had all of his",
        ),
        (
            {"step": "coupon_award", "coupon": "C", "why": "expired"},
            "C：已过有效期，不发",
            "C: its days are over",
        ),
    ],
)
def test_every_offer_has_its_sentence(step: dict[str, Any], zh: str, en: str) -> None:
    assert both(step) == (zh, en)


def top_up(bonus: str, last: str | None) -> dict[str, Any]:
    return {"step": "top_up", "pay": "500.00", "bonus": bonus, "bonus_expires_on": last}


def purse(principal: str, bonus: str, earns: str) -> dict[str, Any]:
    return {"step": "stored_value", "principal": principal, "bonus": bonus, "earns": earns}


@pytest.mark.parametrize(
    ("step", "zh", "en"),
    [
        (top_up("0.00", None), "充值 ¥500.00", "¥500.00 paid in"),
        (top_up("50.00", None), "充值 ¥500.00，送 ¥50.00", "¥500.00 paid in, ¥50.00 on top"),
        (
            top_up("50.00", "2026-12-31"),
            "充值 ¥500.00，送 ¥50.00，2026-12-31 到期",
            "¥500.00 paid in, ¥50.00 on top until 2026-12-31",
        ),
        (
            purse("30.00", "3.00", "principal"),
            "储值付 本金 ¥30.00、赠金 ¥3.00；赠金不积分",
            "Stored value pays ¥30.00 of principal, ¥3.00 of bonus; bonus earns nothing",
        ),
        (
            purse("30.00", "0.00", "principal"),
            "储值付 本金 ¥30.00",
            "Stored value pays ¥30.00 of principal",
        ),
        (
            purse("0.00", "3.00", "none"),
            "储值付 赠金 ¥3.00；储值不积分",
            "Stored value pays ¥3.00 of bonus; stored value earns nothing",
        ),
        (
            {"step": "discount", "source": "order_discount", "value": "5.00", "lines": ["5.00"]},
            "整单优惠：减 ¥5.00",
            "Order discount: ¥5.00 off",
        ),
        (
            {"step": "cap", "cap": "per_day", "limit": 1000, "before": 1280, "after": 900},
            "每天上限 1,000 分：1,280 减为 900 分",
            "The limit per day is 1,000: 1,280 becomes 900",
        ),
    ],
)
def test_purses_discounts_and_caps_have_their_sentences(
    step: dict[str, Any], zh: str, en: str
) -> None:
    assert both(step) == (zh, en)


def full_sale() -> list[dict[str, Any]]:
    """Explain a sale with a level, offers of all lanes, points, a cap and a line that earns not."""
    document = a_document(
        points={"base": {"exclude": {"category": ["tobacco"]}}, "caps": {"per_sale": 50}},
        tiers={"measure": "visits", "window": "lifetime", "levels": LEVELS},
        promotions=[
            {"id": "a", "lane": "order", "give": {"amount_off": "10.00"}},
            {"id": "b", "lane": "order", "give": {"amount_off": "5.00"}},
            {"id": "c", "lane": "item", "give": {"percent_off": "0.1"}, "limit_total": 1},
        ],
        coupons=[{"code": "C", "kind": "amount", "value": "5.00"}],
    )
    basket = Basket(
        (
            BasketLine(unit_price=8_000),
            BasketLine(unit_price=2_000, category="tobacco"),
        ),
        coupons=("K1",),
    )
    facts = OfferFacts(coupons=(HeldCoupon("K1", "C"),), used={"c": Used(1, 0)})
    result = sold(
        load_program(json.dumps(document).encode()),
        basket,
        member=MemberFacts(tier="gold"),
        redeem_points=100,
        offers=facts,
    )
    return list(result.explanation)


def test_what_counted_and_what_did_not_together_are_all_of_it() -> None:
    steps = full_sale()

    assert sorted([*counted(ZH, steps), *withheld(ZH, steps)]) == sorted(explained(ZH, steps))
    assert withheld(ZH, steps) == [
        "c：共 1 次，已用完",
        "b：可减 ¥5.00，「a」更优惠",
        "第 2 行：此商品不积分",
    ]
    assert "每笔上限 50 分：134 减为 50 分" in counted(ZH, steps)


def test_a_receipt_says_the_version_and_what_counted() -> None:
    steps = full_sale()

    lines = receipt_explanation_lines(EN, steps)

    assert lines[0] == "Program p@1"
    assert lines[1:] == counted(EN, steps)


@pytest.mark.parametrize("name", list(sample_programs()))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_stories_of_the_samples_are_told_in_one_language(name: str, language: str) -> None:
    program, scenario = (path.read_bytes() for path in sample_programs()[name])
    loaded = load_program(program)
    say = Speech(language, program_names(loaded))
    steps = preview(loaded, json.loads(scenario))["steps"]

    told = [sentence for step in steps for sentence in explained(say, step["explanation"])]

    assert told
    for sentence in told:
        chinese = any("\u4e00" <= each <= "\u9fff" for each in sentence)
        assert chinese is (language == "zh"), sentence
