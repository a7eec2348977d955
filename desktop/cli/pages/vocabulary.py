"""The values of closed lists as people read them, Chinese first, English beside it."""

from collections.abc import Mapping
from typing import Final

Pair = tuple[str, str]

_HAPPENED: Final[Mapping[str, Pair]] = {
    "sale": ("消费", "Sale"),
    "undo": ("撤销", "Undone"),
    "void": ("作废", "Voided"),
    "redeem": ("用积分", "Points used"),
    "adjust": ("调整", "Adjusted"),
    "opening": ("期初积分", "Brought along"),
    "enrollment": ("入会", "Joined"),
}
_STATES: Final[Mapping[str, Pair]] = {
    "active": ("正常", "active"),
    "frozen": ("已冻结", "frozen"),
    "merged": ("已合并", "merged"),
    "erased": ("已注销", "erased"),
}
_CHANNELS: Final[Mapping[str, Pair]] = {
    "walk_in": ("到店", "in the shop"),
    "referral": ("老带新", "a member's friend"),
    "event": ("活动", "an event"),
    "wechat": ("微信", "WeChat"),
    "web": ("网站", "the web"),
    "import": ("导入", "an import"),
    "other": ("其他", "other"),
}
_TENDERS: Final[Mapping[str, Pair]] = {
    "cash": ("现金", "Cash"),
    "card": ("银行卡", "Card"),
    "wechat": ("微信", "WeChat"),
    "alipay": ("支付宝", "Alipay"),
    "stored_value": ("储值", "Stored value"),
    "other": ("其他", "Other"),
}
_MATCHED: Final[Mapping[str, Pair]] = {
    "phone": ("手机号", "phone"),
    "number": ("会员号", "number"),
    "external_id": ("原系统编号", "former id"),
    "last_digits": ("手机尾号", "last digits"),
    "name": ("姓名", "name"),
    "pinyin": ("拼音", "pinyin"),
}
_SKIPPED: Final[Mapping[str, Pair]] = {
    "phone_taken": ("已是会员", "is a member already"),
    "phone_empty": ("没有手机号", "no telephone number"),
    "phone_too_short": ("手机号位数不够", "the telephone number is too short"),
    "phone_too_long": ("手机号位数太多", "the telephone number is too long"),
    "phone_letters": ("手机号里有字母", "letters in the telephone number"),
    "phone_masked": ("手机号带星号", "the telephone number is masked"),
    "phone_two_numbers": ("一格里有两个号码", "two telephone numbers in a cell"),
    "phone_not_in_use": ("没有这样的号段", "no such telephone number is in use"),
    "phone_payment_code": ("这是付款码", "a payment code, not a telephone number"),
    "phone_bank_card": ("这是银行卡号", "a bank card, not a telephone number"),
    "phone_identity_card": ("这是身份证号", "an identity card, not a telephone number"),
    "birthday_not_a_date": ("生日不是日期", "the birthday is no date"),
    "birthday_no_such_day": ("没有这一天（生日）", "the birthday is no day of the year"),
    "birthday_in_the_future": ("生日在将来", "the birthday is in the future"),
    "birthday_too_long_ago": ("生日太早", "the birthday is too long ago"),
    "birthday_ambiguous": ("生日有歧义", "the birthday can be read in two ways"),
    "points_invalid": ("积分不是整数", "the points are no whole number"),
    "day_invalid": ("入会日不对", "the day of joining is no day"),
    "duplicate_in_file": ("和前面一行重复", "an earlier row has the same"),
    "more_cells_than_headings": ("单元格比表头多", "more cells than headings"),
    "no_id": ("没有编号", "no id"),
    "time_invalid": ("时间不对", "the time is none"),
    "total_does_not_add_up": ("合计对不上", "the total does not add up"),
    "lines_do_not_add_up": ("明细和合计对不上", "the lines do not add up to the total"),
    "phone_not_a_number": ("不是手机号", "is no telephone number"),
    "total_invalid": ("合计不是金额", "the total is no amount"),
    "gross_invalid": ("原价不是金额", "the gross is no amount"),
    "discount_invalid": ("优惠不是金额", "the discount is no amount"),
    "coupon_discount_invalid": ("券优惠不是金额", "the coupon's discount is no amount"),
    "unit_price_invalid": ("单价不是金额", "the unit price is no amount"),
    "amount_invalid": ("金额不对", "the amount is none"),
    "qty_invalid": ("数量不是整数", "the quantity is no whole number"),
    "items_invalid": ("件数不是整数", "the number of items is no whole number"),
}
_PROBLEMS: Final[Mapping[str, Pair]] = {
    "above_one": ("比例不能大于 1", "a share is at most 1"),
    "does_not_belong": ("这一项不该写在这里", "does not belong here"),
    "duplicate": ("重复了", "is there twice"),
    "empty_range": ("起点比终点大", "the range is empty"),
    "event_has_no_amount": ("事件没有金额可算", "an event has no amount"),
    "event_has_no_lines": ("事件没有商品行", "an event has no lines"),
    "event_only_under_all": ("event 只能放在 all 下面", "event stands under all only"),
    "exclusive_without_points": ("独占规则必须给积分", "an exclusive rule must give points"),
    "gives_nothing": ("什么都没给", "gives nothing"),
    "line_leaves_only": ("这里只能写商品条件", "conditions on lines only"),
    "lines_or_amount": ("lines 和 amount 必须选一个", "give lines or amount, one of them"),
    "missing_field": ("缺少这一项", "is missing"),
    "mixed_condition": ("商品条件和其他条件不能混用", "lines and other conditions do not mix here"),
    "multiply_always_adds": ("倍数规则不能独占", "a multiplier cannot be exclusive"),
    "no_such_day": ("没有这一天", "is no day"),
    "no_such_time": ("不是时间", "is no time"),
    "not_above_zero": ("必须大于 0", "must be above 0"),
    "not_ascending": ("必须从小到大", "must ascend"),
    "not_at_counter_yet": ("柜台还不支持", "counters do not know this yet"),
    "not_json": ("不是有效的 JSON", "is no JSON"),
    "not_supported_yet": ("这一版还不支持", "is not supported yet"),
    "one_effect": ("必须正好写一种优惠", "give exactly one effect"),
    "one_award": ("必须正好写一种奖励", "give exactly one award"),
    "one_key": ("必须正好写一个条件", "give exactly one condition"),
    "one_kind": ("一步只能做一件事", "a step does one thing"),
    "too_large": ("文件太大", "is too large"),
    "sale_has_no_event": ("消费里没有 event", "a sale has no event"),
    "unknown_coupon": ("没有这种券", "no such coupon in the program"),
    "unknown_field": ("没有这一项，请检查拼写", "no such field; check its spelling"),
    "unknown_timezone": ("没有这个时区", "no such time zone"),
    "whole_number": ("必须是整数", "must be a whole number"),
    "wrong_type": ("类型不对", "has the wrong type"),
    "wrong_value": ("值不对", "has a wrong value"),
}
_FOUND_BY_VERIFY: Final[Mapping[str, Pair]] = {
    "file_damaged": ("文件损坏", "the file is damaged"),
    "chain_gap": ("记录中间有缺", "a record is missing"),
    "chain_broken": ("记录链断开", "the chain of records is broken"),
    "operation_unreadable": ("记录读不出", "a record cannot be read"),
    "operation_altered": ("记录被改过", "a record was altered"),
    "operation_columns_differ": ("记录的索引不一致", "a record and its columns differ"),
    "stream_head_differs": ("记录的末尾不一致", "the end of the records differs"),
    "transfers_differ": ("积分分录不一致", "points moved differ from their record"),
    "sale_missing": ("缺少一笔消费", "a sale is missing"),
    "sale_differs": ("消费不一致", "a sale differs from its record"),
    "sale_lines_differ": ("消费明细不一致", "a sale's lines differ"),
    "points_entry_differs": ("积分记录不一致", "an entry of points differs"),
    "reversal_differs": ("撤销记录不一致", "a reversal differs from its record"),
    "personal_altered": ("会员资料被改过", "personal data was altered"),
    "rows_differ": ("行数不一致", "the number of rows differs"),
    "counter_day_differs": ("日合计不一致", "the day's sums differ"),
    "account_differs": ("会员积分余额不一致", "a balance differs"),
    "accounts_unbalanced": ("积分借贷不平", "the accounts do not balance"),
    "lot_differs": ("积分批次余额不一致", "a lot's points differ"),
    "lease_differs": ("本机可兑额度不一致", "a lease differs"),
    "lease_sum_differs": ("本机可兑额度合计不一致", "a lease's sum differs"),
    "member_total_differs": ("会员累计不一致", "a member's totals differ"),
    "member_total_missing": ("缺少会员累计", "a member's totals are missing"),
    "reversal_mark_differs": ("撤销标记不一致", "a sale's mark of reversal differs"),
    "transfer_without_operation": ("积分分录没有记录", "points moved without a record"),
}
_LINE: Final[Mapping[str, Pair]] = {
    "offline": ("连不上总部", "head office cannot be reached"),
    "timeout": ("总部没有及时回答", "head office did not answer in time"),
    "tls": ("加密连接不可信", "the encrypted line cannot be trusted"),
    "redirected": ("网络要求先登录（可能是公共 Wi-Fi）", "the network wants a sign-in first"),
    "not_ours": ("回答的不是总部（可能是登录页）", "what answered is not head office"),
    "wrong_signature": ("回答的不是我们的总部", "another head office answered"),
    "status": ("总部服务出错", "head office reports a fault"),
    "too_large": ("总部的回答太大", "the answer is too large"),
    "update_needed": ("本机版本太旧，请升级", "this version is too old; upgrade"),
    "revoked": ("本机已被总部停用", "head office has revoked this counter"),
    "storage_unavailable": ("本机的入网文件坏了", "the device file here is damaged"),
}
_DEVICES: Final[Mapping[str, Pair]] = {
    "live": ("在用", "in use"),
    "revoked": ("已停用", "revoked"),
}
_GENDERS: Final[Mapping[str, Pair]] = {
    "": ("", ""),
    "female": ("女", "female"),
    "male": ("男", "male"),
    "other": ("其他", "other"),
}
_PURPOSES: Final[Mapping[str, Pair]] = {
    "membership": ("会员服务", "membership"),
    "marketing": ("优惠短信", "marketing"),
}
_ROUNDINGS: Final[Mapping[str, Pair]] = {
    "down": ("舍去小数", "rounded down"),
    "half_up": ("四舍五入", "rounded to the nearest"),
    "up": ("向上取整", "rounded up"),
}
_CAPS: Final[Mapping[str, Pair]] = {
    "per_sale": ("每笔上限", "the limit per sale"),
    "per_day": ("每天上限", "the limit per day"),
    "per_month": ("每月上限", "the limit per month"),
}
_SILENCES: Final[Mapping[str, Pair]] = {
    "condition": ("条件不符，不给", "its condition does not hold"),
    "no_line": ("没有符合的商品，不给", "no line fits"),
    "exclusive": ("有独占的规则，不给", "another rule excludes it"),
}
_COMBINATIONS: Final[Mapping[str, Pair]] = {
    "max": ("取最高", "the highest counts"),
    "sum": ("加起来", "added up"),
    "product": ("相乘", "multiplied"),
}
_SOURCES: Final[Mapping[str, Pair]] = {
    "counter": ("柜台", "the counter"),
    "import": ("导入", "an import"),
}
_REPORTS: Final[Mapping[str, Pair]] = {
    "day": ("日报：一天（或几天）的营业结果", "what a business day, or a few, came to"),
}
VOCABULARY: Final[Mapping[str, Mapping[str, Pair]]] = {
    "cap": _CAPS,
    "channel": _CHANNELS,
    "combine": _COMBINATIONS,
    "device": _DEVICES,
    "found": _FOUND_BY_VERIFY,
    "gender": _GENDERS,
    "happened": _HAPPENED,
    "line": _LINE,
    "matched": _MATCHED,
    "problem": _PROBLEMS,
    "purpose": _PURPOSES,
    "report": _REPORTS,
    "rounding": _ROUNDINGS,
    "silence": _SILENCES,
    "skipped": _SKIPPED,
    "source": _SOURCES,
    "state": _STATES,
    "tender": _TENDERS,
}
