"""Pinyin: every way a name can be read aloud, and whether letters typed are one of them.

All readings count, because only the member knows which is his: 单 is found under `shan` and `dan`.
Readings are plain (no tones) with ü written u, since keyboards give both `lv` and `lu`. pypinyin is
imported at the first name that is read: its dictionary takes 0.1 s, which the first frame must not
wait for.
"""

import re
from functools import lru_cache
from itertools import product, zip_longest
from math import prod
from typing import Final

from db.domain.lookup.names import fold_for_search
from db.domain.lookup.pinyin_syllables import COMPLETIONS, INITIALS, SYLLABLE_LETTERS_MAX, SYLLABLES
from db.domain.lookup.surnames import COMPOUND_SURNAMES, SURNAME_READINGS

READINGS_MAX: Final = 16
_LONG_NAME_READINGS_MAX: Final = 4
_LONG_NAME_SYLLABLES: Final = 5
SYLLABLES_MAX: Final = 8
_WORD_LETTERS_MAX: Final = 12
_MIXED_MAX: Final = 4
_TOKENS: Final = re.compile("[a-z0-9]+|[^a-z0-9]")
_PASSPORT: Final = (("lyu", "lu"), ("nyu", "nu"))

Reading = tuple[str, ...]
"""One way to read a name: a syllable for each character, a run of Latin letters being one."""


def readings_of(name: str) -> tuple[Reading, ...]:
    """Return the readings of a name, the likeliest first: at most 16, of at most 8 syllables.

    A name that has more (from five syllables on, more than 4) loses the rarest readings of its most
    ambiguous characters. Characters without a reading are passed over, they are found by
    themselves; a run of Latin letters is one syllable.
    """
    choices = _choices(name)
    long_name = len(choices) >= _LONG_NAME_SYLLABLES
    readings_max = _LONG_NAME_READINGS_MAX if long_name else READINGS_MAX
    while prod(map(len, choices)) > readings_max:
        widest = max(range(len(choices)), key=lambda place: (len(choices[place]), place))
        choices[widest] = choices[widest][:-1]
    return tuple(product(*choices)) if choices else ()


def fold_query(text: str) -> str:
    """Return typed letters as readings write them: lower case, no blanks, `lv` and `nü` with u."""
    letters = re.sub(r"[\s'’\-.]+", "", text.casefold()).replace("ü", "v").replace("u:", "v")
    return _plain(letters)


def query_spellings(letters: str) -> tuple[str, ...]:
    """Return folded letters and, where they hold a passport's LYU or NYU, what that stands for."""
    spelt = letters
    for passport, plain in _PASSPORT:
        spelt = spelt.replace(passport, plain)
    return (letters,) if spelt == letters else (letters, spelt)


def reads_as(name: str, letters: str) -> bool:
    """Say whether folded `letters` open a reading of the name, from its first character.

    Each syllable may be whole, begun or given by its initial: `zhangxf`, `zxiuf`, `zxf`.
    """
    reached = {0}
    for readings in _choices(name):
        reached = {
            start + length
            for start in reached
            for syllable in readings
            for length in range(1, len(syllable) + 1)
            if letters.startswith(syllable[:length], start)
        }
        if len(letters) in reached:
            return True
    return not letters


def initials_spelt(letters: str) -> tuple[str, ...]:
    """Return the initials that a mix of syllables and initials can mean: `zhangxf` gives `zxf`.

    Every piece is a whole syllable or an initial (`zh` too), the last one may be half typed. At
    most four are returned, those that split the letters into the fewest pieces.
    """
    reached: dict[int, set[str]] = {0: {""}}
    for start in range(len(letters)):
        for initials in [found for found in reached.get(start, ()) if len(found) < SYLLABLES_MAX]:
            for end in range(start + 1, min(start + SYLLABLE_LETTERS_MAX, len(letters)) + 1):
                if _is_piece(letters[start:end], last=end == len(letters)):
                    reached.setdefault(end, set()).add(initials + letters[start])
    spelt = reached.get(len(letters), ())
    return tuple(sorted(spelt, key=lambda found: (len(found), found))[:_MIXED_MAX])


def _is_piece(piece: str, *, last: bool) -> bool:
    return piece in SYLLABLES or piece in INITIALS or (last and piece in COMPLETIONS)


def _choices(name: str) -> list[Reading]:
    """Return, for each character that has any, its readings, the likeliest first."""
    folded = [fold_for_search(word) for word in name.split()]
    tokens = [token for word in folded for token in _TOKENS.findall(word)]
    known: Reading = COMPOUND_SURNAMES.get("".join(tokens[:2])) or (
        SURNAME_READINGS.get(tokens[0], "") if tokens else "",
    )
    choices: list[Reading] = []
    for token, first in zip_longest(tokens, known[: len(tokens)], fillvalue=""):
        readings = _readings_of_token(token)
        if first:
            readings = tuple(dict.fromkeys((_plain(first), *readings)))
        if readings:
            choices.append(readings)
    return choices[:SYLLABLES_MAX]


def _readings_of_token(token: str) -> Reading:
    if token.isascii() and token.isalnum():
        return (token[:_WORD_LETTERS_MAX],)
    return _readings_of_character(token)


@lru_cache(maxsize=16_384)
def _readings_of_character(character: str) -> Reading:
    """Return every plain reading of one character; nothing when it has none."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - 0.1 s that no first frame waits for

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    plain = (_plain(reading) for readings in found for reading in readings)
    return tuple(dict.fromkeys(reading for reading in plain if reading.isascii() and reading))


def _plain(letters: str) -> str:
    """Write ü as u after l and n, the only initials where a keyboard's v stands for it."""
    return re.sub(r"(?<=[ln])v", "u", letters)
