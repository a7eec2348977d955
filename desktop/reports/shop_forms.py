"""How the reports about the shop are shown, on a terminal, on paper and in workbooks."""

from collections.abc import Mapping
from typing import Final

from desktop.reports.book import Field, Kind, ReportForm, TableForm

_BRANCH: Final = Field("branch", Kind.TEXT, ("门店", "Branch"))
_MOVED: Final = (
    Field("earned", Kind.COUNT, ("发放", "Earned")),
    Field("adjusted", Kind.COUNT, ("调整", "Adjusted")),
    Field("redeemed", Kind.COUNT, ("使用", "Used")),
    Field("expired", Kind.COUNT, ("过期", "Expired")),
    Field("reversed", Kind.COUNT, ("冲回", "Reversed")),
)
_LIABILITY: Final = ReportForm(
    ("积分负债", "Points owed"),
    (
        (
            "口径：期初＋发放＋调整－使用－过期－冲回＝期末，等于会员手里的积分；"
            "金额＝积分×每分抵用额×预计使用的比例。"
        ),
        (
            "Opening + earned + adjusted − used − expired − reversed = closing, which is what "
            "members hold. Worth: points × what one pays × the part expected to be used."
        ),
    ),
    (
        Field("opening", Kind.COUNT, ("期初", "Opening")),
        *_MOVED,
        Field("closing", Kind.COUNT, ("期末", "Closing")),
        Field("value", Kind.MONEY, ("期末金额", "Worth")),
        Field("expected_redemption", Kind.SHARE, ("预计使用", "Expected use")),
        Field("held_now", Kind.COUNT, ("现有积分", "Held now")),
    ),
    (
        TableForm(
            "branches",
            ("各门店的变动", "Moved at branches"),
            (_BRANCH, *_MOVED, Field("change", Kind.COUNT, ("净增", "Change"))),
        ),
        TableForm(
            "ending",
            ("现有积分何时到期", "When points held now end"),
            (
                Field("says", Kind.TEXT, ("到期", "Ends")),
                Field("points", Kind.COUNT, ("积分", "Points")),
                Field("value", Kind.MONEY, ("金额", "Worth")),
            ),
        ),
    ),
)
_TIERS: Final = ReportForm(
    ("等级变化", "Moves between levels"),
    (
        (
            "口径：期初和期末各是什么等级，按现在还有效的消费、退货、奖励和评定推算；"
            "占比是占期初就有的会员。"
        ),
        (
            "The level at the beginning and at the end, by the sales, returns, rewards and reviews "
            "that stand now; shares are of who was a member at the beginning."
        ),
    ),
    (
        Field("up", Kind.COUNT, ("升级", "Up")),
        Field("kept", Kind.COUNT, ("不变", "Kept")),
        Field("down", Kind.COUNT, ("降级", "Down")),
        Field("new", Kind.COUNT, ("新会员", "New")),
        Field("up_share", Kind.SHARE, ("升级率", "Share up")),
        Field("down_share", Kind.SHARE, ("降级率", "Share down")),
    ),
    (
        TableForm(
            "moves",
            ("从 → 到", "From → to"),
            (
                Field("says", Kind.TEXT, ("等级", "Levels")),
                Field("members", Kind.COUNT, ("人数", "Members")),
                Field("share", Kind.SHARE, ("占比", "Share")),
            ),
        ),
    ),
)
_PERSON: Final = (
    Field("name", Kind.TEXT, ("姓名", "Name")),
    Field("code", Kind.TEXT, ("工号", "Code")),
    _BRANCH,
)
_AUDIT: Final = ReportForm(
    ("收银稽核", "Cashier audit"),
    (
        (
            "口径：每百笔几次，和同店其他人的中位数比。满 5 次并且超过 1.5 倍的标出来；"
            "这是去问一问的理由，不是结论。"
        ),
        (
            "Per 100 sales, against the median of the others of the branch. Marked: five times or "
            "more and over one and a half times theirs; a reason to ask, not a judgement."
        ),
    ),
    (
        Field("flagged", Kind.COUNT, ("要看的", "To look at")),
        Field("sales", Kind.COUNT, ("消费笔数", "Sales")),
    ),
    (
        TableForm(
            "acts",
            ("谁做了什么", "Who did what"),
            (
                *_PERSON,
                Field("says", Kind.TEXT, ("事项", "Act")),
                Field("events", Kind.COUNT, ("次数", "Times")),
                Field("per_100", Kind.NUMBER, ("每百笔", "Per 100")),
                Field("peers", Kind.NUMBER, ("同店中位", "Peers")),
                Field("note", Kind.TEXT, ("提示", "Note")),
            ),
        ),
        TableForm(
            "people",
            ("收银员", "Cashiers"),
            (
                *_PERSON,
                Field("sales", Kind.COUNT, ("笔数", "Sales")),
                Field("member_sales", Kind.COUNT, ("会员笔数", "To members")),
                Field("top_member_share", Kind.SHARE, ("最多的会员占", "Top member")),
            ),
        ),
    ),
)
_FRESHNESS: Final = ReportForm(
    ("数据新鲜度", "How fresh the data is"),
    (
        "口径：每台柜台最后一笔记录是什么时候；一天没有消息的该打电话问问。",
        "When the newest record of each counter was made; call those silent for a day.",
    ),
    (Field("silent", Kind.COUNT, ("没有消息的柜台", "Silent counters")),),
    (
        TableForm(
            "counters",
            ("柜台", "Counters"),
            (
                Field("counter", Kind.TEXT, ("柜台", "Counter")),
                _BRANCH,
                Field("last_data", Kind.MOMENT, ("数据到", "Data until")),
                Field("program", Kind.TEXT, ("方案", "Program")),
                Field("waiting", Kind.COUNT, ("待上传", "Waiting")),
                Field("ahead_seconds", Kind.COUNT, ("快几秒", "Seconds ahead")),
                Field("says", Kind.TEXT, ("状态", "State")),
            ),
        ),
    ),
)
SHOP_FORMS: Final[Mapping[str, ReportForm]] = {
    "points-liability": _LIABILITY,
    "tier-migration": _TIERS,
    "cashier-audit": _AUDIT,
    "freshness": _FRESHNESS,
}
