"""What cashiers do at a counter, and what its agent does: each deed runs the real services.

A deed takes the process that it runs in and chance of its own. Refusals, an unreachable head
office and crashes are for the caller to endure.
"""

import random
from collections.abc import Callable
from functools import partial
from typing import Any

from db.domain.basket import Basket, BasketLine
from db.domain.consent import MARKETING, ConsentFact
from db.domain.ids import MemberId, OperationId, SaleId, StaffId
from db.domain.staff import Actor, Role
from db.domain.wishes import WishAct
from db.services.consents import RecordConsent, record_consent
from db.services.tags import TagMember, tag_member
from db.storage.unit_of_work import UnitOfWork
from sync.client.holding import Wanted
from sync.client.leasing import give_back, lease_exactly, lease_for_lookup, lease_for_sale
from tests.simulation.machines import Process
from tests.support.coupon_makers import a_coupon, a_voided_coupon
from tests.support.makers import (
    NOBODY,
    a_basket,
    a_closing,
    a_member,
    a_redemption,
    a_return,
    a_sale,
    a_shift,
    a_void,
    an_adjustment,
    an_attachment,
    an_undo,
)
from tests.support.profile_makers import a_change, a_freezing
from tests.support.reward_makers import a_gift, a_gift_return, an_event, stock
from tests.support.value_makers import a_top_up, a_value_refund, a_value_sale
from tests.support.wish_makers import a_wish

Deed = Callable[[Process, random.Random], object]
PHONES = tuple(f"1380013800{last}" for last in range(7))
"""So few that the same person registers at two counters that cannot hear each other."""
NAMES = ("张小芳", "张小芳", "王五", "")
APPROVED = Actor(StaffId(b"c" * 16), Role.CASHIER, StaffId(b"m" * 16), Role.MANAGER)
SKUS = ("TEA", "CUP", "PEN")


def register(at: Process, rng: random.Random) -> object:
    """Register one of few people, whom another counter may register at this moment."""
    return a_member(at.storage, phone=rng.choice(PHONES), name=rng.choice(NAMES))


def sell(at: Process, rng: random.Random) -> object:
    """Sell for a bare amount or by lines, to a member or to nobody."""
    member_id = None if rng.random() < 0.1 else some_member(at, rng)
    if rng.random() < 0.5:
        return a_sale(at.storage, member_id, amount=rng.randrange(100, 60_000))
    lines = tuple(_line(rng) for _ in range(rng.randint(1, 4)))
    receipt = f"{rng.randrange(40):06}" if rng.random() < 0.3 else ""
    return a_sale(at.storage, member_id, basket=Basket(lines=lines), till_receipt=receipt)


def sell_for_points(at: Process, rng: random.Random) -> object:
    """Sell for money and points that are leased here already, or are not."""
    member_id = some_member(at, rng)
    points, amount = _points(at, rng, member_id), rng.randrange(2_000, 90_000)
    beyond = _beyond(rng)
    return a_sale(at.storage, member_id, amount=amount, redeem_points=points, **beyond)


def redeem(at: Process, rng: random.Random) -> object:
    """Redeem points offline."""
    member_id = some_member(at, rng)
    points = _points(at, rng, member_id)
    return member_id and a_redemption(at.storage, member_id, points, **_beyond(rng))


def redeem_online(at: Process, rng: random.Random) -> object:
    """Ask for exactly enough points; spend them, or give them back."""
    member_id, points = some_member(at, rng), 100 * rng.randint(1, 8)
    if member_id is None or not at.till.joined:
        return None
    office = at.office(at.till.lookup_link)
    leased = lease_exactly(at.run, office, at.device, member_id=member_id, points=points)
    if rng.random() < 0.7:
        return a_redemption(at.storage, member_id, points)
    give_back(at.run, member_id)
    return leased


def look_up(at: Process, rng: random.Random) -> object:
    """Find a member while online: what he may use here is leased."""
    member_id = some_member(at, rng)
    if member_id is None or not at.till.joined:
        return None
    office = at.office(at.till.lookup_link)
    return lease_for_lookup(at.run, office, at.device, member_id=member_id)


def issue_coupon(at: Process, rng: random.Random) -> object:
    """Give a member a coupon."""
    member_id = some_member(at, rng)
    return member_id and a_coupon(at.storage, member_id, rng.choice(("TEN", "TEN", "ONE", "ANY")))


def use_coupon(at: Process, rng: random.Random) -> object:
    """Use any coupon this file knows of, now and then after asking for it."""
    with at.storage.reading() as reader:
        known = reader.all("SELECT code, member_id FROM coupon ORDER BY code")
    if not known:
        return None
    code, member_id = rng.choice(known)
    if at.till.joined and rng.random() < 0.5:
        wanted = Wanted(member_id=member_id, codes=(code,))
        lease_for_sale(at.run, at.office(at.till.lookup_link), at.device, wanted=wanted)
    lines = a_basket(amount=rng.randrange(6_000, 20_000)).lines
    return a_sale(at.storage, member_id, basket=Basket(lines=lines, coupons=(code,)))


def void_coupon(at: Process, rng: random.Random) -> object:
    """Take a coupon away."""
    with at.storage.reading() as reader:
        known = [row[0] for row in reader.all("SELECT code FROM coupon ORDER BY code")]
    return known and a_voided_coupon(at.storage, rng.choice(known))


def top_up(at: Process, rng: random.Random) -> object:
    """Take money in."""
    member_id = some_member(at, rng)
    return member_id and a_top_up(at.storage, member_id, rng.choice((5_000, 10_000)))


def pay_with_value(at: Process, rng: random.Random) -> object:
    """Sell for stored value, now and then after asking for it."""
    member_id, amount = some_member(at, rng), rng.choice((500, 1_500, rng.randrange(100, 9_000)))
    if member_id is None:
        return None
    _ask_for_value(at, rng, Wanted(member_id=member_id, value=amount))
    return a_value_sale(at.storage, member_id, amount)


def pay_out(at: Process, rng: random.Random) -> object:
    """Pay a member's stored value out."""
    member_id = some_member(at, rng)
    if member_id is None:
        return None
    _ask_for_value(at, rng, Wanted(member_id=member_id, all_value=True))
    return a_value_refund(at.storage, member_id)


def give_gift(at: Process, rng: random.Random) -> object:
    """Give a gift for points."""
    member_id = some_member(at, rng)
    return member_id and a_gift(at.storage, member_id, rng.choice(("CUP", "PEN")))


def bring_gift_back(at: Process, rng: random.Random) -> object:
    """Take a gift back that went out here or at another counter."""
    with at.storage.reading() as reader:
        out = reader.all(
            "SELECT op FROM reward_entry WHERE kind = 'gift_redeem' AND undone_by IS NULL"
            " ORDER BY op"
        )
    return out and a_gift_return(at.storage, gift=OperationId(rng.choice(out)[0]))


def count_stock(at: Process, rng: random.Random) -> object:
    """Count gifts in or out."""
    return stock(at.storage, "CUP", rng.choice((2, 5, -1)))


def undo(at: Process, rng: random.Random) -> object:
    """Undo the last sale here."""
    last = _sales(at, "ORDER BY sold_at DESC LIMIT 1")
    return last and an_undo(at.storage, last[0])


def void(at: Process, rng: random.Random) -> object:
    """Void a sale, of here or of another counter."""
    sales = _sales(at, "ORDER BY sold_at DESC LIMIT 8")
    return sales and a_void(at.storage, rng.choice(sales))


def take_return(at: Process, rng: random.Random) -> object:
    """Take goods back that were bought here or at another counter."""
    sales = _sales(at, "ORDER BY sold_at DESC LIMIT 8")
    if not sales:
        return None
    asked = {"amount": rng.randrange(100, 3_000)} if rng.random() < 0.4 else {}
    return a_return(at.storage, rng.choice(sales), **asked)


def attach(at: Process, rng: random.Random) -> object:
    """Attach a member to a sale that had none."""
    sales = _sales(at, "AND member_id IS NULL ORDER BY sold_at DESC LIMIT 3")
    member_id = some_member(at, rng)
    return sales and member_id and an_attachment(at.storage, rng.choice(sales), member_id)


def adjust(at: Process, rng: random.Random) -> object:
    """Correct points by hand."""
    member_id = some_member(at, rng)
    return member_id and an_adjustment(at.storage, member_id, rng.choice((-30, 50, 300, 2_000)))


def change_profile(at: Process, rng: random.Random) -> object:
    """Wish a field of a profile otherwise: two counters wish differently."""
    member_id = some_member(at, rng)
    wishes = (
        {"name": rng.choice(("张芳", "章小芳", "李四"))},
        {"note": f"note {rng.randrange(100)}"},
        {"phone": rng.choice(PHONES)},
    )
    recycled = rng.random() < 0.2
    return member_id and a_change(at.storage, member_id, recycled=recycled, **rng.choice(wishes))


def freeze(at: Process, rng: random.Random) -> object:
    """Freeze a member, mostly to free him again."""
    member_id = some_member(at, rng)
    return member_id and a_freezing(at.storage, member_id, frozen=rng.random() < 0.4)


def withdraw_consent(at: Process, rng: random.Random) -> object:
    """Say yes or no to marketing."""
    member_id = some_member(at, rng)
    if member_id is None:
        return None
    said = ConsentFact(purpose=MARKETING, granted=rng.random() < 0.5, basis="spoken")
    return at.run(partial(_record_consent, member_id=member_id, said=said))


def tag(at: Process, rng: random.Random) -> object:
    """Put a tag on a member, or take it off."""
    member_id = some_member(at, rng)
    return member_id and at.run(partial(_tag, member_id=member_id, held=rng.random() < 0.6))


def ask_office_to(at: Process, rng: random.Random) -> object:
    """Ask head office to merge, unmerge or erase: a wish, which it grants or not."""
    one, other = some_member(at, rng), some_member(at, rng)
    if one is None or other is None or not at.till.joined:
        return None
    act = rng.choice((WishAct.MERGE, WishAct.MERGE, WishAct.UNMERGE, WishAct.ERASE))
    if act is WishAct.ERASE:
        return a_wish(at.storage, act, member_id=one)
    return a_wish(at.storage, act, member_id=one, other=other)


def record_survey(at: Process, rng: random.Random) -> object:
    """Note that a member answered a survey, which gives points."""
    member_id = some_member(at, rng)
    return member_id and an_event(at.storage, member_id, "survey")


def change_shift(at: Process, rng: random.Random) -> object:
    """Close the shift, or open one."""
    with at.storage.reading() as reader:
        is_open = reader.value(
            "SELECT 1 FROM shift AS h JOIN setting AS s ON s.name = 'counter_id'"
            " AND lower(hex(h.counter_id)) = s.value WHERE h.closed_at IS NULL"
        )
    return a_closing(at.storage) if is_open else a_shift(at.storage)


def exchange(at: Process, _rng: random.Random) -> object:
    """Exchange with head office, as the agent does now and then."""
    return at.exchange() if at.till.joined else None


def deed_of(name: str) -> Deed:
    """Return a cashier's deed by its name."""
    return LATER_DEEDS[name] if name in LATER_DEEDS else DEEDS[name][1]


def some_member(at: Process, rng: random.Random) -> MemberId | None:
    """Return a member, the first ones far more often than the others."""
    with at.storage.reading() as reader:
        rows = reader.all("SELECT member_id FROM member ORDER BY member_id")
    if not rows:
        return None
    weights = [1 / (place + 1) ** 2 for place in range(len(rows))]
    return MemberId(rng.choices(rows, weights)[0][0])


def _beyond(rng: random.Random) -> dict[str, Any]:
    """Return what lets an act go by the floor, where the program has one: a second person."""
    return {"by": APPROVED, "floor": True} if rng.random() < 0.4 else {}


def _points(at: Process, rng: random.Random, member_id: MemberId | None) -> int:
    """Return how many points to spend: all that seem to be had here, or a little beside that."""
    if at.till.joined:
        sql = (
            "SELECT coalesce(sum(granted - spent), 0) FROM lease WHERE member_id = ? AND state ="
            " 'open' AND lower(hex(stream_id)) ="
            " (SELECT value FROM setting WHERE name = 'stream_id')"
        )
    else:
        sql = "SELECT coalesce(sum(remaining), 0) FROM lot WHERE member_id = ?"
    with at.storage.reading() as reader:
        here = int(reader.value(sql, (member_id,)))
    return max(100, (here // 100 + rng.choice((0, 0, 0, -1, -2, 1))) * 100)


def _line(rng: random.Random) -> BasketLine:
    return BasketLine(
        unit_price=rng.randrange(100, 9_000),
        quantity=rng.randint(1, 3),
        sku=rng.choice(SKUS),
    )


def _sales(at: Process, which: str) -> list[SaleId]:
    with at.storage.reading() as reader:
        rows = reader.all(f"SELECT sale_id FROM sale WHERE reversed_by IS NULL {which}")
    return [SaleId(row[0]) for row in rows]


def _ask_for_value(at: Process, rng: random.Random, wanted: Wanted) -> None:
    if at.till.joined and rng.random() < 0.5:
        lease_for_sale(at.run, at.office(at.till.lookup_link), at.device, wanted=wanted)


def _record_consent(work: UnitOfWork, *, member_id: MemberId, said: ConsentFact) -> object:
    op = OperationId(work.new_id())
    return record_consent(
        work, RecordConsent(op=op, member_id=member_id, by=NOBODY, consents=(said,))
    )


def _tag(work: UnitOfWork, *, member_id: MemberId, held: bool) -> object:
    op = OperationId(work.new_id())
    return tag_member(work, TagMember(op=op, by=NOBODY, member_id=member_id, tag="vip", held=held))


DEEDS: dict[str, tuple[float, Deed]] = {
    "register": (3, register),
    "sell": (8, sell),
    "sell_for_points": (4, sell_for_points),
    "redeem": (5, redeem),
    "redeem_online": (4, redeem_online),
    "look_up": (6, look_up),
    "issue_coupon": (2, issue_coupon),
    "use_coupon": (4, use_coupon),
    "void_coupon": (0.4, void_coupon),
    "top_up": (3, top_up),
    "pay_with_value": (4, pay_with_value),
    "pay_out": (0.6, pay_out),
    "give_gift": (2, give_gift),
    "count_stock": (0.5, count_stock),
    "undo": (2, undo),
    "void": (1.5, void),
    "take_return": (3, take_return),
    "attach": (1, attach),
    "adjust": (1.5, adjust),
    "change_profile": (2, change_profile),
    "freeze": (0.5, freeze),
    "withdraw_consent": (0.7, withdraw_consent),
    "tag": (0.5, tag),
    "record_survey": (1, record_survey),
    "change_shift": (1, change_shift),
    "ask_office_to": (0.7, ask_office_to),
}
"""What cashiers do, how often each, before a universe draws its own mix."""
LATER_DEEDS: dict[str, Deed] = {"bring_gift_back": bring_gift_back}
"""Deeds that came in later, with chance of their own: what a plan drew before stays."""
