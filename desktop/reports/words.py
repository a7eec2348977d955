"""The words of reports in both languages: a report may be printed in another one than the window.

No Qt: the command line writes the same files. Chinese first, English second, one line each.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

_WEEKDAYS: Final = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "day_report": ("日报", "Day report"),
    "days_report": ("多日汇总", "Several days"),
    "all_branches": ("全部门店", "All branches"),
    "as_of": ("截至 {at}", "As of {at}"),
    "made_by": ("{name} 导出", "Exported by {name}"),
    "page": ("第 {page} / {pages} 页", "Page {page} of {pages}"),
    "product": ("柜台会员", "Guitai"),
    "business_day": ("营业日 {cut} 起算", "Business day from {cut}"),
    "unsynced": ("本机 {count} 笔待上传", "Waiting to be sent from here: {count}"),
    "silent": ("还没有收到数据：{names}", "Nothing received yet from: {names}"),
    "more_names": ("{names} 等 {count} 台", "{names} and others: {count} counters"),
    "read_failed": ("读取失败，显示的是之前读到的数字", "Reading failed; these figures are older"),
    "nothing_read": ("读取失败，请再打开一次", "Reading failed; please open it again"),
    "empty": ("这天没有记录", "Nothing recorded on this day"),
    "empty_hint": ("换一天看看", "Try another day"),
    # the headline
    "amount": ("消费额", "Sales amount"),
    "sales": ("消费笔数", "Sales"),
    "average": ("客单价", "Average sale"),
    "member_share": ("会员消费占比", "Members' share"),
    "new_members": ("新会员", "New members"),
    "earned": ("发放积分", "Points given"),
    "redeemed": ("使用积分", "Points used"),
    "taken_back": ("撤销与作废", "Undone and voided"),
    "vs_week": ("比上周同日 {change}", "{change} vs last week"),
    "vs_weeks": ("比上一周期 {change}", "{change} vs the period before"),
    "member_sales_note": ("{sales} 笔，{members} 位会员", "sales: {sales}, members: {members}"),
    "worth": ("抵扣 {amount}", "worth {amount}"),
    "worth_and_gifts": ("抵扣 {amount}，换礼品 {gifts} 分", "worth {amount}, {gifts} for gifts"),
    "adjusted_note": ("另有手工调整 {points}", "adjusted by hand: {points}"),
    "reversal_note": ("{count} 笔", "sales: {count}"),
    "define_amount": (
        "这些营业日里有效消费的应收合计。撤销、作废的不算，积分抵扣已经减去。",
        "What valid sales came to, less points paid. Undone and voided sales do not count.",
    ),
    "define_sales": (
        "有效消费的笔数。撤销、作废的不算。",
        "How many valid sales. Undone and voided sales do not count.",
    ),
    "define_average": ("消费额 ÷ 消费笔数。", "Sales amount divided by sales."),
    "define_member_share": (
        "会员的消费额 ÷ 全部消费额。",
        "What members spent, divided by the whole sales amount.",
    ),
    "define_new_members": (
        "在这些营业日登记的会员，导入的不算。",
        "Members registered on these business days; imported ones do not count.",
    ),
    "define_earned": (
        "有效消费得到的积分。撤销、作废的不算。",
        "Points that valid sales gave. Undone and voided sales do not count.",
    ),
    "define_redeemed": (
        "有效消费里、单独兑换时和换礼品用掉的积分；换礼品的不抵钱。",
        "Points used in valid sales, without one, and for gifts; those for gifts pay nothing.",
    ),
    "define_taken_back": (
        "在这些营业日撤销或作废的消费，按撤销那天算，不管是哪天卖的。",
        "Sales undone or voided on these business days, counted on the day they were taken back.",
    ),
    # the tables
    "by_hour": ("每小时消费额（元）", "Sales amount by hour (yuan)"),
    "by_day": ("每天消费额（元）", "Sales amount by day (yuan)"),
    "sum": ("消费额", "Amount"),
    "hour": ("时段", "Hour"),
    "day": ("日期", "Day"),
    "tenders": ("付款方式", "Ways of paying"),
    "tender": ("方式", "Paid by"),
    "categories": ("分类", "Categories"),
    "category": ("分类", "Category"),
    "no_category": ("未分类", "No category"),
    "other_categories": ("其他", "Other"),
    "quantity": ("件数", "Items"),
    "counters": ("柜台", "Counters"),
    "counter": ("柜台", "Counter"),
    "last_data": ("数据到", "Data until"),
    "no_data": ("未收到", "none yet"),
    "cashiers": ("收银员", "Cashiers"),
    "cashier": ("收银员", "Cashier"),
    "nobody": ("（不在名单）", "(not listed)"),
    "undone": ("撤销", "Undone"),
    "voided": ("作废", "Voided"),
    "returned": ("退货", "Returned"),
    "returned_points": ("退货收退", "By returns"),
    "share": ("占比", "Share"),
    "member_sales": ("会员笔数", "By members"),
    "shifts": ("班次", "Shifts"),
    "shift": ("班次", "Shift"),
    "time": ("时间", "Time"),
    "float": ("备用金", "Float"),
    "cash": ("现金", "Cash"),
    "expected": ("应有", "Expected"),
    "counted": ("实点", "Counted"),
    "difference": ("差额", "Over/short"),
    "till_total": ("收银机 Z", "Till Z"),
    "till_difference": ("对账差", "vs till"),
    "open_shift": ("未交班", "open"),
    "points": ("积分", "Points"),
    "points_moved": ("积分变动", "Points in and out"),
    "opening": ("期初带入", "Brought along"),
    "adjusted": ("手工调整", "Adjusted by hand"),
    "points_taken_back": ("收回积分", "Points taken back"),
    "points_given_back": ("退还积分", "Points given back"),
    "stored_value": ("储值", "Stored value"),
    "times": ("笔数", "Times"),
    "money": ("金额", "Amount"),
    "topped_up": ("充值本金", "Paid in"),
    "bonus_given": ("充值赠金", "Bonus given"),
    "value_refunded": ("退还本金", "Paid out"),
    "bonus_void": ("作废赠金", "Bonus void"),
    "spent_principal": ("消费用本金", "Principal spent"),
    "spent_bonus": ("消费用赠金", "Bonus spent"),
    "total": ("合计", "Total"),
    "item": ("项目", "Item"),
    "value": ("数值", "Value"),
    "note": ("说明", "Note"),
    "cash_tender": ("现金", "Cash"),
    "card_tender": ("银行卡", "Card"),
    "wechat_tender": ("微信", "WeChat"),
    "alipay_tender": ("支付宝", "Alipay"),
    "stored_value_tender": ("储值", "Stored value"),
    "other_tender": ("其他", "Other"),
    # the member's card
    "member_code": ("会员码", "Member code"),
    "staff_badge": ("工牌", "Staff badge"),
    "badge_scan_me": (
        "在收银台扫此码登录，请随身保管",
        "Scan at the counter to sign in; keep it with you",
    ),
    "scan_me": ("出示此码，消费积分", "Show this code to earn points"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words in one language, `zh_CN` or `en`."""

    language: str

    @property
    def chinese(self) -> bool:
        """Say whether it is Chinese, which every language but English becomes."""
        return not self.language.startswith("en")

    def __call__(self, key: str, **values: object) -> str:
        """Return a word or a sentence with its values in it; an unknown key is a bug."""
        text = _WORDS[key][0 if self.chinese else 1]
        return text.format(**values) if values else text

    def tender(self, code: str) -> str:
        """Return the name of a way of paying; its code where we know none."""
        key = f"{code}_tender"
        return self(key) if key in _WORDS else code

    def day(self, day: date) -> str:
        """Return a day with its weekday: `2026-11-21 星期六`, `Saturday, 2026-11-21`."""
        if self.chinese:
            return f"{day:%Y-%m-%d} {_WEEKDAYS[day.weekday()]}"
        names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        return f"{names[day.weekday()]}, {day:%Y-%m-%d}"

    def days(self, first: date, last: date) -> str:
        """Return one day, or the first and the last of several."""
        if first == last:
            return self.day(first)
        return f"{first:%Y-%m-%d} – {last:%Y-%m-%d}"


def word_keys() -> tuple[str, ...]:
    """Return every key; a test holds both languages to each."""
    return tuple(_WORDS)
