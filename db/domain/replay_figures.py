"""What programs came to in a replay, who gains and who loses, and how the changes are spread."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

_NICE = (1, 2, 5)
_YUAN = 100


@dataclass(slots=True)
class Figures:
    """What one program came to; money in 分.

    `goods` is what the baskets were worth before the program took anything off, `member_goods` the
    members' part of it, `worth` what the awarded points are worth when all of them are used.
    """

    sales: int = 0
    member_sales: int = 0
    goods: int = 0
    member_goods: int = 0
    discount: int = 0
    member_discount: int = 0
    earned: int = 0
    redeemed: int = 0
    redeemed_value: int = 0
    due: int = 0
    coupons: int = 0
    worth: int = 0

    @property
    def cost(self) -> int:
        """Return what was taken off, and what the points are worth, in 分."""
        return self.discount + self.worth

    @property
    def rebate(self) -> Fraction:
        """Return which share of their goods members get back, in money off and in points."""
        if self.member_goods == 0:
            return Fraction(0)
        return Fraction(self.member_discount + self.worth, self.member_goods)


@dataclass(frozen=True, slots=True)
class Change:
    """What a member got under the program in force and under the proposed one, in 分."""

    member: bytes
    before: int
    after: int

    @property
    def by(self) -> int:
        """Return how much more he would have got; below zero, how much less."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Bucket:
    """So many members who gain more than `least` and up to `most` 分.

    Below zero they lose, up to and with `least`, but more than `most`; nought stands alone.
    """

    least: int
    most: int
    members: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The members who gain, who lose, and who get the same; and the buckets from loss to gain."""

    gain: int
    lose: int
    same: int
    buckets: tuple[Bucket, ...]


def spread_of(changes: Sequence[Change]) -> Spread:
    """Return how the changes are spread, in steps of 1, 2, 5, 10 ... yuan around nought."""
    gains = [change.by for change in changes if change.by > 0]
    losses = [-change.by for change in changes if change.by < 0]
    same = len(changes) - len(gains) - len(losses)
    lost = [Bucket(-most, -least, members) for least, most, members in _buckets(losses)]
    won = [Bucket(least, most, members) for least, most, members in _buckets(gains)]
    return Spread(len(gains), len(losses), same, (*reversed(lost), Bucket(0, 0, same), *won))


def _buckets(sizes: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield (more than, at most, how many) of amounts above zero, up to the largest of them."""
    least, largest, place = 0, max(sizes, default=0), 0
    while least < largest:
        most = _NICE[place % len(_NICE)] * _YUAN * 10 ** (place // len(_NICE))
        yield least, most, sum(least < size <= most for size in sizes)
        least, place = most, place + 1
