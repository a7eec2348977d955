"""What the commands about members' figures and their options do: `help_words` takes these in."""

from collections.abc import Mapping
from typing import Final

Pair = tuple[str, str]

FIGURE_COMMANDS: Final[Mapping[str, Pair]] = {
    "score": ("评分：拟合、会员、留存", "Scores: fit, show, survival"),
    "score fit": (
        "从本店历史拟合：clv 会员价值，churn 流失",
        "Fit clv or churn to the shop's history",
    ),
    "score show": (
        "一位会员的分组、流失风险和未来价值",
        "A member's groups, risk and value to come",
    ),
    "score survival": (
        "会员能留多久（或一张表里的）",
        "How long members stay, or those of a table",
    ),
    "segment": ("人群：列表、查看、按条件查人数和名单", "Segments: list, show, eval"),
    "segment list": ("有哪些人群，--count 加人数", "Which segments there are"),
    "segment show": ("一个人群：条件、人数、名单", "A segment: its conditions and who is in it"),
    "segment eval": (
        "按条件查：人数、名单，或某位会员在不在",
        "Members of whom conditions are true",
    ),
    "report points-liability": (
        "积分负债：期初、变动、期末，何时到期",
        "Points owed: opening, moved, closing, ending",
    ),
    "report tier-migration": ("等级变化：升级、不变、降级", "Who moved between levels"),
    "report cashier-audit": (
        "收银稽核：撤销、退货、调整等，和同店比",
        "Cashiers' acts against the others' of a branch",
    ),
    "report freshness": ("数据新鲜度：每台柜台的最后记录", "When each counter was last heard of"),
    "report rfm": ("RFM：最近、次数、金额，分成十组", "RFM scores, and ten groups of members"),
    "report lifecycle": (
        "生命周期：新客、活跃、沉默、流失、未消费",
        "Stages of life, and who moved",
    ),
    "report activity": (
        "活跃、新客、复购，按周或按月",
        "Who came and came again, by week or month",
    ),
    "report cohort": ("首购月留存", "By first month, and who came again"),
    "report churn": ("流失预警名单，按消费排", "Who stays away, who spent most first"),
    "report category": ("品类：净消费、会员、增长", "Categories: sales, members, growth"),
    "report profile": ("数据概况：笔数、明细、金额", "How much the book holds"),
}
FIGURE_PARAMETERS: Final[Mapping[str, Pair]] = {
    "score fit WHAT": ("clv 或 churn", "clv or churn"),
    "score fit --model": ("bgnbd 或 pareto_nbd", "bgnbd or pareto_nbd"),
    "score survival --file": ("改看这张 CSV 表", "of this CSV table instead"),
    "score survival --time": ("表里的时长列", "its column of times"),
    "score survival --event": ("离开的标志，如 churn=Yes", "what leaving is, such as churn=Yes"),
    "score survival --by": ("按这一列分组并比较", "a curve for each value of a column"),
    "score survival --only": ("只看这些行，如 contract=One year", "only rows such as plan=basic"),
    "segment list --count": ("每个人群多少人", "how many members each has"),
    "segment show NAME": ("名称，如 rfm/lost", "its name, such as rfm/lost"),
    "segment eval EXPRESSION": (
        "条件，如 'visits(days=90) >= 3 and not tag VIP'",
        "conditions, such as 'visits(days=90) >= 3'",
    ),
    "segment eval --member": ("只问这位会员在不在", "ask of this member alone"),
    "segment eval --contactable": ("只要同意营销的", "only who agreed to be written to"),
    "report rfm --counting": ("次数按 days 天数或 sales 笔数", "frequency is days or sales"),
    "report rfm --spend": ("金额按 net 净额或 gross 退货前", "money is net or gross"),
    "report rfm --scoring": ("按 edges 界线或 ranks 名次打分", "scores by edges or by ranks"),
    "report rfm --edges": ("界线：auto、fifths 五等分、fixed 固定", "auto, fifths or fixed"),
    "report rfm --limit": ("列出几位会员", "list so many members"),
    "report rfm --member": ("只列这位会员", "list this member alone"),
    "report activity --by": ("week 按周，month 按月", "week or month"),
    "report churn --limit": ("列出几位，0 是全部", "list so many; 0 is all"),
    "report category --level": ("品类路径看到第几级", "how much of a path, from 1"),
    **{
        f"report {name} --format": (
            "table、json、csv、xlsx 或 pdf；不写就看 --out 的后缀",
            "table, json, csv, xlsx, pdf; else as --out ends",
        )
        for name in (
            "rfm",
            "lifecycle",
            "activity",
            "cohort",
            "churn",
            "category",
            "profile",
            "points-liability",
            "tier-migration",
            "cashier-audit",
            "freshness",
        )
    },
    "report points-liability --from": ("从哪天；不写就是本月", "first day; else of the month"),
    "report points-liability --expected": (
        "预计会用掉的比例，如 0.85",
        "the part expected to be used, such as 0.85",
    ),
    "report tier-migration --from": ("从哪天；不写就是 90 天", "first day; else 90 days"),
    "report cashier-audit --from": ("从哪天；不写就是一周", "first day; else a week"),
    "--from": ("从哪天；不写就是全部历史", "first day; else all history"),
    "--to": ("到哪天；不写就是今天", "last day; else today"),
    "--until": ("预测到哪天；不写就是一年", "forecast to this day; else a year"),
    "--branch": ("只看一家门店", "one branch by name"),
    "--stages": ("新客,活跃,流失 的天数，如 30,60,180", "days new,active,lost; else 30,60,180"),
    "--format": ("table 或 json", "table or json"),
}
