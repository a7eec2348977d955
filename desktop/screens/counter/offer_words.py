"""Coupons, codes and stored value in the counter's words: chips, rows, what came off."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from db.domain.money import amount_shown
from db.domain.offers.coupons import OPEN
from db.domain.program.program import Program
from db.queries.member_card import MemberCard
from db.queries.spendable_value import SpendableValue
from desktop.runtime.desk import DeskFacts
from desktop.screens.counter.bill import Preview
from desktop.screens.counter.coupon_choices import CouponChoice
from desktop.screens.counter.state import CouponRow, Extras, OfferSheet, QuickChip
from desktop.widgets.benefit_list import Benefit
from desktop.wording.figures import day_text, points_text
from desktop.wording.people import speaks_chinese
from desktop.wording.program_names import program_names
from desktop.wording.refusals import refusal_text
from desktop.wording.speech import Speech

translate = QCoreApplication.translate


def coupon_name(program: Program, kind: str) -> str:
    """Return what the program calls a kind of coupon."""
    return _speech(program).named(f"coupon:{kind}")


def coupons_held(card: MemberCard, program: Program, day: date) -> int:
    """Return how many coupons a member could use on a day."""
    return sum(
        coupon.mine
        and coupon.state == OPEN
        and coupon.kind in program.offers.coupons
        and (coupon.valid_from or day) <= day <= (coupon.valid_to or day)
        for coupon in card.offers.coupons
    )


def value_shown(value: SpendableValue, day: date) -> str:
    """Return a member's stored value; nothing where he has none."""
    held = sum(value.held(day))
    return amount_shown(held) if held else ""


def value_rows(value: SpendableValue, day: date) -> tuple[Benefit, ...]:
    """Return what of a member's stored value he paid in, and what the shop gave."""
    principal, bonus = value.held(day)
    if not principal + bonus:
        return ()
    return (
        Benefit(translate("Counter", "储值本金"), amount_shown(principal)),
        Benefit(translate("Counter", "储值赠金"), amount_shown(bonus)),
    )


def taken_off(preview: Preview, choices: Sequence[CouponChoice], program: Program) -> list[Benefit]:
    """Return what came off and of what, and what was named but does not hold."""
    say, result = _speech(program), preview.result
    by_code = {
        offer.offer_id
        for offer in (*program.offers.item, *program.offers.order)
        if offer.code and offer.code in preview.held.basket.codes
    }
    coded = [used for used in result.promotions if used.promotion in by_code]
    named = sum(used.value for used in coded) + sum(used.value for used in result.coupons)
    rows = []
    if result.discount - named:
        off = amount_shown(named - result.discount)
        rows.append(Benefit(translate("Counter", "会员优惠"), off))
    rows += [
        Benefit(say.named(f"promotion:{used.promotion}"), amount_shown(-used.value))
        for used in coded
    ]
    rows += [
        Benefit(_coupon_label(say, coupon.kind), amount_shown(-coupon.value))
        for coupon in result.coupons
    ]
    kinds = {choice.code: choice.kind for choice in choices}
    for name, refusal in preview.withheld:
        label = _coupon_label(say, kinds[name]) if name in kinds else _code_label(name)
        rows.append(Benefit(label, refusal_text(refusal), "warn"))
    return rows


def extras(
    preview: Preview | None,
    card: MemberCard | None,
    *,
    choices: Sequence[CouponChoice],
    value: SpendableValue,
    facts: DeskFacts,
    lendable: bool = False,
) -> Extras:
    """Return the chips beside those of points: a coupon, stored value, the way to the rest.

    `lendable`: head office answers, and lends what is not held here.
    """
    code, coupon = _coupon_chip(choices, facts.program) if preview is not None else ("", None)
    return Extras(
        coupon=coupon,
        coupon_code=code,
        value=None if card is None else _value_chip(preview, value, facts, lendable=lendable),
        offers=_offers_key(card, facts),
    )


def offer_sheet(
    preview: Preview | None,
    choices: Sequence[CouponChoice],
    codes: tuple[str, ...],
    *,
    facts: DeskFacts,
) -> OfferSheet:
    """Return what the sheet shows."""
    withheld = {} if preview is None else dict(preview.withheld)
    typed = tuple(
        CouponRow(
            code=code,
            name=_code_label(code),
            detail=refusal_text(withheld[code]) if code in withheld else "",
            on=True,
            typed=True,
        )
        for code in codes
    )
    rows = tuple(_row(choice, facts) for choice in choices)
    due = translate("Counter", "先输入金额，就能看到减多少")
    if preview is not None:
        due = translate("Counter", "应付 {due}").format(due=amount_shown(preview.result.due))
    empty = "" if rows or typed else translate("Counter", "手里没有可用的券")
    return OfferSheet(rows=(*typed, *rows), due=due, empty=empty)


def _row(choice: CouponChoice, facts: DeskFacts) -> CouponRow:
    if choice.refusal is not None:
        detail = refusal_text(choice.refusal)
    elif choice.worth:
        detail = translate("Counter", "减 {off}").format(off=amount_shown(choice.worth))
    else:
        detail = _until(choice, facts)
    name = coupon_name(facts.program, choice.kind)
    until = _until(choice, facts)
    if until and detail != until:
        words = translate("Counter", "{detail}，{until}")
        detail = words.format(detail=detail, until=until)
    return CouponRow(choice.code, name, detail, on=choice.on, usable=choice.usable)


def _until(choice: CouponChoice, facts: DeskFacts) -> str:
    if choice.valid_to is None:
        return ""
    day = day_text(choice.valid_to, facts.day)
    return translate("Counter", "有效至 {day}").format(day=day)


def _coupon_chip(choices: Sequence[CouponChoice], program: Program) -> tuple[str, QuickChip | None]:
    """Return the coupon that is used, else the best one, else a greyed one with its reason."""
    if not choices:
        return "", None
    best = next((choice for choice in choices if choice.on), choices[0])
    name = coupon_name(program, best.kind)
    if best.refusal is not None:
        words = translate("Counter", "{name}：{why}")
        text = words.format(name=name, why=refusal_text(best.refusal))
        return best.code, QuickChip(text, on=best.on, usable=best.usable)
    words = translate("Counter", "{name} 减 {off}")
    text = words.format(name=name, off=amount_shown(best.worth))
    return best.code, QuickChip(text, on=best.on)


def _value_chip(
    preview: Preview | None, value: SpendableValue, facts: DeskFacts, *, lendable: bool
) -> QuickChip | None:
    held = sum(value.held(facts.day))
    usable = held if lendable else value.usable(facts.day)
    if facts.program.stored_value is None and not held:
        return None
    if preview is not None and usable:
        pays = amount_shown(preview.by_value or min(usable, preview.result.due))
        text = translate("Counter", "储值付 {amount}").format(amount=pays)
        return QuickChip(text, on=bool(preview.by_value))
    if preview is not None and held:
        return QuickChip(translate("Counter", "储值在别处充的，需联网"), usable=False)
    return QuickChip(translate("Counter", "充值"))


def _offers_key(card: MemberCard | None, facts: DeskFacts) -> str:
    offers = facts.program.offers
    if not (offers.coupons or offers.codes):
        return ""
    held = 0 if card is None else coupons_held(card, facts.program, facts.day)
    if held:
        return translate("Counter", "优惠券 {count}").format(count=points_text(held))
    return translate("Counter", "输入券码")


def _coupon_label(say: Speech, kind: str) -> str:
    return translate("Counter", "券 {name}").format(name=say.named(f"coupon:{kind}"))


def _code_label(code: str) -> str:
    return translate("Counter", "优惠码 {code}").format(code=code)


def _speech(program: Program) -> Speech:
    return Speech("zh" if speaks_chinese() else "en", program_names(program))
