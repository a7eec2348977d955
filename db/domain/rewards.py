"""Rewards beyond the sale, as rules like any other: a level's benefits, and who brought whom.

A benefit with an award gives on the event it names: `birthday` on the birthday of a member of the
level, every other kind when the level is reached (the event `tier:CODE`). A referral gives the
friend his part within his first purchase, and the referrer his on the event `referred_friend`.
These rules stand beside the shop's own: no exclusive rule silences them.
"""

from collections.abc import Iterator
from functools import partial

from msgspec import UNSET

from db.domain.awards import compile_award
from db.domain.conditions import Compiled, Gate, Moment
from db.domain.earning import EarningRule
from db.domain.events import BIRTHDAY, REFERRED_FRIEND, reached_event
from db.domain.program.document import Awards, Tiers
from db.domain.program.offer_document import ProgramDocument, Referral


def reward_rules(document: ProgramDocument) -> tuple[EarningRule, ...]:
    """Return the rules that tiers and referral of a checked document amount to."""
    return (*_benefits(document.tiers), *_referral(document.referral))


def _benefits(tiers: Tiers | object) -> Iterator[EarningRule]:
    if not isinstance(tiers, Tiers):
        return
    for level in tiers.levels:
        for number, benefit in enumerate(level.benefits, start=1):
            if benefit.award is UNSET:
                continue
            gate: Gate
            if benefit.kind == BIRTHDAY:
                gate = partial(_birthday_at, level.code)
            else:
                gate = partial(_is_event, reached_event(level.code))
            yield _rule(f"benefit:{level.code}:{number}", gate, benefit.award, on_event=True)


def _referral(referral: Referral | object) -> Iterator[EarningRule]:
    if not isinstance(referral, Referral):
        return
    if referral.referrer is not UNSET:
        gate = partial(_is_event, REFERRED_FRIEND)
        yield _rule("referral:referrer", gate, referral.referrer, on_event=True)
    if referral.friend is not UNSET:
        yield _rule("referral:friend", _friends_first, referral.friend, on_event=False)


def _rule(rule_id: str, gate: Gate, awards: Awards, *, on_event: bool) -> EarningRule:
    gives = awards if isinstance(awards, list) else [awards]
    return EarningRule(
        rule_id=rule_id,
        when=Compiled(gate=gate, on_event=on_event),
        awards=tuple(compile_award(award) for award in gives),
        beside=True,
    )


def _birthday_at(code: str, moment: Moment) -> bool:
    return _is_event(BIRTHDAY, moment) and moment.member is not None and moment.member.tier == code


def _is_event(event: str, moment: Moment) -> bool:
    return moment.event == event


def _friends_first(moment: Moment) -> bool:
    member = moment.member
    return member is not None and member.referred and member.visits == 0
