"""The members whom the shift serves: those of the sample, as this counter's own book has them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from db.domain.ids import MemberId
from db.domain.lookup.pinyin import readings_of
from db.queries.member_card import member_card
from db.queries.member_search import find_members
from db.storage.database import Reader
from desktop.demo.sample import SampleMember
from desktop.runtime.desk import DeskFacts


@dataclass(frozen=True, slots=True)
class Regular:
    """One of them; the points are those he has and those this counter may give him."""

    member_id: MemberId
    name: str
    phone: str
    number: str
    points: int
    redeemable: int

    @property
    def tail(self) -> str:
        """Return the last four digits of his phone."""
        return self.phone[-4:]

    @property
    def initials(self) -> str:
        """Return the first letters of his name's likeliest reading."""
        return "".join(syllable[0] for syllable in readings_of(self.name)[0])


class Regulars:
    """Serves every one of them once, each chosen for what he is to show."""

    def __init__(self, people: Sequence[Regular]) -> None:
        """Take them with the most points first."""
        self._left = sorted(people, key=lambda one: -one.points)
        self._tails = Counter(one.tail for one in people)
        self._initials = Counter(one.initials for one in people)

    def next(self, fits: Callable[[Regular], bool] = lambda _: True) -> Regular:
        """Return the next one who fits; he does not come again.

        Raises:
            LookupError: when nobody fits.
        """
        for one in self._left:
            if fits(one):
                self._left.remove(one)
                return one
        raise LookupError("the sample has nobody who fits; load more days")

    def known_by_tail(self, one: Regular) -> bool:
        """Say whether nobody else has his last four digits."""
        return self._tails[one.tail] == 1

    def known_by_initials(self, one: Regular) -> bool:
        """Say whether nobody else has his initials."""
        return self._initials[one.initials] == 1


def read_regulars(
    reader: Reader, members: Sequence[SampleMember], *, facts: DeskFacts, now_ms: int
) -> Regulars:
    """Return the sample's members as a counter's book knows them."""
    people = []
    for member in members:
        found = find_members(reader, member.phone, region=facts.home.region).members
        card = member_card(
            reader, found[0].member_id, home=facts.home, program=facts.program, now_ms=now_ms
        )
        assert card is not None, "found a moment ago"
        people.append(
            Regular(
                member_id=card.member_id,
                name=card.name,
                phone=member.phone,
                number=card.number,
                points=card.available,
                redeemable=card.redeemable,
            )
        )
    return Regulars(people)
