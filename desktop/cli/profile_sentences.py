"""Refusals of profile changes, merges and conflicts in words: Chinese first, English beside it."""

from collections.abc import Mapping
from typing import Final

PROFILE_SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "same_member": ("这两个已经是同一位会员。", "They are one member already."),
    "not_merged": ("这位会员没有合并过。", "This member was not merged into another."),
    "unmerge_too_late": ("合并超过 90 天，不能拆开。", "It was merged more than 90 days ago."),
    "no_such_conflict": ("没有这个冲突：{wanted}。", "There is no conflict {wanted}."),
    "conflict_resolved": ("这个冲突已经处理过：{choice}。", "It was decided before: {choice}."),
    "choice_not_offered": (
        "这种冲突不能选 {choice}，可以选：{choices}。",
        "{choice} is no choice here; the choices are: {choices}.",
    ),
}
