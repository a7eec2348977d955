"""What a preview awards for events: reported ones, and the level that an act reached.

An event that counts once is refused the second time. What a sale led to (the gift of the level it
reached, its tags) goes with the sale when all of it comes back.
"""

from db.domain.basket import Basket
from db.domain.evaluation import EventResult, evaluate_event
from db.domain.events import EventAlreadyAwarded, occurrence, reached_event
from db.domain.explanation import Explained
from db.domain.preview.book import BookedSale, Reward
from db.domain.preview.run import Figures, Instant, Run
from db.domain.redemption_refusals import MemberRequired
from db.domain.tiers import Qualifier


def happen(run: Run, event: str, when: Instant) -> Figures:
    """Award what an event gives, once where it counts once."""
    if run.member is None:
        raise MemberRequired(requested=0)
    key = occurrence(event, when.on) or ""
    if key in run.happened:
        raise EventAlreadyAwarded(event)
    result, _ = _award(run, event, key=key, when=when)
    before = run.tier
    rise(run, when)
    if run.tier != before:
        run.kept_tier = run.tier
    return Figures(earned=result.earned, explanation=result.explanation)


def rise(run: Run, when: Instant) -> tuple[list[Reward], tuple[Explained, ...]]:
    """Lift the member to what he has reached, and give what those levels give on reaching them."""
    rewards: list[Reward] = []
    told: list[Explained] = []
    while level := run.rise(when.on):
        event = reached_event(level)
        key = occurrence(event, when.on) or ""
        if key in run.happened:
            continue
        result, reward = _award(run, event, key=key, when=when)
        if result.gives:
            rewards.append(reward)
            told.extend(result.explanation)
    return rewards, tuple(told)


def take_along(run: Run, sale: BookedSale, when: Instant) -> None:
    """Take back what a sale of which nothing is left had led to."""
    for reward in sale.rewards:
        run.happened.discard(reward.key)
        run.book.take_back(reward.counted.points_earned, own=reward.lots, on=when.on)
        run.book.others.remove(reward.counted)
        run.coupons.withdraw(reward.coupons)
        run.tags.subtract(reward.tags)
    sale.rewards.clear()
    run.tags.subtract(sale.tags)


def new_tags(run: Run, tags: tuple[str, ...]) -> frozenset[str]:
    """Write tags down with the member; each stays while one of the acts that gave it stands."""
    run.tags.update(tags)
    return frozenset(tags)


def _award(run: Run, event: str, *, key: str, when: Instant) -> tuple[EventResult, Reward]:
    facts = run.facts(when.on)
    assert facts is not None, "the caller looked"
    offers = run.coupons.facts(run.program, Basket(()), when.on)
    result = evaluate_event(run.program, event, facts, on=when.on, at_ms=when.at_ms, offers=offers)
    reward = Reward(
        key=key,
        counted=Qualifier(on=when.on, points_earned=result.earned),
        lots=run.book.award(result.awards, at_ms=when.at_ms),
        coupons=run.coupons.issue(result.coupon_awards, run.program, when.on),
        tags=new_tags(run, result.tag_awards),
    )
    if key:
        run.happened.add(key)
    run.book.others.append(reward.counted)
    run.book.settle(when.on)
    return result, reward
