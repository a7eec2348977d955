"""Tiers: what a member has qualified for, and the level that follows.

A level is reached at once and counts from the next sale; it is lost only at a review, after the
grace days, one step or down to what was measured (PROGRAM.md §2, DECISIONS 7 and 43). Net spend is
in 分, visits and points are counts; an undone sale is in none of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from db.domain.exact import minor, rate
from db.domain.expiry import add_months
from db.domain.program.document import Tiers

_YEAR_MONTHS = 12
_PERIODS = frozenset({"calendar_year", "anniversary"})


@dataclass(frozen=True, slots=True)
class TierLevel:
    """One level; `reached_from` is in 分, visits or points, as the ladder measures."""

    code: str
    reached_from: int
    multiplier: Fraction
    discount: Fraction


@dataclass(frozen=True, slots=True)
class TierLadder:
    """The levels from the lowest up; an empty ladder is a shop without tiers."""

    measure: str = "net_spend"
    window: str = "lifetime"
    levels: tuple[TierLevel, ...] = ()
    downgrade: str = "none"
    grace_days: int = 0

    def level(self, code: str) -> TierLevel | None:
        """Return the level of that code, None for none or an unknown one."""
        for level in self.levels:
            if level.code == code:
                return level
        return None

    def reached(self, measured: int) -> str:
        """Return the code of the highest level that `measured` reaches, or ''."""
        return self._code(self._rank_of(measured))

    def risen(self, current: str, measured: int) -> str:
        """Return the higher of the current level and the one that `measured` reaches."""
        reached = self._rank_of(measured)
        return self._code(reached) if reached > self.rank(current) else current

    def rank(self, code: str) -> int:
        """Return the place of a level counted from 0; -1 for none or an unknown one."""
        return next((i for i, level in enumerate(self.levels) if level.code == code), -1)

    def to_next(self, current: str, measured: int) -> tuple[str, int] | None:
        """Return the next level and how much is missing for it; None at the top."""
        above = self.rank(current) + 1
        if above >= len(self.levels):
            return None
        level = self.levels[above]
        return level.code, max(0, level.reached_from - measured)

    def fallen(self, current: str, measured: int) -> str:
        """Return the level after a review that measured less than the current level needs."""
        rank, target = self.rank(current), self._rank_of(measured)
        if target >= rank or self.downgrade == "none":
            return self.risen(current, measured)
        return self._code(max(target, rank - 1) if self.downgrade == "one_step" else target)

    def _rank_of(self, measured: int) -> int:
        return sum(1 for level in self.levels if measured >= level.reached_from) - 1

    def _code(self, rank: int) -> str:
        return self.levels[rank].code if rank >= 0 else ""


@dataclass(frozen=True, slots=True)
class Qualifier:
    """What one act counts towards a tier, on its business day: 分, visits and points, net."""

    on: date
    net_spend: int = 0
    visits: int = 0
    points_earned: int = 0


def compile_tiers(tiers: Tiers | object) -> TierLadder:
    """Return the document's ladder with its levels in ascending order; empty when absent."""
    if not isinstance(tiers, Tiers):
        return TierLadder()
    in_money = tiers.measure == "net_spend"
    levels = [
        TierLevel(
            code=level.code,
            reached_from=minor(level.from_) if in_money else int(Fraction(level.from_)),
            multiplier=rate(level.multiplier),
            discount=rate(level.discount),
        )
        for level in tiers.levels
    ]
    levels.sort(key=lambda level: level.reached_from)
    return TierLadder(tiers.measure, tiers.window, tuple(levels), tiers.downgrade, tiers.grace_days)


def measured_in(
    ladder: TierLadder, qualifiers: Iterable[Qualifier], *, on: date, joined_on: date | None
) -> int:
    """Return what qualifies on a business day: the sum over the window that ends there."""
    first = window_start(ladder, on, joined_on)
    return sum(
        getattr(qualifier, ladder.measure)
        for qualifier in qualifiers
        if first <= qualifier.on <= on
    )


@dataclass(frozen=True, slots=True)
class TierProgress:
    """What is missing for the next level, and for keeping this one; in 分, visits or points.

    `next_level` is empty at the top. `keep_by` is the last business day that counts for keeping
    the level, None where it cannot be lost or no period ends.
    """

    next_level: str
    to_upgrade: int
    to_keep: int
    keep_by: date | None


def progress(
    ladder: TierLadder, current: str, measured: int, *, on: date, joined_on: date | None
) -> TierProgress:
    """Return how far a member is, with `measured` in the window that ends on `on`."""
    above = ladder.to_next(current, measured)
    level = ladder.level(current)
    can_fall = ladder.downgrade != "none" and level is not None and ladder.rank(current) > 0
    to_keep = max(0, level.reached_from - measured) if level is not None and can_fall else 0
    return TierProgress(
        next_level="" if above is None else above[0],
        to_upgrade=0 if above is None else above[1],
        to_keep=to_keep,
        keep_by=window_end(ladder, on, joined_on) if can_fall else None,
    )


def window_end(ladder: TierLadder, on: date, joined_on: date | None) -> date | None:
    """Return the last business day of the period that `on` lies in; None where none ends."""
    if ladder.window not in _PERIODS:
        return None
    start = window_start(ladder, on, joined_on)
    return add_months(start, _YEAR_MONTHS) - timedelta(days=1)


def window_start(ladder: TierLadder, on: date, joined_on: date | None) -> date:
    """Return the first business day of the window that `on` lies in."""
    if ladder.window == "lifetime":
        return date.min
    if ladder.window == "rolling_12_months":
        return add_months(on, -_YEAR_MONTHS) + timedelta(days=1)
    if ladder.window == "anniversary" and joined_on is not None:
        months = (on.year - joined_on.year) * _YEAR_MONTHS
        start = add_months(joined_on, months)
        return start if start <= on else add_months(joined_on, months - _YEAR_MONTHS)
    return date(on.year, 1, 1)


def is_judged(
    ladder: TierLadder, *, on: date, joined_on: date | None, reviewed_on: date | None
) -> bool:
    """Say whether a review on a business day judges the period that has ended, once for good."""
    if ladder.window not in _PERIODS or not ladder.levels:
        return False
    judged = window_start(ladder, on, joined_on) + timedelta(days=ladder.grace_days)
    return on >= judged and (reviewed_on is None or reviewed_on < judged)


def after_review(
    ladder: TierLadder,
    current: str,
    *,
    qualifiers: Iterable[Qualifier],
    on: date,
    joined_on: date | None = None,
    reviewed_on: date | None = None,
) -> str:
    """Return the level after a review on a business day.

    A period (calendar year, membership year) is judged once, after its grace days, by the better
    of what it measured and what the new one has so far. Without periods the better of now and
    `grace_days` ago decides. `reviewed_on` is the last review that judged this member.
    """
    known = list(qualifiers)
    now = measured_in(ladder, known, on=on, joined_on=joined_on)
    risen = ladder.risen(current, now)
    if risen != current or not ladder.levels:
        return risen
    if ladder.window in _PERIODS:
        if not is_judged(ladder, on=on, joined_on=joined_on, reviewed_on=reviewed_on):
            return current
        before = window_start(ladder, on, joined_on) - timedelta(days=1)
    else:
        before = on - timedelta(days=ladder.grace_days)
    earlier = measured_in(ladder, known, on=before, joined_on=joined_on)
    return ladder.fallen(current, max(now, earlier))
