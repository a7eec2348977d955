"""A program in plain sentences, section by section: for the manager's screen and `program show`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.wording.program_offer_words import (
    coupon_words,
    lane_words,
    promotion_words,
    referral_words,
    stored_value_words,
)
from desktop.wording.program_words import (
    gift_words,
    ladder_words,
    level_words,
    points_words,
    redemption_words,
    rule_words,
)
from desktop.wording.speech import Voice, joined, money_said, points_said, share_said

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the program: its title, and a sentence a line."""

    key: str
    title: str
    lines: tuple[str, ...]


def program_sections(say: Voice, document: Document) -> tuple[Section, ...]:
    """Return the parts that the document has, in the order in which a sale meets them."""
    redemption, tiers = document.get("redemption", {}), document.get("tiers")
    parts = [
        ("earning", ("积分", "Earning"), [rule_words(say, r) for r in document["earning"]]),
        ("points", ("怎么算", "How points count"), points_words(say, document["points"])),
        (
            "redemption",
            ("抵扣和兑换", "What points buy"),
            [redemption_words(say, redemption), *gift_words(say, redemption)],
        ),
        (
            "tiers",
            ("等级", "Levels"),
            [*level_words(say, tiers), ladder_words(say, tiers)] if tiers else [],
        ),
        (
            "coupons",
            ("优惠券", "Coupons"),
            [coupon_words(say, c) for c in _of(document, "coupons")],
        ),
        ("promotions", ("活动", "Promotions"), _promotions(say, document)),
        (
            "stored_value",
            ("储值", "Stored value"),
            stored_value_words(say, document["stored_value"]) if "stored_value" in document else [],
        ),
        ("referral", ("老带新", "Referral"), referral_words(say, document.get("referral", {}))),
        ("offline", ("离线与核验", "Off line"), _offline(say, document)),
    ]
    return tuple(Section(key, say(*title), tuple(lines)) for key, title, lines in parts if lines)


def _of(document: Document, name: str) -> list[Document]:
    found: list[Document] = document.get(name, [])
    return found


def _promotions(say: Voice, document: Document) -> list[str]:
    lines = [promotion_words(say, offer) for offer in _of(document, "promotions")]
    if lines or document.get("coupons"):
        lines.append(lane_words(say, document.get("lanes", {})))
    return lines


def _offline(say: Voice, document: Document) -> list[str]:
    """Return what a counter may do without head office, and what is verified."""
    lines = [lease_words(say, document.get("offline", {}).get("lease", {}))]
    above = document.get("verify", {}).get("redeem_above", {})
    for where, name in (("online", ("联网", "on line")), ("offline", ("离线", "off line"))):
        if where in above:
            amount = money_said(above[where])
            lines.append(
                say(f"{name[0]}抵扣满 {amount} 要核验", f"{name[1]}: verified from {amount} on")
            )
    debt = document.get("debt", {})
    if "repay_share" in debt:
        share = share_said(debt["repay_share"])
        lines.append(say(f"欠分用新积分的 {share} 还", f"{share} of new points repay points owed"))
    if "write_off_days" in debt:
        days = debt["write_off_days"]
        lines.append(say(f"欠分 {days} 天后核销", f"points owed lapse after {days} days"))
    return lines


def lease_words(say: Voice, lease: Document) -> str:
    """Return how many points of a member a counter may hold; what is not written is the default."""
    share = share_said(lease.get("share", "0.2"))
    most, hours = points_said(lease.get("points_max", 2000)), lease.get("hours", 72)
    return joined(
        say,
        [
            say(f"柜台可留每位会员积分的 {share}", f"A counter holds {share} of a member's points"),
            say(f"最多 {most} 分", f"at most {most}"),
            say(f"{hours} 小时", f"for {hours} hours"),
        ],
    )
