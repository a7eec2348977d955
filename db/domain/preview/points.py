"""What moves points in a preview without a sale: redemptions, adjustments, top-ups, reviews."""

from datetime import date

from msgspec import UNSET

from db.domain.exact import minor
from db.domain.explanation import explain_top_up
from db.domain.gifts import check_gift, gift_of
from db.domain.preview.run import Figures, Instant, Run
from db.domain.preview.scenario import ScenarioAdjust, ScenarioRedeem, ScenarioTopUp
from db.domain.redemption import Bill, check_redemption
from db.domain.redemption_refusals import InsufficientPoints, MemberRequired
from db.domain.stored_value.purse import top_up as pay_in
from db.domain.stored_value.refusals import StoredValueNotOffered
from db.domain.tiers import after_review, is_judged


def redeem(run: Run, asked: ScenarioRedeem, when: Instant) -> Figures:
    """Spend points for money at another till, or for a gift."""
    if run.member is None:
        raise MemberRequired(requested=asked.points)
    balance = max(0, run.book.available(when.on))
    if asked.for_ != "money":
        return _redeem_gift(run, asked, when=when, balance=balance)
    bill = None if asked.amount is UNSET else Bill.of_amount(minor(asked.amount))
    value = check_redemption(run.program.money, asked.points, balance=balance, bill=bill)
    run.book.spend(asked.points, when.on)
    due = 0 if bill is None else bill.due - value
    return Figures(redeemed=asked.points, redeemed_value=value, due=due)


def adjust(run: Run, asked: ScenarioAdjust, when: Instant) -> Figures:
    """Give points in a lot that is available at once, or take what the member has."""
    if run.member is None:
        raise MemberRequired(requested=asked.points)
    if asked.points < 0:
        balance = max(0, run.book.available(when.on))
        if -asked.points > balance:
            raise InsufficientPoints(balance=balance, requested=-asked.points, largest=balance)
        run.book.spend(-asked.points, when.on)
    elif asked.points > 0:
        run.book.open_lot(
            asked.points,
            available_on=when.on,
            expires_on=run.program.expiry.last_day(when.on),
            at_ms=when.at_ms,
        )
        run.book.settle(when.on)
    return Figures()


def top_up(run: Run, asked: ScenarioTopUp, when: Instant) -> Figures:
    """Pay money in; the ladder of the program adds its bonus."""
    if run.member is None:
        raise MemberRequired(requested=0)
    if (terms := run.program.stored_value) is None:
        raise StoredValueNotOffered
    paid = pay_in(terms, run.value.purse, minor(asked.pay), on=when.on)
    run.value.pay_in(paid, on=when.on, at_ms=when.at_ms)
    return Figures(explanation=(explain_top_up(paid.pay, paid.bonus, paid.expires_on),))


def review(run: Run, what: str, when: Instant) -> Figures:
    """Do what head office does at the end of a day or a period."""
    if run.member is None:
        raise MemberRequired(requested=0)
    if what == "expiry":
        run.book.expire(when.on)
        if (days := run.program.document.debt.write_off_days) is not UNSET:
            run.book.write_off(days, when.on)
        return Figures()
    reviewed = after_review(
        run.program.ladder,
        run.tier,
        qualifiers=run.book.qualifiers(),
        on=when.on,
        joined_on=run.joined_on,
        reviewed_on=run.reviewed_on,
    )
    if reviewed != run.tier or is_judged(
        run.program.ladder, on=when.on, joined_on=run.joined_on, reviewed_on=run.reviewed_on
    ):
        run.tier = run.kept_tier = reviewed
        run.reviewed_on = _later(run.reviewed_on, when.on)
        for sale in run.book.sales.values():
            sale.rise = ""
    return Figures()


def _redeem_gift(run: Run, asked: ScenarioRedeem, *, when: Instant, balance: int) -> Figures:
    sku = asked.for_.partition(":")[2]
    gift = gift_of(run.program.document, sku)
    out = run.gifts_out.get(sku, 0)
    check_gift(gift, moved=-out, balance=balance, points=asked.points)
    run.book.spend(gift.points, when.on)
    run.gifts_out[sku] = out + 1
    return Figures(redeemed=gift.points)


def _later(one: date | None, other: date) -> date:
    return other if one is None else max(one, other)
