"""Leases from head office at the moment they are wanted: what screens may ask, and nobody else.

The composition root brings the one that speaks to the line; a shop without head office has none
and needs none, because its counter lends to itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from db.domain.ids import MemberId


@dataclass(frozen=True, slots=True)
class Loading:
    """How far a first load has come: `preparing`, `fetching` or `taking`, in parts of a hundred."""

    stage: str
    percent: int


class Visitor(Enum):
    """What became of asking head office for a member whom this counter does not hold."""

    FOUND = "found"  # he is here now; look again
    NOBODY = "nobody"  # head office knows nobody either
    UNREACHABLE = "unreachable"  # nobody could be asked


class Leasing(Protocol):
    """Asks head office for leases."""

    def online(self) -> bool:
        """Say whether head office answered lately."""

    def look_up(self, member_id: MemberId) -> None:
        """Ask for what a member who was just found may use here: points, coupons, stored value."""

    def knows_others(self) -> bool:
        """Say whether head office has members whom this counter does not hold."""

    def find(self, text: str, *, done: Callable[[Visitor], None]) -> None:
        """Ask who has this whole phone, number or member's code; `done` comes on this thread."""

    def lease(self, member_id: MemberId, points: int, *, done: Callable[[bool], None]) -> None:
        """Ask for so many points for this counter; `done` comes on the screen's thread."""

    def lend_offers(
        self,
        member_id: MemberId | None,
        *,
        codes: tuple[str, ...] = (),
        value: int = 0,
        done: Callable[[bool], None],
    ) -> None:
        """Ask for coupons by their codes, and for so much stored value (分) for one visit.

        `done` hears on the screen's thread whether anything was lent.
        """

    def give_back(self, member_id: MemberId) -> None:
        """Close what was lent for a sale that did not come about."""

    def refusal(self) -> str | None:
        """Return why head office will not hear this counter, such as `revoked`; nothing else."""

    def first_load(self) -> Loading | None:
        """Return how far the first load has come, while one goes on."""

    def sync_now(self) -> None:
        """Exchange without waiting for the pause to end."""


class NoOffice:
    """A counter that has nobody to ask."""

    def online(self) -> bool:
        """Return False: there is no line."""
        return False

    def look_up(self, member_id: MemberId) -> None:
        """Do nothing: everything may be used here."""

    def knows_others(self) -> bool:
        """Return False: everybody is here."""
        return False

    def find(self, text: str, *, done: Callable[[Visitor], None]) -> None:
        """Answer at once that there is nobody else."""
        done(Visitor.NOBODY)

    def lease(self, member_id: MemberId, points: int, *, done: Callable[[bool], None]) -> None:
        """Answer at once that nothing was lent."""
        done(False)

    def lend_offers(
        self,
        member_id: MemberId | None,
        *,
        codes: tuple[str, ...] = (),
        value: int = 0,
        done: Callable[[bool], None],
    ) -> None:
        """Answer at once that nothing was lent."""
        done(False)

    def give_back(self, member_id: MemberId) -> None:
        """Do nothing: nothing was lent."""

    def refusal(self) -> str | None:
        """Return None: nobody refuses."""
        return None

    def first_load(self) -> Loading | None:
        """Return None: there is nothing to load."""
        return None

    def sync_now(self) -> None:
        """Do nothing: there is nobody to exchange with."""
