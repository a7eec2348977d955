"""Member numbers: ten upper-case characters that a counter can mint with no line.

`M`, a two-character block, six characters permuted within the block, and an ISO 7064 MOD 37,36
check character. Head office gives every counter a block of its own, so numbers cannot collide; the
permutation only hides how many members a shop has. Before enrolment there is no block: such numbers
are `MZ` and seven random characters, from the 32 blocks (`Z0`...`ZZ`) that are never given out, so
that all numbers have one length (QR version 1) and a random one can meet only another random one.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2s
from typing import Final, NewType

from db.domain.lookup.check_characters import check_character, is_checked
from db.domain.refusals import Refusal

MemberNumber = NewType("MemberNumber", str)

NUMBER_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER_CHARACTERS: Final = 10
BLOCK_CHARACTERS: Final = 2
NUMBERS_PER_BLOCK: Final = 1 << 30
NUMBER_CHANCE_BYTES: Final = 5
_LETTER: Final = "M"
_RANDOM_BLOCK: Final = "Z"
_RANDOM_CHARACTERS: Final = 7
_HALF_BITS: Final = 15
_HALF: Final = (1 << _HALF_BITS) - 1
_ROUNDS: Final = 4
_MISREAD: Final = str.maketrans("ILOU", "110V")
_JOINTS: Final = str.maketrans("", "", " -_.·")


class NumberFault(StrEnum):
    """Why a text is no member number."""

    SHAPE = "shape"
    CHECK = "check"


@dataclass(eq=False)
class MemberNumberInvalid(Refusal):
    """The text is no member number, or one that was mistyped or misread."""

    fault: NumberFault


@dataclass(eq=False)
class BlockExhausted(Refusal):
    """The counter has minted every number of its block and needs another from head office."""

    block: str


def number_in_block(block: str, index: int, *, key: bytes = b"") -> MemberNumber:
    """Return the number at `index` (0 to 2^30 - 1) of a block; refuse an exhausted block.

    The index goes through a four-round Feistel network over 30 bits (Luby and Rackoff, 1988), which
    is a bijection whatever the round function is: two indexes never give one number. `key`, when a
    shop has one, keeps outsiders from walking from one number to the next.
    """
    assert is_assignable_block(block), "head office gives out blocks"
    assert index >= 0, "the counter counts up from 0"
    if index >= NUMBERS_PER_BLOCK:
        raise BlockExhausted(block)
    return _completed(block + _characters(_permuted(index, block=block, key=key), 6))


def random_number(chance: bytes) -> MemberNumber:
    """Return a number for a counter that has no block yet; `chance` is five random bytes.

    There are 32^7 of them: of two counters with 1,000 such members each, one pair in 34,000 shares
    a number, and head office re-issues one of the two.
    """
    assert len(chance) == NUMBER_CHANCE_BYTES, "seven characters take 35 bits"
    drawn = int.from_bytes(chance, "big") & ((1 << 5 * _RANDOM_CHARACTERS) - 1)
    return _completed(_RANDOM_BLOCK + _characters(drawn, _RANDOM_CHARACTERS))


def parse_number(text: str) -> MemberNumber:
    """Return the number written or scanned; refuse what is none, and what its check denies.

    Lower case, full width, blanks and dashes are read through; I, L, O and U in the body, which no
    number holds, are read as 1, 1, 0 and V. The check character is taken as it stands: reading it
    loosely would let wrong characters through.
    """
    code = unicodedata.normalize("NFKC", text).upper().translate(_JOINTS)
    code = "".join(code.split())
    if len(code) != NUMBER_CHARACTERS or code[0] != _LETTER or not code.isascii():
        raise MemberNumberInvalid(NumberFault.SHAPE)
    code = code[:-1].translate(_MISREAD) + code[-1]
    if any(character not in NUMBER_ALPHABET for character in code[1:-1]) or not code.isalnum():
        raise MemberNumberInvalid(NumberFault.SHAPE)
    if not is_checked(code):
        raise MemberNumberInvalid(NumberFault.CHECK)
    return MemberNumber(code)


def is_assignable_block(block: str) -> bool:
    """Say whether head office may give this block to a counter: two characters, not from Z."""
    return (
        len(block) == BLOCK_CHARACTERS
        and all(character in NUMBER_ALPHABET for character in block)
        and block[0] != _RANDOM_BLOCK
    )


def block_at(index: int) -> str:
    """Return the block number `index` (0 to 991), in the order in which head office gives them."""
    assert 0 <= index < (len(NUMBER_ALPHABET) - 1) * len(NUMBER_ALPHABET), "there are 992 blocks"
    return _characters(index, BLOCK_CHARACTERS)


def _completed(body: str) -> MemberNumber:
    code = _LETTER + body
    return MemberNumber(code + check_character(code))


def _characters(value: int, count: int) -> str:
    return "".join(NUMBER_ALPHABET[value >> 5 * place & 31] for place in range(count - 1, -1, -1))


def _permuted(index: int, *, block: str, key: bytes) -> int:
    left, right = index >> _HALF_BITS, index & _HALF
    for number in range(_ROUNDS):
        message = block.encode() + bytes([number]) + right.to_bytes(2, "big")
        digest = blake2s(message, digest_size=2, key=key).digest()
        left, right = right, left ^ int.from_bytes(digest, "big") & _HALF
    return left << _HALF_BITS | right
