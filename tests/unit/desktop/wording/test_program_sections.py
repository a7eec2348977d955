"""A program in sentences: every field says something, in one language at a time."""

import json
from typing import Any

import pytest

from db.domain.program.program import load_program
from desktop.assets import sample_programs
from desktop.wording.program_names import program_names
from desktop.wording.program_offer_words import coupon_words, effect_words, promotion_words
from desktop.wording.program_sections import program_sections
from desktop.wording.program_words import award_words, expiry_words, redemption_words, rule_words
from desktop.wording.speech import Speech

ZH, EN = Speech("zh"), Speech("en")


def document_of(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sample_programs()[name][0].read_bytes())
    return found


def sections(name: str, language: str) -> dict[str, tuple[str, ...]]:
    document = document_of(name)
    names = program_names(load_program(json.dumps(document).encode()))
    return {
        section.key: section.lines
        for section in program_sections(Speech(language, names), document)
    }


@pytest.mark.parametrize("name", list(sample_programs()))
def test_a_program_is_told_in_chinese_or_in_english(name: str) -> None:
    zh, en = sections(name, "zh"), sections(name, "en")

    assert list(zh) == list(en)
    assert all(len(zh[key]) == len(en[key]) for key in zh)
    for line in (line for lines in en.values() for line in lines):
        assert not any("\u4e00" <= each <= "\u9fff" for each in line.replace("邻里", "")), line


def test_each_part_of_a_program_is_a_section() -> None:
    assert set(sections("grocery", "zh")) == {
        "earning", "points", "redemption", "tiers", "coupons", "promotions", "offline",
    }  # fmt: skip
    assert "stored_value" in sections("cafe", "zh")
    assert "referral" in sections("apparel", "zh")


def test_stored_value_referral_and_debt_are_told() -> None:
    assert sections("cafe", "zh")["stored_value"] == (
        "充 ¥100.00 送 ¥10.00",
        "充 ¥300.00 送 ¥50.00",
        "本金和赠金按比例用",
        "赠金：180 天后到期",
        "余额最多 ¥1,000.00",
    )
    assert sections("apparel", "en")["referral"] == (
        "Who brought him: 50 points",
        "The friend: 20 points",
    )
    assert sections("apparel", "zh")["offline"][-2:] == (
        "欠分用新积分的 50% 还",
        "欠分 365 天后核销",
    )


@pytest.mark.parametrize(
    ("effect", "zh", "en"),
    [
        ({"percent_off": "0.15"}, "减 15%", "15% off"),
        ({"amount_off": "5.00"}, "减 ¥5.00", "¥5.00 off"),
        ({"amount_off": "5.00", "per": "unit"}, "每件减 ¥5.00", "¥5.00 off each"),
        (
            {"fixed_price": "9.90", "max_units": 2},
            "特价 ¥9.90，最多 2 件",
            "at ¥9.90, at most 2 items",
        ),
        (
            {"buy": 2, "get": 1, "of": {"sku": ["A"]}, "free": {"sku": ["B"]}, "times": 3},
            "买 2 送 1（买：商品 A）（送：商品 B），最多 3 次",
            "buy 2, 1 free (of goods A) (free: goods B), at most 3 times",
        ),
        ({"nth_item": {"n": 2, "percent_off": "0.5"}}, "第 2 件减 50%", "50% off item 2"),
        (
            {"bundle": {"items": [{"sku": "A"}, {"sku": "B", "quantity": 2}], "price": "9.00"}},
            "组合 A ×1、B ×2 共 ¥9.00",
            "A ×1, B ×2 together ¥9.00",
        ),
        (
            {
                "bands": [
                    {"from": "100.00", "amount_off": "9.00"},
                    {"from_quantity": 3, "percent_off": "0.1"},
                ]
            },
            "满 ¥100.00 减 ¥9.00、满 3 件 减 10%",
            "from ¥100.00 ¥9.00 off, from 3 items 10% off",
        ),
        (
            {"every": {"amount": "100.00", "amount_off": "9.00"}, "max_value": "50.00"},
            "每满 ¥100.00 减 ¥9.00，最多减 ¥50.00",
            "¥9.00 off for every ¥100.00, at most ¥50.00",
        ),
        (
            {"group": {"size": 3, "amount_off": "5.00"}},
            "每 3 件减 ¥5.00",
            "¥5.00 off for every 3 items",
        ),
        ({"delivery": "free"}, "免运费", "free delivery"),
    ],
)
def test_every_effect_has_its_sentence(effect: dict[str, Any], zh: str, en: str) -> None:
    assert (effect_words(ZH, effect), effect_words(EN, effect)) == (zh, en)


def test_a_promotion_says_what_for_whom_and_how_often() -> None:
    offer = {
        "id": "p",
        "lane": "order",
        "target": {"category": ["food"]},
        "give": {"percent_off": "0.1"},
        "when": {"tier": ["gold"]},
        "spend": {"min": "100.00"},
        "quantity": {"max": 3},
        "code": "X1",
        "limit_per_member": 1,
        "limit_total": 50,
        "exclusive": True,
    }

    assert promotion_words(ZH, offer) == (
        "p：减 10%；用于：分类 food；等级 gold；消费 ≥ ¥100.00；件数 ≤ 3；优惠码 X1；"
        "每位会员 1 次；共 50 次；不与其他优惠同享"
    )
    assert promotion_words(EN, offer | {"target": "dearest_unit"}).startswith(
        "p: 10% off; on the dearest item; level gold"
    )


@pytest.mark.parametrize(
    ("coupon", "zh"),
    [
        ({"kind": "amount", "value": "5.00", "min_spend": "30.00"}, "c：减 ¥5.00；满 ¥30.00 可用"),
        (
            {"kind": "percent", "value": "0.1", "max_value": "20.00", "transferable": True},
            "c：减 10%，最多 ¥20.00；可以转赠",
        ),
        ({"kind": "gift", "value": "A", "when": {"tier": ["gold"]}}, "c：送 A；等级 gold"),
        (
            {"kind": "delivery", "valid": {"starts_after_days": 1, "days_after_issue": 9}},
            "c：免运费；发券 1 天后起；发券后 9 天内",
        ),
        ({"kind": "delivery", "valid": {"to": "2026-12-31"}}, "c：免运费；– 2026-12-31"),
    ],
)
def test_every_kind_of_coupon_has_its_sentence(coupon: dict[str, Any], zh: str) -> None:
    assert coupon_words(ZH, {"code": "c"} | coupon) == zh


def test_a_rule_that_gives_alone_says_so() -> None:
    rule = {
        "id": "r",
        "stacking": "exclusive",
        "give": [{"points": 5}, {"coupon": "C"}, {"tag": "t"}],
        "when": {"any": [{"event": ["signup"]}, {"event": ["attended:X"]}]},
    }

    assert rule_words(ZH, rule) == (
        "r：得 5 分，送券 C，加标签 t；事件 入会，或事件 attended:X；独占，其他规则不给"
    )


def test_bands_whole_steps_and_items_are_told() -> None:
    band = {"from": "0", "points": 1, "per_amount": "2.00"}

    assert award_words(ZH, {"bands": [band], "mode": "whole"}) == (
        "满 ¥0.00 每 ¥2.00 得 1 分，整单按最高一档"
    )
    assert award_words(EN, {"points": 1, "per_amount": "2.00", "whole_steps": True}) == (
        "1 per ¥2.00 (whole amounts)"
    )
    assert award_words(EN, {"points": 1, "per_item": 3}) == "1 per 3 items"


def test_points_that_are_finer_than_a_minor_unit_keep_their_worth() -> None:
    terms = {"points_per_step": 1, "value_per_step": "0.005", "exclude": {"sku": ["A"]}}

    said = redemption_words(ZH, {"money": terms | {"not_with": ["coupon", "C"]}})

    assert said == "1 分抵 ¥0.005，不能抵：商品 A，不与优惠券、C同用"


@pytest.mark.parametrize(
    ("expiry", "zh"),
    [
        ({"kind": "never"}, "不过期"),
        ({"kind": "days", "after": 30}, "30 天后到期"),
        ({"kind": "months", "after": 12, "round_up_to": "month"}, "12 个月后到期，到月底"),
        ({"kind": "months", "after": 12, "round_up_to": "quarter"}, "12 个月后到期，到季末"),
        ({"kind": "months", "after": 6, "round_up_to": "half_year"}, "6 个月后到期，到半年末"),
        ({"kind": "years", "after": 1, "round_up_to": "year"}, "1 年后到期，到年底"),
        ({"kind": "inactivity", "months": 6}, "6 个月没有消费到期"),
    ],
)
def test_every_kind_of_expiry_has_its_sentence(expiry: dict[str, Any], zh: str) -> None:
    assert expiry_words(ZH, expiry) == zh
