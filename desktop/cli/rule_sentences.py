"""What the rules of the shop refuse, in words: Chinese first, English beside it."""

from collections.abc import Mapping
from typing import Final

RULE_SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "phone_taken": ("这个手机号已是会员。", "A member has this telephone number already."),
    "no_such_member": ("没有这位会员。", "There is no such member."),
    "no_such_member.office_unreachable": (
        "本机没有这位会员；本机只存本店的，这次又连不上总部，问不到别店的。",
        "There is no such member here; head office, which knows the others, could not be asked.",
    ),
    "member_not_active": ("这位会员已停用。", "This member is not active."),
    "till_receipt_used": (
        "小票号 {till_receipt} 今天已经记过。",
        "The till receipt {till_receipt} has a sale today.",
    ),
    "tenders_do_not_match": (
        "付款 ¥{tendered} 和应收 ¥{due} 不符。",
        "The tenders are ¥{tendered}, but ¥{due} is due.",
    ),
    "no_such_sale": ("没有这笔消费。", "There is no such sale."),
    "already_reversed": (
        "这笔消费已经撤销或全部退回。",
        "The sale was taken back already, or all of it returned.",
    ),
    "undo_too_late": ("超过 2 分钟，请用 sale void。", "More than two minutes ago; use sale void."),
    "not_this_counter": ("这笔消费不是本机的。", "Another counter made this sale."),
    "sale_elsewhere": (
        "本机没有这笔消费，请先和总部同步。",
        "This counter does not have the sale; exchange with head office first.",
    ),
    "unknown_line": ("这笔消费没有第 {line} 行。", "The sale has no line {line}."),
    "quantity_invalid": (
        "第 {line} 行的退货数量至少是 1。",
        "At least one unit of line {line} comes back.",
    ),
    "over_return": (
        "第 {line} 行最多还能退 {largest} 件。",
        "At most {largest} of line {line} can come back.",
    ),
    "over_returned_amount": ("最多还能退 ¥{largest}。", "At most ¥{largest} can come back."),
    "lines_required": (
        "这笔消费有明细，请按行退货（--line）。",
        "The sale has lines; return it by lines (--line).",
    ),
    "refund_beyond_tender": (
        "原路退款：这种方式应退 ¥{largest}。",
        "Money goes back the way it came: ¥{largest} by this one.",
    ),
    "refund_does_not_match": (
        "退款合计 ¥{refunded}，应退 ¥{due}。",
        "The refund is ¥{refunded}, but ¥{due} comes back.",
    ),
    "not_returnable": (
        "这是原系统的退货记录，不能再退。",
        "This is a return of the former system.",
    ),
    "sale_of_another_member": ("这笔消费不是这位会员的。", "The sale is not this member's."),
    "sale_has_member": ("这笔消费已经有会员。", "The sale has a member already."),
    "attach_too_late": (
        "只能在消费当天（{business_day}）补会员。",
        "A member is attached on the day of the sale only ({business_day}).",
    ),
    "sale_has_returns": (
        "这笔消费已退过 ¥{returned}，不能再补会员。",
        "¥{returned} of the sale came back; nobody can be attached.",
    ),
    "till_receipt_differs": (
        "小票号 {till_receipt} 不是这笔消费的。",
        "The till receipt {till_receipt} is not this sale's.",
    ),
    "return_line_invalid": (
        "“{text}” 不是行号=数量，例如 --line 1=2。",
        "{text} is no LINE=QUANTITY; for example --line 1=2.",
    ),
    "reason_missing": ("请写明原因。", "A reason is needed."),
    "block_exhausted": ("本机的会员号已用完。", "This counter's member numbers are used up."),
    "shift_already_open": ("班次 {number} 还开着。", "Shift {number} is still open."),
    "nothing_printed": ("找不到要补打的那一笔。", "There is nothing here to print again."),
    "no_open_shift": ("没有开着的班次。", "No shift is open."),
    "not_your_shift": (
        "班次 {number} 是别人开的，请本人、班长或店长交班。",
        "Somebody else opened shift {number}: he, a shift lead or a manager closes it.",
    ),
    "redemption_not_offered": ("现在的方案不能用积分抵扣。", "Points do not pay here."),
    "member_required": ("用积分要先选会员。", "Points belong to a member; name one."),
    "below_min_spend": (
        "消费满 ¥{min_spend} 才能用积分。",
        "Points pay from ¥{min_spend} of purchase on.",
    ),
    "not_with_coupon": ("这张券不能和积分同用。", "Points do not pay beside this coupon."),
    "not_a_step": (
        "积分要按 {step} 的整数倍用，最多 {largest}。",
        "Points go in steps of {step}; at most {largest}.",
    ),
    "below_minimum": ("一次至少用 {minimum} 分。", "At least {minimum} points at once."),
    "proof_needed": (
        "抵扣满 ¥{above} 要核验会员本人，请店长授权（--approver）。",
        "From ¥{above} on the member has to prove himself; let a manager approve (--approver).",
    ),
    "insufficient_points": (
        "积分不够：有 {balance}，要用 {requested}，最多 {largest}。",
        "Not enough points: {balance} there, {requested} asked, at most {largest}.",
    ),
    "beyond_lease": (
        "本机现在最多可用 {largest} 分，更多要总部给额度。",
        "This counter may spend {largest} now; more must come from head office.",
    ),
    "over_due": ("积分抵扣超过应收，最多 {largest} 分。", "More than is due; at most {largest}."),
    "over_share": ("超过可抵比例，最多 {largest} 分。", "Above the share; at most {largest}."),
    "over_amount": ("超过每单可抵金额，最多 {largest} 分。", "Above the limit; at most {largest}."),
    "adjustment_out_of_range": (
        "一次可以调整 1 到 {largest} 分。",
        "Between 1 and {largest} points can be adjusted at once.",
    ),
    "not_permitted": ("您的角色不能做这件事。", "Your role may not do this."),
    "approval_needed": (
        "需要另一人授权：--approver ID --pin P。",
        "A second person must approve: --approver ID --pin P.",
    ),
    "no_such_staff": ("没有这位员工。", "Nobody here goes by that."),
    "wrong_pin": ("PIN 不对，已错 {misses} 次。", "The PIN is wrong; misses by now: {misses}."),
    "pin_locked": (
        "PIN 错得太多，{until_at} 后再试。",
        "Too many wrong PINs; wait until {until_at}.",
    ),
    "no_such_batch": ("没有这个导入批次。", "There is no such import."),
    "batch_not_revertible": ("这个批次不能撤回。", "This import cannot be taken back."),
    "batch_not_revertible.too_late": ("超过 7 天，不能撤回。", "More than seven days ago."),
    "batch_not_revertible.reverted": ("这个批次已经撤回。", "It was taken back already."),
    "batch_not_revertible.members_active": (
        "有 {members} 位会员之后有过往来，不能撤回。",
        "{members} of its members have been active since.",
    ),
    "no_sales_to_replay": (
        "{first_day} 至 {last_day} 没有消费，试算不了。",
        "Nothing was sold from {first_day} to {last_day}; there is nothing to replay.",
    ),
    "head_office_decides": (
        "本机已加入总部，方案由总部发布。",
        "This counter belongs to a head office, which publishes the program.",
    ),
    "version_not_above": (
        "{program} 已经有第 {highest} 版；请把 version 写成更大的数。",
        "{program} has version {highest} already; give a higher one.",
    ),
    "begins_in_the_past": (
        "生效日 {effective_on} 已经过去；最早写今天 {today}。",
        "The day {effective_on} is past; the earliest is today, {today}.",
    ),
    "would_be_overtaken": (
        "{other} 从 {other_on} 起会接替它；请把生效日写在那天或之后，version 也要更大。",
        "{other} would take over from {other_on} on; begin no earlier, with a higher version.",
    ),
}
