"""Any text at all may be typed, pasted or scanned: it is understood or refused, never a crash."""

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from db.domain.lookup.names import clean_name, fold_for_search, mask_name
from db.domain.lookup.phone import parse_phone, typing_state
from db.domain.lookup.phone_text import PhoneInvalid
from db.domain.lookup.pinyin import fold_query, readings_of, reads_as
from db.domain.lookup.scans import classify
from db.domain.lookup.search_grams import grams_of_member, mixed_spellings, reading_grams

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=5)
LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", max_size=60)
MOBILES = st.from_regex(r"1(38|39|50|88)[0-9]{8}", fullmatch=True)


@given(TEXT)
def test_any_text_is_some_scan(text: str) -> None:
    assert classify(text) == classify(text)
    typing_state(text)
    with contextlib.suppress(PhoneInvalid):
        assert parse_phone(text).e164.startswith("+")


@given(TEXT)
def test_cleaning_a_name_twice_is_cleaning_it_once(text: str) -> None:
    assert clean_name(clean_name(text)) == clean_name(text)
    assert fold_for_search(fold_for_search(text)) == fold_for_search(text)
    mask_name(text)


@given(LETTERS)
def test_any_letters_ask_for_a_bounded_number_of_grams(letters: str) -> None:
    assert len(reading_grams(letters)) <= 48
    assert len(mixed_spellings(letters)) <= 12


@given(MOBILES, st.lists(st.sampled_from(" -.()　"), max_size=10), st.data())
def test_separators_never_change_a_number(
    digits: str, marks: list[str], data: st.DataObject
) -> None:
    written = digits
    for mark in marks:
        place = data.draw(st.integers(1, len(written)))
        written = written[:place] + mark + written[place:]

    assert parse_phone(written).e164 == f"+86{digits}"


@given(MOBILES)
def test_every_beginning_of_a_mobile_may_still_become_one(digits: str) -> None:
    states = [typing_state(digits[:length]).value for length in range(1, 12)]

    assert states == ["incomplete"] * 10 + ["complete"]


@given(HAN)
def test_a_name_is_found_by_each_of_its_readings_at_every_letter(name: str) -> None:
    grams = grams_of_member(name, "")
    for reading in readings_of(name):
        spelt = "".join(reading)
        for end in range(1, len(spelt) + 1):
            assert reads_as(name, spelt[:end])
        assert not grams.isdisjoint(reading_grams(fold_query(spelt)))


@given(HAN, st.data())
def test_a_name_is_found_by_any_part_of_it(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    part = fold_for_search(name[start : start + 3])

    assert f"n{part}" in grams_of_member(name, "")
