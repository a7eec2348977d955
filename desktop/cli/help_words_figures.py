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
}
FIGURE_PARAMETERS: Final[Mapping[str, Pair]] = {
    "score fit WHAT": ("clv 或 churn", "clv or churn"),
    "score fit --model": ("bgnbd 或 pareto_nbd", "bgnbd or pareto_nbd"),
    "score survival --file": ("改看这张 CSV 表", "of this CSV table instead"),
    "score survival --time": ("表里的时长列", "its column of times"),
    "score survival --event": ("离开的标志，如 churn=Yes", "what leaving is, such as churn=Yes"),
    "score survival --by": ("按这一列分组并比较", "a curve for each value of a column"),
    "score survival --only": ("只看这些行，如 contract=One year", "only rows such as plan=basic"),
    "--from": ("从哪天；不写就是全部历史", "first day; else all history"),
    "--to": ("到哪天；不写就是今天", "last day; else today"),
    "--until": ("预测到哪天；不写就是一年", "forecast to this day; else a year"),
    "--branch": ("只看一家门店", "one branch by name"),
    "--stages": ("新客,活跃,流失 的天数，如 30,60,180", "days new,active,lost; else 30,60,180"),
    "--format": ("table 或 json", "table or json"),
}
