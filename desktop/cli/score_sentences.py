"""Refusals of figures about members in words: Chinese first, English beside it."""

from collections.abc import Mapping
from typing import Final

SCORE_SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "too_few_buyers": (
        (
            "数据太少：要 {members_needed} 位消费过的会员，现有 {members}；"
            "其中来过不止一天的要 {repeaters_needed} 位，现有 {repeaters}。"
        ),
        (
            "Too little data: {members} of {members_needed} buyers, and {repeaters} of "
            "{repeaters_needed} who came on more than one day."
        ),
    ),
    "fit_unsettled": (
        "数据定不下模型的参数，例如所有会员都一样。",
        "The data does not settle the model; all members may be alike.",
    ),
    "never_bought": ("还没有消费过。", "Has not bought yet."),
    "segment_invalid": (
        "条件看不懂：第 {place} 个字处“{near}”。",
        "The conditions cannot be read at character {place}: {near}",
    ),
    "segment_invalid.too_long": ("条件太长。", "The conditions are too long."),
    "segment_invalid.too_deep": ("条件套得太深。", "The conditions are nested too deeply."),
    "segment_invalid.unknown_condition": (
        "没有“{near}”这个条件。",
        "There is no condition {near}.",
    ),
    "segment_invalid.unknown_value": ("没有“{near}”这个值。", "There is no value {near}."),
    "no_such_segment": ("没有人群“{name}”。", "There is no segment {name}."),
    "segment_refers_to_itself": (
        "人群“{name}”的条件又绕回它自己。",
        "The segment {name} leads back to itself.",
    ),
    "segment_too_large": (
        "条件太多，最多 {conditions_max} 个。",
        "Too many conditions; {conditions_max} at most.",
    ),
    "days_reversed": ("日期先后不对。", "The days are in the wrong order."),
    "not_stages": (
        "天数要写成 新客,活跃,流失，如 30,60,180，后两个依次变大。",
        "Write days as NEW,ACTIVE,LOST such as 30,60,180, the last two ascending.",
    ),
    "not_a_time_seen": (
        "第 {row} 行：{column} 不是时长。",
        "Row {row}: {column} is no length of time.",
    ),
}
