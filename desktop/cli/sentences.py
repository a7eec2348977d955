"""Refusals, troubles and wrong input in words: Chinese first, English beside it.

A code finds its sentence; where one code has several reasons, `code.reason` is looked up first.
The names in braces are the refusal's own details. A code without a sentence shows itself: a
missing translation must never hide what happened.
"""

from collections.abc import Mapping
from typing import Final

from desktop.cli.pages.labels import LABELS
from desktop.cli.pages.vocabulary import VOCABULARY
from desktop.cli.usage import fault_in_chinese
from desktop.cli.value_sentences import VALUE_SENTENCES

Pair = tuple[str, str]
_SAYS_MORE: Final = frozenset(
    {
        "above_one", "duplicate", "empty_range", "no_such_day", "no_such_time", "not_above_zero",
        "one_award", "one_key", "one_kind", "unknown_timezone", "whole_number",
    }
)  # fmt: skip
"""Problems of a program that are clearer with what was written."""
_REASON_KEYS: Final = ("fault", "reason", "kind", "state")

SENTENCES: Final[Mapping[str, Pair]] = {
    # What was typed.
    "phone_invalid": ("手机号不对。", "This is not a telephone number."),
    "phone_invalid.empty": ("请输入手机号。", "Please give a telephone number."),
    "phone_invalid.too_short": (
        "手机号少 {digits} 位。",
        "Digits missing in the number: {digits}.",
    ),
    "phone_invalid.too_long": (
        "手机号多 {digits} 位。",
        "Digits too many in the number: {digits}.",
    ),
    "phone_invalid.letters": ("手机号里有字母。", "There are letters in the number."),
    "phone_invalid.masked": ("手机号带星号，不完整。", "The number is masked with stars."),
    "phone_invalid.two_numbers": ("这里有两个号码，请只填一个。", "These are two numbers."),
    "phone_invalid.not_in_use": ("没有这样的号段。", "No such number is in use."),
    "phone_invalid.payment_code": (
        "这是付款码，不是手机号；没有保存。",
        "This is a payment code, not a telephone number; it was not kept.",
    ),
    "phone_invalid.bank_card": (
        "这是银行卡号，不是手机号；没有保存。",
        "This is a bank card, not a telephone number; it was not kept.",
    ),
    "phone_invalid.identity_card": (
        "这是身份证号，不是手机号；没有保存。",
        "This is an identity card, not a telephone number; it was not kept.",
    ),
    "private_code_refused": (
        "这是付款码、银行卡或证件号，不是会员码；没有保存。",
        "This is a payment code, a bank card or an identity card, not a member; it was not kept.",
    ),
    "member_number_invalid": (
        "会员号不完整或读错，请重扫。",
        "The member number is damaged; scan it again.",
    ),
    "not_an_amount": ("金额不对。", "This is not an amount."),
    "not_an_amount.empty": ("请输入金额。", "Please give an amount."),
    "not_an_amount.not_a_number": ("金额不是数字。", "The amount is no number."),
    "not_an_amount.negative": ("金额不能是负数。", "The amount may not be negative."),
    "not_an_amount.zero": ("金额不能是 0。", "The amount may not be 0."),
    "not_an_amount.too_precise": ("金额最多两位小数。", "The amount has at most two decimals."),
    "not_an_amount.too_large": ("金额太大。", "The amount is too large."),
    "field_invalid": ("字段 {field} 的内容不对。", "The field {field} holds what it may not."),
    "birthday_invalid": (
        "生日不对，请写 MM-DD 或 YYYY-MM-DD。",
        "Not a birthday; write MM-DD or YYYY-MM-DD.",
    ),
    "invalid_program": (
        "方案文件有错，未采用。",
        "The program has errors; nothing was taken over.",
    ),
    "invalid_scenario": ("情景文件有错，未运行。", "The scenario has errors; nothing was run."),
    "weak_pin": ("这个 PIN 太容易猜。", "This PIN is too easy to guess."),
    "option_needs_value": ("选项 {option} 缺少值。", "The option {option} needs a value."),
    "pin_without_person": (
        "--pin 前面要有 --staff 或 --approver。",
        "--pin belongs behind --staff or --approver.",
    ),
    "pin_missing": ("{option} 需要 --pin。", "{option} needs --pin."),
    "staff_required": (
        "这个操作需要 --staff 和 --pin。",
        "This act needs --staff and --pin.",
    ),
    "not_a_sandbox": (
        "--at 和 GUITAI_NOW 只在沙盒（init --sandbox）里有效。",
        "--at and GUITAI_NOW work in a sandbox (init --sandbox) only.",
    ),
    "not_a_time": ("时间不对：{text}", "This is no time: {text}"),
    "not_a_day": ("日期不对：{text}", "This is no day: {text}"),
    "not_an_id": ("这不是 ID：{text}", "This is no id: {text}"),
    "not_points": (
        "积分要写整数，不能是 0：{text}",
        "Points are whole numbers and not 0: {text}",
    ),
    "reason_required": ("请用 --reason 写明原因。", "Please give a reason with --reason."),
    "one_of": ("请写其中一个，只写一个：{options}", "Give exactly one of {options}."),
    "unknown_value": (
        "{option} 只能是：{allowed}",
        "{option} is one of: {allowed}",
    ),
    "home_exists": ("这个目录里已经有门店数据：{home}", "There is a home already: {home}"),
    "file_not_readable": ("文件读不了：{file}", "The file cannot be read: {file}"),
    "file_empty": ("文件是空的：{file}", "The file is empty: {file}"),
    "file_too_large": ("文件太大：{file}", "The file is too large: {file}"),
    "not_text": (
        "文件编码认不出（支持 UTF-8、GBK、GB18030、UTF-16）。",
        "The encoding is unknown (UTF-8, GBK, GB18030 and UTF-16 are read).",
    ),
    "spreadsheet": (
        "这是 Excel 文件，请另存为 CSV 再导入：{file}",
        "This is a spreadsheet; save it as CSV first: {file}",
    ),
    "out_required": ("请用 --out 指定文件。", "Give a file with --out."),
    "days_out_of_range": ("日期范围不对，最多 {days} 天。", "At most {days} days, in order."),
    "no_such_branch": ("没有这个门店：{name}", "There is no such branch: {name}"),
    "not_a_table": ("文件不是表格：{problem}", "The file is no table: {problem}"),
    "columns_missing": (
        "缺少列：{missing}。文件里的列：{found}",
        "Columns are missing: {missing}. The file has: {found}",
    ),
    "map_invalid": ("列对照文件不对：{problem}", "The map file is wrong: {problem}"),
    "tender_invalid": (
        "付款写成 cash=128.00；方式只能是：{allowed}",
        "Write a tender as cash=128.00; it is one of: {allowed}",
    ),
    "line_invalid": (
        "第 {row} 行的 {field} 不对：{text}",
        "Row {row}: {field} is wrong: {text}",
    ),
    "no_lines": ("明细文件里没有商品行。", "The file of lines has no lines."),
    "not_json": ("不是有效的 JSON：{problem}", "This is no JSON: {problem}"),
    "ambiguous_member": (
        "不止一位会员符合，请用会员号或 ID。",
        "More than one member answers; use the number or the id.",
    ),
    "demo_command_failed": (
        "演示停在 {command}（退出码 {exit_code}）：{said}",
        "The demo stopped at {command} (exit {exit_code}): {said}",
    ),
    "not_built": ("这个功能还没有装上：{feature}", "This part is not installed: {feature}"),
    "usage": ("用法不对：{message}", "Usage: {message}"),
    "enrolled_already": ("本机已经加入总部。", "This counter belongs to a head office already."),
    "not_enrolled": ("本机还没有加入总部。", "This counter belongs to no head office."),
    "office_address_invalid": (
        "总部地址不对，要以 https:// 开头；只有本机可以用 http://。",
        "Not an address of head office: it begins with https://, or http:// on this machine.",
    ),
    # What the rules refuse.
    "phone_taken": ("这个手机号已是会员。", "A member has this telephone number already."),
    "no_such_member": ("没有这位会员。", "There is no such member."),
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
    "already_reversed": ("这笔消费已经撤销过。", "The sale was reversed already."),
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
    "no_open_shift": ("没有开着的班次。", "No shift is open."),
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
    # What the world does.
    "no_home": (
        "这里还没有数据，请先运行 guitai init：{home}",
        "There is no home here; run guitai init first: {home}",
    ),
    "newer_database": (
        "数据库由更新的版本写成（{found}），本版本最多认 {supported}；请升级软件。",
        "A newer version wrote the database ({found}; this one reads {supported}). Please upgrade.",
    ),
    "home_in_use": (
        "另一个窗口或服务正在使用这些数据。",
        "Another window or server works on this home.",
    ),
    "storage_unavailable": ("数据库不可用。", "The database cannot be used."),
    "storage_unavailable.no_home": (
        "这里还没有门店数据，请先运行 guitai init。",
        "There is no home here; run guitai init first.",
    ),
    "storage_unavailable.disk_full": (
        "磁盘已满，没有保存。",
        "The disk is full; nothing was kept.",
    ),
    "storage_unavailable.read_only": ("数据目录不可写。", "The home cannot be written."),
    "storage_unavailable.busy": (
        "另一个程序正在写入，等了 5 秒；请再试。",
        "Another process is writing; waited 5 seconds. Please try again.",
    ),
    "storage_unavailable.input_output": ("磁盘读写出错。", "The disk reports an error."),
    "storage_unavailable.corrupt": (
        "数据库文件已损坏，请用 restore 恢复备份。",
        "The database is damaged; restore a backup.",
    ),
    "storage_unavailable.cannot_open": ("数据库打不开。", "The database cannot be opened."),
    "storage_unavailable.wrong_key_or_not_a_database": (
        "数据库打不开：密钥不对，或者文件已损坏。请用 restore 恢复备份。",
        "The key is wrong, or the file is damaged. Restore a backup.",
    ),
    "storage_unavailable.key_missing": (
        "找不到数据库密钥；没有它，数据打不开。",
        "The database key is missing; without it nothing can be read.",
    ),
    "storage_unavailable.key_damaged": ("数据库密钥已损坏。", "The database key is damaged."),
    "address_not_free": (
        "{address} 用不了，换一个端口。",
        "{address} is not free; take another port.",
    ),
    "storage_unavailable.not_a_backup": ("这不是备份文件。", "This is no backup."),
    "storage_unavailable.device_damaged": (
        "本机的入网文件已损坏，请重新加入总部。",
        "The device file is damaged; enroll again.",
    ),
    "office_unreachable": (
        "连不上总部，本机没有加入。请检查地址和网络。",
        "Head office cannot be reached; nothing has changed. Check the address and the line.",
    ),
    "office_unreachable.not_ours": (
        "回答的不是总部，可能是网络的登录页。本机没有加入。",
        "What answered is not head office; perhaps a sign-in page. Nothing has changed.",
    ),
    "office_unreachable.status": (
        "那个地址上的服务出错，或者不是总部。本机没有加入。",
        "The server there reports a fault, or is not head office. Nothing has changed.",
    ),
    "office_unreachable.redirected": (
        "网络要求先登录，可能是公共 Wi-Fi。本机没有加入。",
        "The network wants a sign-in first. Nothing has changed.",
    ),
    "office_unreachable.tls": (
        "总部的加密证书不可信。本机没有加入。",
        "The certificate of head office cannot be trusted. Nothing has changed.",
    ),
    "office_unreachable.timeout": (
        "总部没有及时回答，本机没有加入。请再试。",
        "Head office did not answer in time; nothing has changed. Please try again.",
    ),
    "office_refused": ("总部没有接受：{reason}", "Head office refused: {reason}"),
    "office_refused.code_unknown": ("入网码不对。", "The code is unknown."),
    "office_refused.code_expired": ("入网码已过期。", "The code has expired."),
    "office_refused.code_used": ("入网码已用过。", "The code was used already."),
    "office_refused.revoked": ("本机已被总部停用。", "Head office has revoked this counter."),
    "file_not_writable": ("文件写不了：{file}", "The file cannot be written: {file}"),
    "verify_failed": ("账目核对不一致。", "The book does not agree with itself."),
    "bug": ("程序出错，什么都没有保存。", "A fault in the program; nothing was kept."),
    **VALUE_SENTENCES,
}


def sentence(code: str, details: Mapping[str, object], language: str) -> str:
    """Return what to tell a person, in `zh` or `en`."""
    pair = _pair(code, details)
    if pair is None:
        return f"{code} {dict(details) or ''}".rstrip()
    shown = {name: _shown(name, value, language) for name, value in details.items()}
    return pair[0 if language == "zh" else 1].format_map(_Known(shown)).strip()


def _shown(name: str, value: object, language: str) -> object:
    """Return a detail as people read it: figures with commas, fields and faults in Chinese."""
    if isinstance(value, int):
        return f"{value:,}"
    if name == "problem" and language == "zh":
        return fault_in_chinese(str(value))
    if name in ("field", "missing") and language == "zh":
        columns = str(value).split(", ")
        return "、".join(_column(column) for column in columns)
    return value


def _column(name: str) -> str:
    """Return a column or an option with its Chinese name before it, where it has one."""
    label = LABELS.get(name)
    return name if label is None else f"{label[0]}（{name}）"


def _pair(code: str, details: Mapping[str, object]) -> Pair | None:
    for key in _REASON_KEYS:
        if key in details and (pair := SENTENCES.get(f"{code}.{details[key]}")) is not None:
            return pair
    return SENTENCES.get(code)


class _Known(dict[str, object]):
    """Details that show an unknown name as nothing."""

    def __missing__(self, key: str) -> str:
        return ""


def problem_line(problem: Mapping[str, object], language: str) -> str:
    """Return a problem of a program or a scenario: where it is, and what is wrong there."""
    details = problem.get("details")
    values = details.values() if isinstance(details, Mapping) else ()
    parts = (", ".join(value) if isinstance(value, list) else str(value) for value in values)
    more = " – ".join(parts)
    pair = VOCABULARY["problem"].get(str(problem["code"]))
    words = str(problem["code"]) if pair is None else pair[0 if language == "zh" else 1]
    where = str(problem["path"]).removeprefix("$.")
    if where == "$":
        where = "文件" if language == "zh" else "file"
    if problem["code"] in _SAYS_MORE and more:
        words += f"（{more}）" if language == "zh" else f" ({more})"
    return f"{where}{'：' if language == 'zh' else ': '}{words}"
