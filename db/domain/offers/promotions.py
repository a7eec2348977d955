"""Promotions and the lanes they run in: one winner per lane, or all of it in priority order.

`best` gives the lane to the offer that is worth most to the member, ties by priority, then id.
`all` goes by priority, then id, each on what the earlier ones left. An exclusive offer that holds
has its lane alone, and closes the lanes below: in `best` when it wins, in `all` always, as with
exclusive earning rules. Several effects of one promotion all look at the same prices, and together
they are rounded half up to 分 once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import msgspec

from db.domain.allocation import spread_within
from db.domain.exact import half_up
from db.domain.explanation import Explained
from db.domain.money import amount_text, amounts_text
from db.domain.offers.effects import Effect
from db.domain.offers.targets import Gates, Hindrance, Scene, Target
from db.domain.offers.units import Pool, Shares, over_one

ITEM, ORDER, COUPON = "item", "order", "coupon"
LANES = (ITEM, ORDER, COUPON)
LINES_TOLD_MAX = 100
SILENT_TOLD_MAX = 40
"""A sale is one bounded operation: beyond these it is not told line by line, nor of every offer."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A promotion or a named coupon, compiled; `source` says which of the two."""

    offer_id: str
    lane: str
    gates: Gates
    target: Target
    effects: tuple[Effect, ...]
    code: str = ""
    exclusive: bool = False
    priority: int = 0
    source: str = "promotion"
    kind: str = ""


class Given(msgspec.Struct, frozen=True):
    """What an offer took off, in 分: together, and line by line; `lines` are those it is about."""

    offer: Offer
    value: int
    parts: tuple[int, ...]
    lines: tuple[int, ...] = ()


class LaneResult(msgspec.Struct, frozen=True):
    """A lane after its offers: `after` makes the basket then.

    `failed` are the offers that did not hold, `closed_by` is an exclusive one.
    """

    after: Callable[[], Pool]
    given: tuple[Given, ...] = ()
    failed: tuple[tuple[Offer, Hindrance], ...] = ()
    explanation: tuple[Explained, ...] = ()
    closed_by: str = ""


class _Tried(msgspec.Struct, frozen=True):
    """An offer that holds, and what it would do."""

    given: Given
    after: Callable[[], Pool]

    @property
    def offer(self) -> Offer:
        return self.given.offer


NOTHING = Hindrance("nothing")
_SAYS_NOTHING = 5
"""A step of so few fields names no figures: step, offer, lane, value, why."""


def run_lane(
    pool: Pool, offers: Sequence[Offer], *, how: str, scene: Scene, closed_by: str = ""
) -> LaneResult:
    """Return the basket after a lane (`how` is `best` or `all`), and why each offer gave or not."""
    if not offers:
        return LaneResult(lambda: pool, closed_by=closed_by)
    if closed_by:
        closed = tuple(_lost(offer, "exclusive", by=closed_by) for offer in _in_order(offers))
        return LaneResult(lambda: pool, explanation=closed, closed_by=closed_by)
    if how == "all" and not any(offer.exclusive for offer in offers):
        return _all_in_order(pool, offers, scene)
    held, failed = _try_all(pool, offers, scene)
    alone = [tried for tried in held if tried.offer.exclusive]
    if how == "all" and not alone:
        return _all_in_order(pool, offers, scene)
    if how == "all":
        winner = min(alone, key=lambda tried: _order(tried.offer))
        why = "exclusive"
    elif held:
        winner = min(held, key=lambda tried: (-tried.given.value, _order(tried.offer)))
        why = "exclusive" if winner.offer.exclusive else "beaten"
    else:
        told = tuple(_hindered(offer, why) for offer, why in failed)
        return LaneResult(lambda: pool, failed=tuple(failed), explanation=told)
    told = (
        _gave(winner.given),
        *(
            _lost(t.offer, why, by=winner.offer.offer_id, worth=t.given.value)
            for t in held
            if t is not winner
        ),
        *(_hindered(offer, hindrance) for offer, hindrance in failed),
    )
    closed_by = winner.offer.offer_id if winner.offer.exclusive else ""
    return LaneResult(winner.after, (winner.given,), tuple(failed), told, closed_by)


def _all_in_order(pool: Pool, offers: Sequence[Offer], scene: Scene) -> LaneResult:
    given: list[Given] = []
    failed: list[tuple[Offer, Hindrance]] = []
    told: list[Explained] = []
    for offer in _in_order(offers):
        tried = _try(pool, offer, scene)
        if isinstance(tried, Hindrance):
            failed.append((offer, tried))
            told.append(_hindered(offer, tried))
        else:
            pool = tried.after()
            given.append(tried.given)
            told.append(_gave(tried.given))
    return LaneResult(lambda: pool, tuple(given), tuple(failed), tuple(told))


def _try_all(
    pool: Pool, offers: Sequence[Offer], scene: Scene
) -> tuple[list[_Tried], list[tuple[Offer, Hindrance]]]:
    held: list[_Tried] = []
    failed: list[tuple[Offer, Hindrance]] = []
    for offer in _in_order(offers):
        tried = _try(pool, offer, scene)
        if isinstance(tried, Hindrance):
            failed.append((offer, tried))
        else:
            held.append(tried)
    return held, failed


def _try(pool: Pool, offer: Offer, scene: Scene) -> _Tried | Hindrance:
    """Return what an offer would do to the basket now, or why nothing."""
    hindrance = offer.gates.hindrance(offer.offer_id, offer.target, pool=pool, scene=scene)
    if hindrance is not None:
        return hindrance
    given, after = give(pool, offer)
    return _Tried(given, after) if given.value else NOTHING


def give(pool: Pool, offer: Offer) -> tuple[Given, Callable[[], Pool]]:
    """Return what an offer takes off a basket, its gates aside, and what makes the basket after."""
    chosen = offer.target.units(pool)
    taken = [effect.shares(chosen, pool) for effect in offer.effects]
    if len(taken) == 1:
        after, parts = pool.cut(taken[0], taken[0].rounded)
        lines = taken[0].lines
    else:
        together = over_one(taken)
        parts = _by_line(pool, together)
        after, lines = partial(pool.thinned, parts), together.lines
    return Given(offer, sum(parts), tuple(parts), tuple(sorted(lines))), after


def _by_line(pool: Pool, shares: Shares) -> list[int]:
    """Return what several effects together take off each line, in 分, rounded once.

    All look at the same prices: a unit may stand in two shares, but no line falls below 0.
    """
    nets, exact = pool.nets, [0] * len(pool.lines)
    for units, part in zip(shares.units, shares.parts, strict=True):
        exact[units.line] += part
    exact = [min(part, net * shares.over) for part, net in zip(exact, nets, strict=True)]
    return spread_within(half_up(sum(exact), shares.over), exact, limits=nets)


def briefly(told: Sequence[Explained]) -> list[Explained]:
    """Return all that gave, and of the others those that came nearest, at most so many a lane."""
    silent = [step for step in told if "why" in step]
    if len(silent) <= SILENT_TOLD_MAX:
        return list(told)
    nearest = sorted(silent, key=lambda step: ("by" not in step, len(step) <= _SAYS_NOTHING))
    kept = {id(step) for step in nearest[:SILENT_TOLD_MAX]}
    return [step for step in told if "why" not in step or id(step) in kept]


def _in_order(offers: Sequence[Offer]) -> list[Offer]:
    return sorted(offers, key=_order)


def _order(offer: Offer) -> tuple[int, str]:
    return (-offer.priority, offer.offer_id)


def _step(offer: Offer, value: int) -> Explained:
    told: Explained = {"step": offer.source, offer.source: offer.offer_id, "lane": offer.lane}
    if offer.kind:
        told["kind"] = offer.kind
    told["value"] = amount_text(value)
    return told


def _gave(given: Given) -> Explained:
    """Say what an offer took off which line."""
    told = _step(given.offer, given.value)
    if len(given.parts) > LINES_TOLD_MAX:
        return told
    told["lines"] = amounts_text(given.parts)
    return told


def _lost(offer: Offer, why: str, *, by: str, worth: int | None = None) -> Explained:
    """Say that an offer gave way: `beaten` or `exclusive`, by which, and what it was worth."""
    told = _step(offer, 0) | {"why": why, "by": by}
    return told if worth is None else told | {"worth": amount_text(worth)}


def _hindered(offer: Offer, hindrance: Hindrance) -> Explained:
    """Say why an offer does not hold, with the numbers."""
    return _step(offer, 0) | {"why": hindrance.why} | dict(hindrance.details)
