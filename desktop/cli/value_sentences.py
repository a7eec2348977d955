"""Refusals of stored value in words: Chinese first, English beside it."""

from collections.abc import Mapping
from typing import Final

VALUE_SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "stored_value_not_offered": (
        "现行方案没有储值。",
        "The program keeps no stored value.",
    ),
    "insufficient_stored_value": (
        "储值不够：要用 ¥{requested}，只有 ¥{balance}（本金 ¥{principal}，赠金 ¥{bonus}）。",
        "¥{requested} is wanted, ¥{balance} is there (principal ¥{principal}, bonus ¥{bonus}).",
    ),
    "stored_value_elsewhere": (
        "本机现在最多可用储值 ¥{largest}；其余不在本机，联网后请再试。",
        "¥{largest} of stored value can be used here now; the rest is not held here, try online.",
    ),
    "stored_value_over_due": (
        "储值 ¥{requested} 超过应收，最多用 ¥{largest}。",
        "Stored value of ¥{requested} is more than is due; ¥{largest} at most.",
    ),
    "over_max_balance": (
        "充 ¥{pay} 后超过储值上限 ¥{max_balance}；最多还能充 ¥{largest}。",
        "Paying in ¥{pay} would pass the limit of ¥{max_balance}; ¥{largest} at most.",
    ),
    "top_up_spent": (
        "这笔充值已经用掉一部分（本金还有 ¥{principal}，赠金还有 ¥{bonus_left}），不能整笔退回。",
        "Some of that top-up was spent (principal ¥{principal}, bonus ¥{bonus_left} left).",
    ),
    "no_such_top_up": (
        "这位会员没有这笔充值，或已经退回。",
        "This member has no such top-up, or it was taken back.",
    ),
    "nothing_to_refund": (
        "没有本金可退；赠金不退。",
        "There is no principal to pay out; bonus is not paid out.",
    ),
    "refund_over_principal": (
        "最多可退本金 ¥{largest}。",
        "¥{largest} of principal can be paid out at most.",
    ),
}
