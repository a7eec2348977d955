"""Conflicts in words of both languages: what does not fit, what each choice will do, and to whom.

The same sentences at the counter and on head office's command line. What happened first, then what
is safe, then what can be done.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from db.domain.conflicts import APPLIED, RETRY, ConflictKind
from db.domain.money import amount_shown
from desktop.wording.lists import Pair, word_of
from desktop.wording.speech import Voice, points_said

KINDS: Final[Mapping[str, Pair]] = {
    "possible_duplicate": ("可能是同一人", "Perhaps one person"),
    "reversed_twice": ("同一笔退了两次", "One sale taken back twice"),
    "duplicate_receipt": ("小票号重复", "One receipt, two sales"),
    "cap_exceeded": ("超过积分上限", "More points than the cap"),
    "coupon_twice": ("一张券用了两次", "One coupon used twice"),
    "event_twice": ("奖励发了两次", "Rewarded twice"),
    "phone_came_back": ("注销后再入会", "Erased, and joined again"),
    "quarantined": ("无法入账", "Could not be applied"),
    "merge_asked": ("申请合并会员", "Asks for a merge"),
    "unmerge_asked": ("申请拆开会员", "Asks to undo a merge"),
    "erasure_asked": ("申请注销会员", "Asks for an erasure"),
}
_WHY: Final[Mapping[str, Pair]] = {
    "possible_duplicate": (
        "两张会员卡是同一个手机号。两张都能用，积分各记各的。",
        "Two cards have one phone. Both work, each with its own points.",
    ),
    "reversed_twice": (
        "两台柜台断网时各退了一次，钱退了两次。后一次没有入账，积分只退了一次。",
        (
            "Two cut-off counters each took it back, so money went out twice. The later one is not"
            " in the books; points were taken back once."
        ),
    ),
    "duplicate_receipt": (
        "同一天同一张收银小票记了两笔，积分可能多给了。",
        "One till receipt of one day is on two sales; points may have been given twice.",
    ),
    "cap_exceeded": (
        "两台柜台断网时各自都没超，加起来超过了上限。积分已给会员，不追回。",
        "Each counter was within the cap, together they passed it. The member keeps the points.",
    ),
    "coupon_twice": (
        "同一张券断网时在两台柜台各用了一次。先到的一笔有效，后一笔的优惠算门店损失。",
        (
            "Two cut-off counters each took the coupon. The first use counts; the later discount is"
            " the branch's loss."
        ),
    ),
    "event_twice": (
        "只给一次的奖励，断网的两台柜台各给了一次。",
        "What is given once was given at two counters that were cut off.",
    ),
    "phone_came_back": (
        "这个手机号一年内注销过，现在又入会，入会礼给了第二次。",
        "Whoever had this phone was erased within the year; the welcome was given again.",
    ),
    "quarantined": (
        "这一笔原样保存着，没有丢，只是还没有入账。",
        "It is kept as it came and nothing is lost; it is not in the books yet.",
    ),
    "merge_asked": (
        "柜台认为这两张卡是同一位会员。总部确认前，两张卡照旧。",
        (
            "A counter holds these cards for one person. Both stay as they are until head office"
            " confirms."
        ),
    ),
    "unmerge_asked": (
        "柜台认为这两位不是同一人。总部确认前仍按一位会员算。",
        "A counter holds them for two persons. They count as one until head office confirms.",
    ),
    "erasure_asked": (
        "会员要求删除个人资料。总部确认后所有柜台删除，不能恢复。",
        "The member wants to be forgotten. Once confirmed every counter forgets him, for good.",
    ),
}
CHOICES: Final[Mapping[str, Pair]] = {
    "merge": ("合并", "merge"),
    "keep": ("保持原样", "keep"),
    "recycled": ("号码换人了", "recycled"),
    "void": ("作废后一笔", "void the later"),
    "rest": ("剩余部分也退", "take the rest back"),
    "revoke": ("收回后一次", "revoke the later"),
    "retry": ("重新入账", "try again"),
    "unmerge": ("拆开", "undo the merge"),
    "erase": ("注销", "erase"),
    "decline": ("不同意", "decline"),
    "applied": ("已自动入账", "applied by itself"),
}
_EFFECTS: Final[Mapping[str, Pair]] = {
    "merge": (
        "{later} 归到 {first}，两个会员号都能用，积分合计 {together}；90 天内可以拆开。",
        (
            "{later} answers to {first}; both numbers work, {together} points in all. It can be"
            " undone for 90 days."
        ),
    ),
    "recycled": (
        "手机号从 {first} 取下，留给 {later}；两位会员的积分不变。",
        "The phone leaves {first} and stays with {later}; nobody's points change.",
    ),
    "void": (
        "后一笔 {amount} 作废，收回 {points} 分，用掉的积分和券退回。",
        (
            "The later sale of {amount} is voided; {points} points are taken back, points and"
            " coupons used are given back."
        ),
    ),
    "rest": (
        "这一笔还没退的部分也退掉，积分和券跟着退。多退的钱算门店损失。",
        (
            "What is left of the sale is taken back too, with its points and coupons. The money"
            " paid out twice is the branch's loss."
        ),
    ),
    "revoke": (
        "收回后一次的 {points} 分和没用过的券；已用掉的记为欠分。",
        "The later {points} points and its unused coupons are taken back; what was spent is owed.",
    ),
    "retry": (
        "相信柜台，再试一次入账；不成就留在这里。",
        "The counter is believed and it is applied again; if it fails, it stays here.",
    ),
    "unmerge": (
        "{later} 重新单独算，各自的积分、消费分开。",
        "{later} stands for himself again, each with his own points and sales.",
    ),
    "erase": (
        "姓名、手机、生日等全部删除，只留编号和账；积分不能再用，不能恢复。",
        (
            "Name, phone, birthday and all else go; only a number and the books stay. It cannot be"
            " undone."
        ),
    ),
    "decline": (
        "什么也不改，柜台会看到“不同意”。",
        "Nothing changes; the counter sees the answer.",
    ),
}
_KEPT: Final[Mapping[str, Pair]] = {
    "possible_duplicate": (
        "两张卡都留着，以后不再提示这两位。",
        "Both cards stay, and these two are not asked about again.",
    ),
    "reversed_twice": (
        "不再改账，多退的 {amount} 算门店损失。",
        "The books stay; the {amount} paid out twice are the branch's loss.",
    ),
    "duplicate_receipt": ("两笔都算数。", "Both sales count."),
    "cap_exceeded": ("积分留给会员，只作记录。", "The member keeps the points; it is on record."),
    "coupon_twice": (
        "两笔都算数，后一次的优惠 {value} 记为门店损失。",
        "Both sales count; the later discount of {value} is booked as the branch's loss.",
    ),
    "event_twice": ("两次都算数。", "Both count."),
    "phone_came_back": ("入会礼留给新会员。", "The new member keeps the welcome."),
    "quarantined": (
        "不入账，只留原始记录。",
        "It stays out of the books; what was sent is kept.",
    ),
}
_ACTS: Final[Mapping[str, Pair]] = {
    "sale": ("消费", "Sale"),
    "reversal": ("作废", "Voided"),
    "return": ("退货", "Returned"),
    "member_register": ("入会", "Joined"),
    "member_update": ("改资料", "Profile changed"),
    "event_award": ("奖励", "Reward"),
    "event_revoke": ("奖励收回", "Reward taken back"),
    "redeem": ("用积分", "Points used"),
    "adjust": ("积分调整", "Points adjusted"),
    "attach": ("补挂会员", "Member attached"),
    "top_up": ("充值", "Paid in"),
    "refund": ("退还储值", "Paid out"),
    "gift_redeem": ("换礼品", "Gift"),
    "gift_return": ("礼品退回", "Gift returned"),
    "wish": ("申请", "Asked"),
    "unreadable": ("读不出的记录", "Bytes that cannot be read"),
}
_FAULTS: Final[Mapping[str, Pair]] = {
    "points spent without a lease": (
        "用了积分，但总部没有把额度给这台柜台",
        "points were spent that head office had not lent to this counter",
    ),
    "a lease that head office did not grant to this counter": (
        "用的积分额度不是总部给这台柜台的",
        "the points were lent to another counter",
    ),
    "a coupon used without a hold": (
        "用了券，但总部没有把这张券给这台柜台",
        "a coupon was used that head office had not lent to this counter",
    ),
    "stored value spent without a hold": (
        "用了储值，但总部没有把额度给这台柜台",
        "stored value was spent that head office had not lent to this counter",
    ),
    "a hold that head office did not grant to this counter": (
        "用的券或储值额度不是总部给这台柜台的",
        "what was used was lent to another counter",
    ),
    "head office alone": ("这件事只能由总部做", "head office alone may do this"),
    "was reversed before": ("这一笔之前已经作废", "the sale had been voided before"),
    "undone or voided before": ("这一笔之前已经作废", "the sale had been voided before"),
    "returned meanwhile": ("这一笔另外退过货", "something of the sale came back elsewhere"),
    "attached meanwhile": ("这一笔另外补挂了会员", "a member was attached elsewhere"),
    "attached before": ("这一笔另外补挂了会员", "a member was attached elsewhere"),
    "more comes back than was sold": ("退的比卖的多", "more came back than was sold"),
    "unreadable": ("传来的内容读不出", "what was sent cannot be read"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictFacts:
    """What the sentences speak of: two members by name, money in 分, points of the later side."""

    kind: str
    first: str = ""
    later: str = ""
    together: int = 0
    amount: int = 0
    points: int = 0
    value: int = 0


def kind_words(say: Voice, kind: str) -> str:
    """Return what does not fit, in a few words."""
    return word_of(say, KINDS, kind)


def why_words(say: Voice, kind: str) -> str:
    """Return what happened and what is safe."""
    return word_of(say, _WHY, kind)


def choice_words(say: Voice, choice: str) -> str:
    """Return what a choice is called."""
    return word_of(say, CHOICES, choice)


def effect_words(say: Voice, choice: str, facts: ConflictFacts) -> str:
    """Return what a choice will do."""
    words = _KEPT.get(facts.kind) if choice == "keep" else _EFFECTS.get(choice)
    if words is None:
        return choice_words(say, choice)
    return say(*words).format(
        first=facts.first,
        later=facts.later,
        together=points_said(facts.together),
        amount=amount_shown(facts.amount),
        points=points_said(facts.points),
        value=amount_shown(facts.value),
    )


def act_words(say: Voice, act: str) -> str:
    """Return what kind of act a side is."""
    return word_of(say, _ACTS, act)


def fault_words(say: Voice, error: str, *, waits: bool) -> str:
    """Return why something could not be applied; what has no words yet is said as it is."""
    if waits:
        return say("它依据的那一笔还没有传到总部", "what it refers to has not arrived yet")
    for part, words in _FAULTS.items():
        if part in error:
            return say(*words)
    return error


def is_quarantine(kind: str) -> bool:
    """Say whether a conflict is about something that is not in the books."""
    return kind in {ConflictKind.QUARANTINED, ConflictKind.REVERSED_TWICE}


def outcome_words(say: Voice, choice: str) -> str:
    """Return how a conflict ended."""
    if choice in {APPLIED, RETRY}:
        return say("已入账", "applied")
    return say("已处理：{choice}", "decided: {choice}").format(choice=choice_words(say, choice))
