"""Every command's page: a word for every field in both languages, and none of the other's.

The same story is told three times, in JSON, Chinese and English; in this process, for speed.
"""

import json
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from desktop.cli.pages.labels import LABELS, UNSEEN
from desktop.cli.pages.vocabulary import VOCABULARY
from tests.support.offices import head_office
from tests.support.shops_life import Teller, a_shops_life, with_head_office

PLAIN_ON_A_CHINESE_PAGE = {
    "guitai", "PIN", "Ctrl", "C", "JSON", "KB", "MB", "Python", "csv", "purchases", "report", "s",
    "sale", "add", "amount", "member", "phone", "show", "undo", "import", "history", "revert",
    "counter", "office", "serve", "enroll", "code", "sync", "now", "points", "shift", "day",
    "home", "json", "at", "stored", "value", "http", "weekend", "new", "Sat", "SKU", "sandbox",
    "HELLO", "device", "test", "printer", "file", "GBK",
    "staff", "list", "adjust", "reason", "unmerge", "conflicts", "resolve", "choice", "keep",
    "merge", "recycled", "erase", "decline",
    "RFM", "rfm", "lifecycle", "activity", "cohort", "churn", "category", "profile", "liability",
    "tier", "migration", "cashier", "audit", "freshness",
}  # fmt: skip
"""Commands to copy, units, and what the shop itself wrote."""


Tell = Callable[[str], Teller]


@pytest.fixture
def tell(capfdbinary: pytest.CaptureFixture[bytes]) -> Iterator[Tell]:
    """Hand out what tells the story in a form: json, zh_CN or en_US.

    The folder has a short name, so that no page has to break one and leave halves of words.
    """
    with tempfile.TemporaryDirectory(prefix="g") as short:

        def teller(form: str) -> Teller:
            folder = Path(short) / form
            folder.mkdir()
            return Teller(form, capfdbinary, folder)

        yield teller


def fields(value: Any, name: str = "") -> Iterator[str]:
    """Yield the names of every field; of a program document, of names by name, none."""
    if isinstance(value, dict) and name not in {"document", "versions", "consents", "details"}:
        for key, item in value.items():
            yield key
            if key not in {"tenders", "explanation"} or isinstance(item, list):
                yield from fields(item, key)
    elif isinstance(value, list) and name != "explanation":
        for item in value:
            yield from fields(item, name)


def words_of(text: str) -> set[str]:
    """Return the plain English words on a page, without ids, paths, versions and codes."""
    kept = re.sub(
        r"^(版本|系统|诊断包|数据目录|文件|密钥文件|      |       ) .*$",
        "",
        text,
        flags=re.MULTILINE,
    )
    kept = re.sub(
        r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z0-9]{4}-[A-Z0-9]{4}|https?://\S+|/\S+|M[A-Z0-9]{9}|C[A-Z0-9]{11}|\S*\d\S*",
        " ",
        kept,
    )
    return set(re.findall(r"[A-Za-z_]+", kept))


def test_every_field_of_every_answer_has_a_label_or_needs_none(tell: Tell, tmp_path: Path) -> None:
    teller = tell("json")
    a_shops_life(teller)
    with head_office(tmp_path / "office") as office:
        with_head_office(teller, office.home, office.address)

    met = {name for _, text in teller.told for name in fields(json.loads(text))}

    assert sorted(met - set(LABELS) - UNSEEN) == []


def test_pages_are_in_one_language_and_80_cells_wide(tell: Tell, tmp_path: Path) -> None:
    zh, en = tell("zh_CN"), tell("en_US")
    a_shops_life(zh)
    a_shops_life(en)
    with head_office(tmp_path / "office") as office:
        with_head_office(zh, office.home, office.address)
        with_head_office(en, office.home, office.address)

    allowed = PLAIN_ON_A_CHINESE_PAGE | {"zh_CN", "en_US"}
    bare = {words: found for words, text in zh.told if (found := words_of(text) - allowed)}
    wide = [line for _, text in zh.told + en.told for line in text.splitlines() if over(line)]
    chinese = {pair[0] for pair in LABELS.values() if not pair[0].isascii()}
    chinese |= {pair[0] for words in VOCABULARY.values() for pair in words.values() if pair[0]}
    left = {
        (words, first)
        for words, text in en.told
        for line in text.splitlines()
        if (first := line.strip().partition("  ")[0]) in chinese
    }

    assert bare == {}
    assert wide == []
    assert left == set()


def over(line: str) -> bool:
    """Say whether a line is too wide; a command to copy and a path may be."""
    return cell_len(line) > 80 and "guitai" not in line and "/" not in line
