"""Search grams: the short strings under which a member is found, and those a query asks for.

Every lookup is an equality on a gram, so that the newest visitors come first without sorting. One
letter in front keeps the kinds apart: `n` one to three characters of the name, `f` whole syllables
of a reading from its start (and the given name whole), `i` initials from the start, `t` the last
four digits of the phone. A half-typed syllable is completed at query time instead of being stored.
"""

from dataclasses import dataclass
from typing import Final

from db.domain.lookup.names import fold_for_search
from db.domain.lookup.pinyin import SYLLABLES_MAX, initials_spelt, query_spellings, readings_of
from db.domain.lookup.pinyin_syllables import COMPLETIONS, INITIALS, SYLLABLE_LETTERS_MAX, SYLLABLES
from db.domain.lookup.surnames import surname_of

GRAMS_VERSION: Final = 1
"""Raised whenever the same member would get other grams: the postings are then rebuilt."""

LAST_DIGITS: Final = 4
_NAME_CHARACTERS_MAX: Final = 24
_NAME_GRAM_MAX: Final = 3
_QUERY_LETTERS_MAX: Final = 40
_COMPLETIONS_MAX: Final = 48


@dataclass(frozen=True, slots=True)
class MixedSpelling:
    """Letters that mix syllables and initials: candidates under `gram`, to be read to be sure."""

    gram: str
    letters: str


def grams_of_member(name: str, phone: str) -> frozenset[str]:
    """Return the grams of a member; `phone` is E.164 or empty.

    A three-character Chinese name has about fifteen; the first 24 characters and 8 syllables count.
    """
    grams = set(_name_grams(fold_for_search(name)[:_NAME_CHARACTERS_MAX]))
    surname = len(surname_of(name))
    for reading in readings_of(name):
        for count in range(1, len(reading) + 1):
            grams.add("f" + "".join(reading[:count]))
            grams.add("i" + "".join(syllable[0] for syllable in reading[:count]))
        if len(reading) > surname + 1:  # a given name of one syllable would be taken for a surname
            grams.add("f" + "".join(reading[surname:]))
    if phone:
        grams.add("t" + phone[-LAST_DIGITS:])
    return frozenset(grams)


def name_gram(folded: str) -> str:
    """Return the gram for a part of a name; a longer part than three characters is filtered on."""
    return "n" + folded[:_NAME_GRAM_MAX]


def is_exact_part(folded: str) -> bool:
    """Say whether `name_gram` answers this part of a name by itself."""
    return len(folded) <= _NAME_GRAM_MAX


def last_digits_gram(digits: str) -> str:
    """Return the gram for the end of a phone number, at least four digits of it."""
    assert len(digits) >= LAST_DIGITS, "fewer digits find too many members"
    return "t" + digits[-LAST_DIGITS:]


def reading_grams(letters: str) -> tuple[str, ...]:
    """Return the grams that answer folded letters exactly: initials, and syllables from the start.

    The last syllable may be half typed; it is completed to every syllable it can become.
    """
    grams: dict[str, None] = {}
    for spelling in query_spellings(letters[:_QUERY_LETTERS_MAX]):
        if len(spelling) <= SYLLABLES_MAX:
            grams["i" + spelling] = None
        grams["f" + spelling] = None  # whole syllables, and Latin words
        for whole, begun in _half_typed(spelling):
            grams |= {f"f{whole}{syllable}": None for syllable in COMPLETIONS[begun]}
    return tuple(grams)[:_COMPLETIONS_MAX]


def mixed_spellings(letters: str) -> tuple[MixedSpelling, ...]:
    """Return what to try when nothing was found exactly: `shanxx`, `zxiufang`, the likeliest first.

    A surname's initial before a whole given name is looked for under that name, which is rarer.
    """
    found: list[MixedSpelling] = []
    for spelling in query_spellings(letters[:_QUERY_LETTERS_MAX]):
        given = [spelling[len(initial) :] for initial in _initials_before(spelling)]
        grams = ["f" + rest for rest in given if _syllables_end(rest)]
        grams += ["i" + initials for initials in initials_spelt(spelling) if initials != spelling]
        found += [MixedSpelling(gram, spelling) for gram in grams]
    return tuple(found)


def _name_grams(folded: str) -> set[str]:
    grams = {
        folded[start : start + size]
        for size in range(1, _NAME_GRAM_MAX + 1)
        for start in range(len(folded) - size + 1)
    }
    # One Latin letter or digit finds half the book; the first letter is there as an initial.
    return {
        "n" + gram for gram in grams if len(gram) > 1 or not (gram.isascii() and gram.isalnum())
    }


def _half_typed(letters: str) -> list[tuple[str, str]]:
    """Split into whole syllables and a begun one, in every way that could matter.

    A single last letter that also ends a whole syllable (`zhan-g`) is not taken as a new beginning.
    """
    reached = _reached(letters)
    ends_whole = len(letters) in reached
    splits = [(letters[:start], letters[start:]) for start in sorted(reached)]
    return [
        (whole, begun)
        for whole, begun in splits
        if begun in COMPLETIONS and not (len(begun) == 1 and (ends_whole or not whole))
    ]


def _initials_before(letters: str) -> list[str]:
    return [letters[:size] for size in (1, 2) if letters[:size] in INITIALS]


def _syllables_end(letters: str) -> bool:
    return bool(letters) and len(letters) in _reached(letters)


def _reached(letters: str) -> set[int]:
    """Return every place that whole syllables from the start can end at."""
    reached = {0}
    for start in range(len(letters)):
        if start in reached:
            ends = range(start + 1, min(start + SYLLABLE_LETTERS_MAX, len(letters)) + 1)
            reached |= {end for end in ends if letters[start:end] in SYLLABLES}
    return reached
