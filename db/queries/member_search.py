"""Finding a member by whatever the customer or the scanner gives, over the whole book.

A full phone or a member number is answered exactly. Everything else (last four, a part of the name,
pinyin whole, by initials or mixed) gives a list, the latest visitors first. Where more than twice
the limit answer, the newest are chosen by the month of the visit, which is what postings hold.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from db.domain.lookup.member_number import MemberNumberInvalid, NumberFault
from db.domain.lookup.names import fold_for_search
from db.domain.lookup.phone import DEFAULT_REGION
from db.domain.lookup.pinyin import fold_query, reads_as
from db.domain.lookup.private_codes import PrivateCodeRefused
from db.domain.lookup.scans import (
    CouponCode,
    Damaged,
    DynamicCode,
    MemberCode,
    PhoneNumber,
    Private,
    ProductCode,
    Scan,
    Unknown,
    classify,
)
from db.domain.lookup.search_grams import (
    LAST_DIGITS,
    is_exact_part,
    last_digits_gram,
    mixed_spellings,
    name_gram,
    reading_grams,
)
from db.queries.member_candidates import (
    Asks,
    FoundMember,
    MatchedBy,
    Posting,
    members_by_external_id,
    members_by_number,
    members_by_phone,
    members_of,
    newest_postings,
    scanned_postings,
)

LIMIT: Final = 20
QUERY_CHARACTERS_MAX: Final = 200
_DIGITS: Final = re.compile(r"\d{4,15}")
_LETTERS: Final = re.compile(r"[a-z][a-z0-9]*")
_NO_CODE: Final = re.compile(r"\d{4}|[^\W\d]{1,9}")
_NUMBER: Final = re.compile(r"M[0-9A-HJKMNP-TV-Z]{8}[0-9A-Z]")
_MOBILE: Final = re.compile(r"1[3-9]\d{9}", re.ASCII)
_PHONE_JOINTS: Final = re.compile(r"[\s\-()+.]+")


class SearchResult(NamedTuple):
    """Who was found, and whether there are more than asked for."""

    members: tuple[FoundMember, ...]
    more: bool = False


def find_members(
    reader: Asks, text: str, *, limit: int = LIMIT, region: str = DEFAULT_REGION
) -> SearchResult:
    """Return at most `limit` members for a phone, number, last digits, name or pinyin.

    Merged members are found as their survivors, erased ones never; frozen ones are, with their
    state.

    Raises:
        PrivateCodeRefused: for a payment code, a bank card or an identity card.
        MemberNumberInvalid: for a member number that was mistyped or misread.
    """
    text = text.strip()
    if not text or len(text) > QUERY_CHARACTERS_MAX:
        return SearchResult(())
    if (at_once := _at_once(reader, text, region=region)) is not None:
        return at_once
    scan = Unknown(text) if _NO_CODE.fullmatch(text) else classify(text, region=region, typed=True)
    if isinstance(scan, Private):
        raise PrivateCodeRefused(scan.kind)
    exact = _exactly(reader, scan, text)
    if exact or isinstance(scan, MemberCode | DynamicCode | PhoneNumber):
        return SearchResult(tuple(exact[:limit]), more=len(exact) > limit)
    if isinstance(scan, Damaged):
        raise MemberNumberInvalid(NumberFault.CHECK)
    return _listed(reader, text, limit=limit)


def _at_once(reader: Asks, text: str, *, region: str) -> SearchResult | None:
    """Return who has a number or a mainland mobile written plainly, the two commonest questions.

    A number that somebody has needs no check; one that nobody has is looked at again later.
    """
    if region == "CN" and _MOBILE.fullmatch(text):
        found = members_by_phone(reader, f"+86{text}")
    elif _NUMBER.fullmatch(text):
        found = members_by_number(reader, text)
    else:
        return None
    return SearchResult(tuple(found)) if found else None


def _exactly(reader: Asks, scan: Scan, text: str) -> list[FoundMember]:
    """Return the members whom a whole identifier names."""
    match scan:
        case MemberCode(number) | DynamicCode(number):
            return members_by_number(reader, number)
        case PhoneNumber(phone):
            found = members_by_phone(reader, phone.e164)
            return found or members_by_external_id(reader, text)
        case ProductCode(gtin):
            return members_by_external_id(reader, gtin)
        case Unknown(code) if code:
            return members_by_external_id(reader, code)
        case CouponCode():
            return members_by_external_id(reader, text)
        case _:
            return members_by_external_id(reader, text)


def _listed(reader: Asks, text: str, *, limit: int) -> SearchResult:
    """Return the list for a part of a phone, a name or a reading."""
    wanted = 2 * limit + 1  # up to twice as many are ordered by the very visit
    folded = fold_for_search(text)
    digits = _PHONE_JOINTS.sub("", folded)
    if _DIGITS.fullmatch(digits):
        by_digits = _by_last_digits(reader, digits, limit=wanted)
        if by_digits:
            return _result(reader, by_digits, MatchedBy.LAST_DIGITS, limit=limit)
    by_name = _by_name(reader, folded, limit=wanted) if folded else []
    letters = fold_query(folded)
    if not _LETTERS.fullmatch(letters):
        return _result(reader, by_name, MatchedBy.NAME, limit=limit)
    by_reading = newest_postings(reader, reading_grams(letters), limit=wanted)
    if not by_name and not by_reading:
        by_reading = _by_mixed_spelling(reader, letters, limit=wanted)
    return _merged(reader, by_name, by_reading, limit=limit)


def _by_last_digits(reader: Asks, digits: str, *, limit: int) -> list[Posting]:
    gram = last_digits_gram(digits)
    if len(digits) == LAST_DIGITS:
        return newest_postings(reader, (gram,), limit=limit)
    return scanned_postings(reader, gram, lambda _, phone: phone.endswith(digits), limit=limit)


def _by_name(reader: Asks, folded: str, *, limit: int) -> list[Posting]:
    if is_exact_part(folded):
        return newest_postings(reader, (name_gram(folded),), limit=limit)
    return scanned_postings(
        reader,
        name_gram(folded),
        lambda name, _: folded in fold_for_search(name),
        limit=limit,
    )


def _by_mixed_spelling(reader: Asks, letters: str, *, limit: int) -> list[Posting]:
    """Return who reads like the likeliest way to split the letters that anybody reads like."""
    for spelling in mixed_spellings(letters):
        keep = _spelt(spelling.letters)
        if found := scanned_postings(reader, spelling.gram, keep, limit=limit):
            return found
    return []


def _spelt(letters: str) -> Callable[[str, str], bool]:
    """Return the test that a name can be read as these letters."""
    return lambda name, _: reads_as(name, letters)


def _merged(
    reader: Asks, by_name: list[Posting], by_reading: list[Posting], *, limit: int
) -> SearchResult:
    """Put the two lists of letters together: a name that holds them comes before a reading."""
    known = set(by_name)
    only_read = [posting for posting in by_reading if posting not in known]
    named = _result(reader, by_name, MatchedBy.NAME, limit=limit)
    read = _result(reader, only_read, MatchedBy.PINYIN, limit=limit)
    members = sorted((*named.members, *read.members), key=lambda found: -(found.last_at or 0))
    more = named.more or read.more or len(members) > limit
    return SearchResult(tuple(members[:limit]), more=more)


def _result(
    reader: Asks, postings: list[Posting], matched: MatchedBy, *, limit: int
) -> SearchResult:
    """Return the newest `limit` members behind postings that stand in the order of months."""
    more = len(postings) > limit
    if len(postings) > 2 * limit:
        postings = postings[:limit]
    members = members_of(reader, postings, matched)
    return SearchResult(tuple(members[:limit]), more=more)
