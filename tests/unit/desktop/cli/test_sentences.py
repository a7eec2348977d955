"""Every refusal and every trouble has a sentence in both languages, with its figures in it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.cli.answers import plain
from desktop.cli.sentences import SENTENCES, problem_line, sentence
from desktop.cli.usage import usage_in_chinese

ROOT = Path(__file__).parents[4]
PREVIEW_ONLY = {
    "unknown_sale", "duplicate_sale", "coupon_unknown", "code_unknown",
    "stored_value_not_offered", "gift_unknown", "gift_out_of_stock", "gift_price",
}  # fmt: skip
"""What only the steps of a preview refuse, inside its own document."""


def codes() -> Iterator[str]:
    """Yield the code of every refusal in db and sync.client."""
    for room in ("db", "sync/client"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef) and any(
                    isinstance(base, ast.Name) and base.id == "Refusal" for base in node.bases
                ):
                    letters = (f"_{c.lower()}" if c.isupper() else c for c in node.name)
                    yield "".join(letters).lstrip("_")


def test_every_refusal_has_a_sentence() -> None:
    missing = sorted(set(codes()) - set(SENTENCES) - PREVIEW_ONLY)

    assert missing == []


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_is_chinese_first_and_english_second(code: str) -> None:
    chinese, english = SENTENCES[code]

    assert any("\u4e00" <= character <= "\u9fff" for character in chinese)
    assert english.replace("¥", "").isascii()


def test_a_sentence_takes_its_figures_and_survives_their_absence() -> None:
    details = {"balance": 128, "requested": 500, "largest": 100}

    assert "128" in sentence("insufficient_points", details, "zh")
    assert sentence("insufficient_points", {}, "en")
    assert (
        sentence("phone_invalid", {"fault": "letters"}, "en") == "There are letters in the number."
    )
    assert "¥99,999.00" in sentence("over_max_balance", {"pay": "99999.00"}, "zh")
    assert "never_heard_of" in sentence("never_heard_of", {"x": 1}, "en")


def test_a_wrong_type_says_what_to_write() -> None:
    details = {"expected": "str", "got": "float"}
    problem = {"path": "$.earning[0].give.per_amount", "code": "wrong_type", "details": details}

    assert "数字要写在引号里" in problem_line(problem, "zh")
    assert "Expected `str`, got `float`" in problem_line(problem, "en")


def test_ids_days_and_words_are_text_at_the_edge() -> None:
    shown = plain({"id": bytes(15) + b"\x01", "tuple": (1, None), "hash": b"\xff"})

    assert shown == {
        "id": "00000000-0000-0000-0000-000000000001",
        "tuple": [1, None],
        "hash": "ff",
    }


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Missing argument 'query'.", "缺少 query"),
        ("Missing option '--phone'.", "缺少 --phone"),
        ("No such command 'shw'. Did you mean 'show'?", "没有命令 shw"),
        ("No such option: --foo Did you mean --for?", "没有选项 --foo"),
        ("Got unexpected extra argument(s) (x)", "多出的内容：x"),
        ("Invalid value for '--limit': 'x' is not a valid integer.", "--limit 的值不对"),
        ("Something new.", "Something new."),
    ],
)
def test_words_that_make_no_command_are_complained_of_in_chinese(
    english: str, chinese: str
) -> None:
    assert usage_in_chinese(english) == chinese
