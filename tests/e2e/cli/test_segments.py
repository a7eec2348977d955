"""`guitai segment`: conditions from the command line to a count, a list and a masked file."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.processes import Answer
from tests.support.teller import told

Guitai = Callable[..., Answer]


@pytest.fixture
def guitai(home: Path) -> Guitai:
    return lambda *words: told(home, *words)


@pytest.fixture
def shop(guitai: Guitai) -> str:
    """Return the number of a member who bought twice, beside one who never did."""
    first = guitai("member", "add", "--phone", "13812345678", "--name", "=张小芳")
    guitai("member", "add", "--phone", "13900001111", "--name", "李明")
    number = str(first.document["number"])
    for amount in ("128.00", "72.00"):
        assert guitai("sale", "add", "--amount", amount, "--member", number).code == 0
    guitai("tag", "add", number, "常客")
    return number


def test_an_expression_is_counted_and_listed(guitai: Guitai, shop: str) -> None:
    found = guitai("segment", "eval", "spend >= 200 and purchases = 2 and tag 常客").document

    assert found["count"] == 1
    assert found["segment"] == "spend >= 200 and purchases = 2 and tag 常客"
    (member,) = found["members"]
    assert (member["number"], member["spend"], member["name"]) == (shop, "200.00", "=***")
    assert member["phone_masked"] == "138****5678"


def test_one_member_may_be_asked_about(guitai: Guitai, shop: str) -> None:
    inside = guitai("segment", "eval", "lifecycle = new", "--member", shop).document
    outside = guitai("segment", "eval", "not visits >= 1", "--member", shop).document

    assert (inside["in_segment"], outside["in_segment"]) == (True, False)


def test_built_in_segments_are_listed_with_their_text_and_count(guitai: Guitai, shop: str) -> None:
    rows = guitai("segment", "list", "--count").document["segments"]
    shown = guitai("segment", "show", "lifecycle/never_bought").document

    counts = {row["name"]: row["count"] for row in rows}
    stages = sum(count for name, count in counts.items() if name.startswith("lifecycle/"))
    assert (counts["lifecycle/new"], counts["lifecycle/never_bought"], stages) == (1, 1, 2)
    assert (shown["count"], shown["segment"]) == (1, "lifecycle = never_bought")


def test_a_list_to_contact_holds_only_who_agreed(guitai: Guitai, shop: str) -> None:
    guitai("member", "consent", shop, "--grant", "marketing")

    assert guitai("segment", "eval", "everybody").document["count"] == 2
    assert guitai("segment", "eval", "everybody", "--contactable").document["count"] == 1


def test_the_file_is_masked_and_no_formula(guitai: Guitai, shop: str, tmp_path: Path) -> None:
    out = tmp_path / "list.csv"

    assert guitai("segment", "eval", "everybody", "--out", str(out)).code == 0

    text = out.read_bytes().decode("utf-8-sig")
    assert len(text.splitlines()) == 3
    assert "'=***" in text
    assert "13812345678" not in text


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("eval", "visits >"), "segment_invalid"),
        (("eval", "segment nowhere"), "no_such_segment"),
        (("show", "nowhere"), "no_such_segment"),
        (("eval", "everybody", "--format", "pdf"), "unknown_value"),
    ],
)
def test_what_cannot_be_meant_is_said_so(guitai: Guitai, words: tuple[str, ...], code: str) -> None:
    ended = guitai("segment", *words)

    assert ended.code == 2
    assert code in json.dumps(ended.document)
