"""Refusals, troubles and wrong input in words: Chinese first, English beside it.

A code finds its sentence; where one code has several reasons, `code.reason` is looked up first.
The names in braces are the refusal's own details. A code without a sentence shows itself: a
missing translation must never hide what happened.
"""

import re
from collections.abc import Mapping
from typing import Final

from desktop.cli.coupon_sentences import COUPON_SENTENCES
from desktop.cli.pages.labels import LABELS
from desktop.cli.pages.vocabulary import VOCABULARY
from desktop.cli.profile_sentences import PROFILE_SENTENCES
from desktop.cli.reward_sentences import REWARD_SENTENCES
from desktop.cli.rule_sentences import RULE_SENTENCES
from desktop.cli.score_sentences import SCORE_SENTENCES
from desktop.cli.staff_sentences import STAFF_SENTENCES
from desktop.cli.trouble_sentences import TROUBLE_SENTENCES
from desktop.cli.typed_sentences import TYPED_SENTENCES
from desktop.cli.usage import fault_in_chinese
from desktop.cli.value_sentences import VALUE_SENTENCES

Pair = tuple[str, str]
_SAYS_MORE: Final = frozenset(
    {
        "above_one", "duplicate", "empty_range", "no_such_day", "no_such_time", "not_above_zero",
        "one_award", "one_effect", "one_key", "one_kind", "unknown_coupon", "unknown_timezone",
        "whole_number", "wrong_type", "wrong_value",
    }
)  # fmt: skip
"""Problems of a program that are clearer with what was written."""
_MONEY: Final = re.compile(r"\d{4,}\.\d\d")
_REASON_KEYS: Final = ("fault", "reason", "kind", "state", "why", "of", "field")

SENTENCES: Final[Mapping[str, Pair]] = {
    **TYPED_SENTENCES,
    **RULE_SENTENCES,
    **STAFF_SENTENCES,
    **VALUE_SENTENCES,
    **COUPON_SENTENCES,
    **REWARD_SENTENCES,
    **PROFILE_SENTENCES,
    **SCORE_SENTENCES,
    **TROUBLE_SENTENCES,
}


def sentence(code: str, details: Mapping[str, object], language: str) -> str:
    """Return what to tell a person, in `zh` or `en`."""
    pair = _pair(code, details)
    if pair is None:
        return f"{code} {dict(details) or ''}".rstrip()
    shown = {name: _shown(name, value, language) for name, value in details.items()}
    return pair[0 if language == "zh" else 1].format_map(_Known(shown)).strip()


def _shown(name: str, value: object, language: str) -> object:
    """Return a detail as people read it: figures with commas, fields and faults in Chinese."""
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, str) and _MONEY.fullmatch(value) is not None:
        whole, _, cents = value.partition(".")
        return f"{int(whole):,}.{cents}"
    if name == "problem" and language == "zh":
        return fault_in_chinese(str(value))
    if name in ("field", "missing") and language == "zh":
        columns = str(value).split(", ")
        return "、".join(_column(column) for column in columns)
    return value


def _column(name: str) -> str:
    """Return a column or an option with its Chinese name before it, where it has one."""
    label = LABELS.get(name)
    return name if label is None else f"{label[0]}（{name}）"


def _pair(code: str, details: Mapping[str, object]) -> Pair | None:
    for key in _REASON_KEYS:
        if key in details and (pair := SENTENCES.get(f"{code}.{details[key]}")) is not None:
            return pair
    return SENTENCES.get(code)


class _Known(dict[str, object]):
    """Details that show an unknown name as nothing."""

    def __missing__(self, key: str) -> str:
        return ""


def problem_line(problem: Mapping[str, object], language: str) -> str:
    """Return a problem of a program or a scenario: where it is, and what is wrong there."""
    details = problem.get("details")
    values = details.values() if isinstance(details, Mapping) else ()
    parts = [", ".join(value) if isinstance(value, list) else str(value) for value in values]
    if problem["code"] == "wrong_type" and len(parts) > 1:
        parts = [f"Expected `{parts[0]}`, got `{parts[1]}`"]
    if language == "zh":
        parts = [fault_in_chinese(part) for part in parts]
    more = " – ".join(parts)
    pair = VOCABULARY["problem"].get(str(problem["code"]))
    words = str(problem["code"]) if pair is None else pair[0 if language == "zh" else 1]
    where = str(problem["path"]).removeprefix("$.")
    if where == "$":
        where = "文件" if language == "zh" else "file"
    if problem["code"] in _SAYS_MORE and more:
        words += f"（{more}）" if language == "zh" else f" ({more})"
    return f"{where}{'：' if language == 'zh' else ': '}{words}"
