"""Readings of names and the grams they are found under.

`tests/vectors/text_pinyin.json`: words and surnames with their readings, ü written v.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from db.domain.lookup.pinyin import fold_query, readings_of, reads_as
from db.domain.lookup.search_grams import (
    grams_of_member,
    is_exact_part,
    last_digits_gram,
    mixed_spellings,
    name_gram,
    reading_grams,
)

FACTS = json.loads(
    (Path(__file__).parents[3] / "vectors" / "text_pinyin.json").read_text(encoding="utf-8")
)


def facts(answer: str) -> list[Any]:
    return [pytest.param(fact, id=fact["id"]) for fact in FACTS if answer in fact]


def is_found(name: str, typed: str) -> bool:
    grams, letters = grams_of_member(name, ""), fold_query(typed)
    return not grams.isdisjoint(reading_grams(letters)) or any(
        mixed.gram in grams and reads_as(name, mixed.letters) for mixed in mixed_spellings(letters)
    )


@pytest.mark.parametrize("fact", facts("plain"))
def test_the_right_reading_is_among_the_readings(fact: dict[str, Any]) -> None:
    assert tuple(map(fold_query, fact["plain"])) in readings_of(fact["text"])


@pytest.mark.parametrize("fact", facts("plain"))
def test_a_name_is_found_by_its_reading_and_its_initials(fact: dict[str, Any]) -> None:
    syllables = fact["plain"]

    assert is_found(fact["text"], "".join(syllables))
    assert is_found(fact["text"], "".join(syllable[0] for syllable in syllables))


@pytest.mark.parametrize("fact", facts("readings"))
def test_every_reading_of_a_character_counts(fact: dict[str, Any]) -> None:
    found = readings_of(fact["text"])

    for place, syllables in enumerate(fact["readings"]):
        assert set(syllables) <= {reading[place] for reading in found}


@pytest.mark.parametrize("fact", facts("hit"))
def test_a_member_is_found_by_the_surname_s_reading(fact: dict[str, Any]) -> None:
    assert all(is_found(fact["text"], typed) for typed in fact["hit"])
    assert not any(is_found(fact["text"], typed) for typed in fact["miss"])


@pytest.mark.parametrize(
    ("surname", "reading"),
    [("单", "shan"), ("仇", "qiu"), ("曾", "zeng"), ("解", "xie"), ("查", "zha"), ("盖", "ge"),
     ("区", "ou"), ("朴", "piao"), ("繁", "po"), ("翟", "zhai")],
)  # fmt: skip
def test_a_surname_is_read_as_a_surname_first(surname: str, reading: str) -> None:
    assert readings_of(f"{surname}芳")[0] == (reading, "fang")


@pytest.mark.parametrize(
    "typed",
    ["z", "zh", "zhan", "zhang", "zhangx", "zhangxi", "zhangxiu", "zhangxiuf", "zhangxiufang",
     "ZhangXiuFang", "zhang xiu", "zx", "zxf", "zhangxf", "zxiuf", "zxiufang", "xiufang", "xiufan"],
)  # fmt: skip
def test_typing_a_name_finds_it_at_every_letter(typed: str) -> None:
    assert is_found("张秀芳", typed)


@pytest.mark.parametrize("typed", ["c", "zhao", "zhangf", "xf", "zxfa1", "fang", "zhangxiufangx"])
def test_what_does_not_read_so_is_not_found(typed: str) -> None:
    assert not is_found("张秀芳", typed)


@pytest.mark.parametrize("typed", ["lvbu", "lubu", "lübu", "lyubu", "l", "lb"])
def test_a_keyboard_may_write_the_umlaut_as_it_likes(typed: str) -> None:
    assert is_found("吕布", typed)


def test_a_character_without_a_reading_is_found_by_itself() -> None:
    assert readings_of("鿅") == ()
    assert name_gram("鿅") in grams_of_member("鿅测试", "")
    assert is_found("鿅测试", "cs")


def test_latin_words_are_found_by_initials_and_from_their_start() -> None:
    assert is_found("Anna Smith", "anna")
    assert is_found("Anna Smith", "as")
    assert name_gram("smi") in grams_of_member("Anna Smith", "")


@pytest.mark.parametrize(
    ("name", "most"),
    [("张三", 11), ("张秀芳", 15), ("单雄信", 40), ("欧阳小芳", 20), ("买买提·艾力", 40),
     ("Anna Smith", 25), ("乐乐乐乐乐乐乐乐", 70), ("解" * 500, 120)],
)  # fmt: skip
def test_a_member_has_few_grams(name: str, most: int) -> None:
    assert len(grams_of_member(name, "+8613812345678")) <= most


def test_a_query_asks_for_few_grams() -> None:
    assert max(len(reading_grams(typed)) for typed in ("zh", "s", "a" * 100, "xianan")) <= 48


@pytest.mark.parametrize(("part", "exact"), [("张", True), ("张秀芳", True), ("欧阳小芳", False)])
def test_three_characters_of_a_name_are_answered_by_the_gram_alone(part: str, exact: bool) -> None:
    assert is_exact_part(part) is exact
    assert name_gram(part) in grams_of_member(part, "")


def test_last_digits_are_a_gram_of_their_own_kind() -> None:
    assert last_digits_gram("345678") in grams_of_member("", "+8613812345678")
    assert "n5678" not in grams_of_member("", "+8613812345678")
