"""Whatever head office refuses, and however the line fails, a person can read why."""

import re
from pathlib import Path

import pytest

from desktop.cli.pages.tongue import VOCABULARY
from desktop.cli.sentences import sentence
from sync.server import door
from sync.server.door import STATUS

SAID_IN_CODE = re.compile(r'OfficeRefused\(\s*"([a-z_]+)"')
SERVER = Path(door.__file__).parent
REASONS = frozenset(STATUS).union(
    *(SAID_IN_CODE.findall(file.read_text(encoding="utf-8")) for file in SERVER.glob("*.py"))
)
WHILE_JOINING = (
    "code_unknown",
    "code_used",
    "code_expired",
    "revoked",
    "no_blocks",
    "malformed",
    "bad_signature",
    "too_large",
)


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_every_reason_of_head_office_has_words_in_both_languages(reason: str) -> None:
    if reason in VOCABULARY["line"]:
        assert all(words not in {"", reason} for words in VOCABULARY["line"][reason])
    else:
        assert reason in WHILE_JOINING, "it must have a word after joining, or belong to joining"


@pytest.mark.parametrize("reason", WHILE_JOINING)
def test_who_may_not_join_hears_why_in_a_sentence(reason: str) -> None:
    for language in ("zh", "en"):
        said = sentence("office_refused", {"reason": reason, "retry_ms": 0}, language)
        assert f"：{reason}" not in said, "the sentence for reasons that have none"
        assert f": {reason}" not in said
        assert said.endswith(("。", "."))
