"""Refusals of profile changes, merges and conflicts in words: Chinese first, English beside it."""

from collections.abc import Mapping
from typing import Final

PROFILE_SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "same_member": ("这两个已经是同一位会员。", "They are one member already."),
    "not_merged": ("这位会员没有合并过。", "This member was not merged into another."),
    "unmerge_too_late": ("合并超过 90 天，不能拆开。", "It was merged more than 90 days ago."),
    "no_such_device": ("没有这台柜台：{wanted}。", "There is no counter {wanted}."),
    "no_such_conflict": ("没有这个冲突：{wanted}。", "There is no conflict {wanted}."),
    "conflict_resolved": ("这个冲突已经处理过：{choice}。", "It was decided before: {choice}."),
    "still_not_applied": (
        "再试了一次，还是不能入账：{error}",
        "It was tried again and still cannot be applied: {error}",
    ),
    "nobody_to_ask": (
        "这台柜台没有接总部，不用申请，直接处理。",
        "This counter has no head office to ask; decide it here.",
    ),
    "asked_before": (
        "已经申请过，等总部确认。",
        "It was asked for already; head office has not answered.",
    ),
    "erased_before": ("这位会员已经注销。", "This member was erased already."),
    "choice_not_offered": (
        "这种冲突不能选 {choice}，可以选：{choices}。",
        "{choice} is no choice here; the choices are: {choices}.",
    ),
}
