"""Names: how one is kept, how it is shown to others, and how it is compared.

A name is the member's own: rare and astral characters stay as they were written, composition (NFC)
is the only change that is made to a letter. Control characters never get in, because names end up
on receipt printers and terminals.
"""

import re
import unicodedata
from typing import Final

from db.domain.lookup.surnames import surname_of

_COMPATIBILITY: Final = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
_TITLES: Final = ("女士", "先生", "小姐", "太太", "阿姨", "老师", "师傅")
_HAN: Final = re.compile(
    "[\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]",
)
_JOINERS: Final = "\u200d\ufe0e\ufe0f"
_SKIN_TONES: Final = range(0x1F3FB, 0x1F400)
_NOT_COMPARED: Final = re.compile(r"[\s·•・‧∙]+")
_WIDE_LETTERS: Final = {
    code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()
}


def clean_name(text: str) -> str:
    """Return a name as it is kept: composed, trimmed, without control or direction marks."""
    parts = _COMPATIBILITY.split(text)
    # NFC would replace compatibility ideographs, which some families write on purpose.
    composed = "".join(
        p if _COMPATIBILITY.match(p) else unicodedata.normalize("NFC", p) for p in parts
    )
    return "".join(_kept(character) for character in composed).strip()


def tidy_name(text: str) -> str:
    """Return a name from a spreadsheet: as kept, one blank between words, wide letters narrowed."""
    return " ".join(clean_name(text).translate(_WIDE_LETTERS).split())


def mask_name(name: str) -> str:
    """Return `张*芳`, `张*`, `欧阳*`, `Z*** S***`: enough to ask 「您是张女士?」.

    One star stands for however many characters are hidden. A surname with a form of address
    (`张女士`) hides nothing and stays.
    """
    clusters = _clusters(name.strip())
    if not clusters:
        return ""
    if not _HAN.match(clusters[0]):
        return _masked_words(name.split())
    surname = surname_of(name)
    if name.removeprefix(surname) in _TITLES:
        return name
    keeps_last = len(clusters) > len(surname) + 1
    return f"{surname}*{clusters[-1] if keeps_last else ''}"


def mask_email(email: str) -> str:
    """Return `z***@example.com`; an address without @ is masked as a whole."""
    local, at, domain = email.strip().rpartition("@")
    if not at:
        return "***" if email.strip() else ""
    return f"{local[:1]}***@{domain}"


def fold_for_search(text: str) -> str:
    """Return what two writings of one name have in common: width, case, blanks and dots aside."""
    folded = unicodedata.normalize("NFKC", clean_name(text)).casefold()
    # Once more: without the blank before it, an accent belongs to the letter in front.
    return unicodedata.normalize("NFKC", _NOT_COMPARED.sub("", folded))


def _kept(character: str) -> str:
    if character in _JOINERS:
        return character
    category = unicodedata.category(character)
    if category in {"Cc", "Zl", "Zp"}:
        return " " if character in "\t\n\r\u2028\u2029" else ""
    return "" if category in {"Cf", "Cs"} else character


def _masked_words(words: list[str]) -> str:
    return " ".join(f"{_clusters(word)[0]}***" for word in words[:2])


def _clusters(text: str) -> list[str]:
    """Split into what a reader sees as characters, so that a mask cuts none in half."""
    clusters: list[str] = []
    for character in text:
        joined = bool(clusters) and clusters[-1].endswith("\u200d")
        extends = (
            character in _JOINERS
            or unicodedata.category(character).startswith("M")
            or ord(character) in _SKIN_TONES
        )
        if clusters and (joined or extends):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters
