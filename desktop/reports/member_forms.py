"""How the reports about members are shown on paper and in workbooks, and what each means."""

from collections.abc import Mapping
from typing import Final

from desktop.reports.book import Field, Kind, ReportForm, TableForm

_MEMBERS: Final = Field("members", Kind.COUNT, ("人数", "Members"))
_SHARE: Final = Field("share", Kind.SHARE, ("占比", "Share"))
_WHO: Final = (
    Field("number", Kind.TEXT, ("会员号", "Number")),
    Field("name", Kind.TEXT, ("姓名", "Name")),
    Field("phone_masked", Kind.TEXT, ("手机号", "Phone")),
)
_ACTIVITY: Final = (
    Field("active", Kind.COUNT, ("活跃", "Active")),
    Field("new", Kind.COUNT, ("首购", "New")),
    Field("repeat", Kind.COUNT, ("复购", "Again")),
    Field("visits", Kind.COUNT, ("到店天数", "Days bought")),
    Field("purchases", Kind.COUNT, ("笔数", "Purchases")),
    Field("amount", Kind.MONEY, ("消费", "Spent")),
    Field("net_amount", Kind.MONEY, ("净消费", "Net")),
    Field("average", Kind.MONEY, ("客单价", "Average")),
)
_RFM: Final = ReportForm(
    ("RFM 分组", "RFM groups"),
    (
        (
            "口径：R 是距上次消费的天数，F 是消费天数，M 是净消费；按全店界线各打 1 到 5 分，"
            "4 分起为高。流失在先，其次新客，其余按高低分八组。"
        ),
        (
            "R is days since the last purchase, F days of purchase, M net spend; each scores 1 to "
            "5 by the whole shop's edges and is high from 4. Lost come first, then new, then eight."
        ),
    ),
    (
        Field("buyers", Kind.COUNT, ("买过的会员", "Buyers")),
        Field("top_20_percent_share", Kind.SHARE, ("前两成占消费", "Best fifth's share")),
        Field("members_555", Kind.COUNT, ("555 会员", "Scored 555")),
        Field("members_111", Kind.COUNT, ("111 会员", "Scored 111")),
    ),
    (
        TableForm(
            "groups",
            ("分组", "Groups"),
            (
                Field("says", Kind.TEXT, ("分组", "Group")),
                _MEMBERS,
                _SHARE,
                Field("amount", Kind.MONEY, ("消费", "Spent")),
                Field("amount_share", Kind.SHARE, ("消费占比", "Of spend")),
                Field("recency", Kind.NUMBER, ("平均 R 天", "Mean R")),
                Field("frequency", Kind.NUMBER, ("平均 F 次", "Mean F")),
                Field("monetary", Kind.MONEY, ("人均消费", "Mean M")),
                Field("points", Kind.COUNT, ("积分", "Points")),
            ),
        ),
        TableForm(
            "members",
            ("会员", "Members"),
            (
                *_WHO,
                Field("recency", Kind.COUNT, ("R 天", "R")),
                Field("frequency", Kind.COUNT, ("F 次", "F")),
                Field("monetary", Kind.MONEY, ("M 消费", "M")),
                Field("scores", Kind.TEXT, ("分数", "Scores")),
            ),
        ),
    ),
)
_LIFECYCLE: Final = ReportForm(
    ("会员生命周期", "Stages of members' life"),
    (
        (
            "口径：新客是首购不久的；活跃、沉默、流失按距上次消费的天数；未消费是入会后没买过的。"
            "进入和离开是 30 天里的变化。"
        ),
        (
            "New bought first a short time ago; active, dormant and lost by days since the last "
            "purchase; never are enrolled without one. Came in and left are of the last 30 days."
        ),
    ),
    (Field("members", Kind.COUNT, ("会员", "Members")),),
    (
        TableForm(
            "stages",
            ("状态", "Stages"),
            (
                Field("says", Kind.TEXT, ("状态", "Stage")),
                _MEMBERS,
                _SHARE,
                Field("entered", Kind.COUNT, ("30 天进入", "Came in")),
                Field("left", Kind.COUNT, ("30 天离开", "Left")),
                Field("amount", Kind.MONEY, ("365 天消费", "Spent in 365 days")),
            ),
        ),
    ),
)
_COHORT_MONTH: Final = Field("cohort", Kind.TEXT, ("首购月", "First month"))
_COHORT: Final = ReportForm(
    ("首购月留存", "Cohorts by first month"),
    (
        (
            "口径：按第一次消费的月份分组；+n 是之后第 n 个月还来消费的会员。复购是第二个消费日在"
            " 30、60、90 天内。"
        ),
        (
            "By the month of the first purchase; +n are members who bought n months later. Again "
            "is a second day of purchase within 30, 60 and 90 days."
        ),
    ),
    (),
    (
        TableForm(
            "cohorts",
            ("复购", "Bought again"),
            (
                _COHORT_MONTH,
                Field("size", Kind.COUNT, ("首购会员", "Bought first")),
                Field("again_30", Kind.COUNT, ("30 天复购", "In 30 days")),
                Field("again_60", Kind.COUNT, ("60 天复购", "In 60 days")),
                Field("again_90", Kind.COUNT, ("90 天复购", "In 90 days")),
            ),
            bars="size",
        ),
        TableForm(
            "cohorts",
            ("每月活跃会员", "Active by months since"),
            (_COHORT_MONTH, Field("active", Kind.COUNT, ("", ""))),
        ),
        TableForm(
            "cohorts",
            ("每月留存率", "Share active"),
            (_COHORT_MONTH, Field("retention", Kind.SHARE, ("", ""))),
        ),
        TableForm(
            "cohorts",
            ("每月净消费", "Net spend"),
            (_COHORT_MONTH, Field("amount", Kind.MONEY, ("", ""))),
        ),
    ),
)
_ACTIVITY_FORM: Final = ReportForm(
    ("活跃与复购", "Activity and repurchase"),
    (
        (
            "口径：活跃率是这段时间消费过的会员除以截至末日的会员；复购率是有两个以上消费日的会员除以"
            "消费过的会员；回店率是上一段和这一段都来过的除以上一段来过的。"
        ),
        (
            "Active rate: who bought divided by members by the last day. Repurchase rate: bought "
            "on two days or more divided by who bought. Return rate: who came before and now "
            "divided by who came before."
        ),
    ),
    (
        Field("enrolled", Kind.COUNT, ("会员", "Members")),
        *_ACTIVITY,
        Field("active_rate", Kind.SHARE, ("活跃率", "Active rate")),
        Field("repurchase_rate", Kind.SHARE, ("复购率", "Repurchase rate")),
        Field("return_rate", Kind.SHARE, ("回店率", "Return rate")),
    ),
    (
        TableForm(
            "periods",
            ("各期", "By period"),
            (
                Field("period", Kind.TEXT, ("期间", "Period")),
                *_ACTIVITY,
                Field("repurchase_rate", Kind.SHARE, ("复购率", "Again")),
            ),
            bars="amount",
        ),
    ),
)
_CHURN: Final = ReportForm(
    ("流失预警", "Who stays away"),
    (
        "口径：至少来过三次；没来的天数除以自己平常的间隔（不小于全店的），2 倍预警，3 倍高风险。",
        (
            "Of those with three visits or more: days away divided by the usual gap, the shop's at "
            "least; warned from 2, high from 3."
        ),
    ),
    (
        Field("warn", Kind.COUNT, ("预警", "Warned")),
        Field("high", Kind.COUNT, ("高风险", "High risk")),
        Field("amount", Kind.MONEY, ("365 天消费", "Spent in 365 days")),
    ),
    (
        TableForm(
            "members",
            ("会员，消费多的在前", "Members, who spent most first"),
            (
                *_WHO,
                Field("risk", Kind.NUMBER, ("倍数", "Times")),
                Field("days_since", Kind.COUNT, ("没来天数", "Days away")),
                Field("usual_gap", Kind.NUMBER, ("平常间隔", "Usual gap")),
                Field("last_on", Kind.TEXT, ("上次", "Last")),
                Field("amount", Kind.MONEY, ("365 天消费", "Spent")),
            ),
        ),
    ),
)
_CATEGORY: Final = ReportForm(
    ("品类", "Categories"),
    (
        (
            "口径：净消费已减去退货；增长是和之前同样长的一段比；偏好是买过这类的会员人均消费除以全部"
            "买家的人均消费。"
        ),
        (
            "Net of what came back; growth against as many days before; preference is money a "
            "buyer of the category divided by money a buyer of anything."
        ),
    ),
    (
        Field("amount", Kind.MONEY, ("净消费", "Net sales")),
        Field("buyers", Kind.COUNT, ("买家", "Buyers")),
    ),
    (
        TableForm(
            "categories",
            ("品类", "Categories"),
            (
                Field("category", Kind.TEXT, ("品类", "Category")),
                Field("amount", Kind.MONEY, ("净消费", "Net sales")),
                _SHARE,
                Field("lines", Kind.COUNT, ("明细", "Lines")),
                Field("purchases", Kind.COUNT, ("笔数", "Purchases")),
                Field("members", Kind.COUNT, ("会员", "Members")),
                Field("growth", Kind.SHARE, ("增长", "Growth")),
                Field("preference", Kind.NUMBER, ("偏好", "Preference")),
            ),
        ),
    ),
)
_PROFILE: Final = ReportForm(
    ("数据概况", "What the book holds"),
    (
        "口径：有效的消费；退货按退回那天算；导入的负数消费是原系统的退货。",
        (
            "Standing sales; what came back counts on its day; negative sales are a former "
            "system's returns."
        ),
    ),
    (),
    (
        TableForm(
            "figures",
            ("概况", "Figures"),
            (
                Field("members", Kind.COUNT, ("会员", "Members")),
                Field("buyers", Kind.COUNT, ("买过的", "Buyers")),
                Field("sales", Kind.COUNT, ("消费笔数", "Purchases")),
                Field("former_returns", Kind.COUNT, ("导入的退货", "Returns brought")),
                Field("lines", Kind.COUNT, ("明细行", "Lines")),
                Field("skus", Kind.COUNT, ("商品", "Products")),
                Field("gross", Kind.MONEY, ("原价", "Gross")),
                Field("discount", Kind.MONEY, ("优惠", "Discounts")),
                Field("due", Kind.MONEY, ("实收", "Paid")),
                Field("former_returned", Kind.MONEY, ("导入的退款", "Refunds brought")),
                Field("returned", Kind.MONEY, ("退货", "Returned")),
            ),
        ),
    ),
)
MEMBER_FORMS: Final[Mapping[str, ReportForm]] = {
    "rfm": _RFM,
    "lifecycle": _LIFECYCLE,
    "cohort": _COHORT,
    "activity": _ACTIVITY_FORM,
    "churn": _CHURN,
    "category": _CATEGORY,
    "profile": _PROFILE,
}
