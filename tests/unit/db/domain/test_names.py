"""Names: kept whole, shown masked, compared loosely."""

import json
from pathlib import Path
from typing import Any

import pytest

from db.domain.lookup.names import clean_name, fold_for_search, mask_email, mask_name, tidy_name
from db.domain.lookup.search_grams import grams_of_member

TEXTS = json.loads(
    (Path(__file__).parents[3] / "vectors" / "naughty_text.json").read_text(encoding="utf-8")
)


def texts(*groups: str) -> list[Any]:
    return [pytest.param(text["text"], id=text["id"]) for text in TEXTS if text["group"] in groups]


@pytest.mark.parametrize("text", texts("innocent"))
def test_ordinary_text_that_looks_like_an_attack_is_kept_as_it_is(text: str) -> None:
    assert clean_name(text) == text.strip()


@pytest.mark.parametrize("text", texts("innocent", "till", "blns"))
def test_no_text_breaks_a_name_or_smuggles_a_control_character(text: str) -> None:
    name = clean_name(text)

    assert all(ord(character) >= 32 and ord(character) != 127 for character in name)
    assert clean_name(name) == name
    assert bool(mask_name(name)) is bool(name)
    assert all(gram for gram in grams_of_member(name, ""))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  张三\u3000", "张三"),
        ("张\x1bp\x00三", "张p三"),
        ("张\t三", "张 三"),
        ("\u202a张三\u202c\ufeff", "张三"),
        ("e\u0301", "é"),
        ("𠮷野", "𠮷野"),
        ("\ufa19谷", "\ufa19谷"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("张 三  丰", "张 三  丰"),
        ("Ａnna", "Ａnna"),
    ],
)
def test_a_name_is_kept_as_it_was_written(text: str, name: str) -> None:
    assert clean_name(text) == name


def test_a_spreadsheet_s_name_is_tidied() -> None:
    assert tidy_name(" Ａnna\u3000 Ｓmith（VIP） ") == "Anna Smith（VIP）"


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("", ""),
        ("张", "张*"),
        ("张三", "张*"),
        ("张秀芳", "张*芳"),
        ("欧阳锋", "欧阳*"),
        ("欧阳小芳", "欧阳*芳"),
        ("欧阳", "欧阳*"),
        ("张女士", "张女士"),
        ("欧阳先生", "欧阳先生"),
        ("𠮷野家", "𠮷*家"),
        ("买买提·艾力", "买*力"),
        ("Zhang San", "Z*** S***"),
        ("anna maria von trapp", "a*** m***"),
        ("👨\u200d👩\u200d👧abc", "👨\u200d👩\u200d👧***"),
        ("👍🏽x", "👍🏽***"),
    ],
)
def test_a_mask_shows_enough_to_ask_is_that_you(name: str, mask: str) -> None:
    assert mask_name(name) == mask


@pytest.mark.parametrize(
    ("email", "mask"),
    [("zhang@example.com", "z***@example.com"), ("@x.cn", "***@x.cn"), ("zhang", "***"), ("", "")],
)
def test_a_mail_address_is_masked_before_the_at(email: str, mask: str) -> None:
    assert mask_email(email) == mask


@pytest.mark.parametrize(
    ("one", "other"),
    [("张 三", "张三"), ("ＡＮＮＡ", "anna"), ("买买提·艾力", "买买提艾力"), ("Straße", "STRASSE")],
)
def test_two_writings_of_one_name_are_compared_alike(one: str, other: str) -> None:
    assert fold_for_search(one) == fold_for_search(other)
