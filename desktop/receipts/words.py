"""The words of receipts in both languages, Chinese first; a column has little room, so short ones.

A receipt may be in another language than the window: it is the customer's paper.
"""

from dataclasses import dataclass
from typing import Final

from db.domain.clock import BusinessCalendar
from db.domain.money import amount_shown
from desktop.wording.lists import TENDERS, word_of
from desktop.wording.speech import Names, Speech, points_said

WORDS: Final[dict[str, tuple[str, str]]] = {
    "sale": ("消费小票", "Receipt"),
    "return": ("退货单", "Return"),
    "top_up": ("储值充值", "Top-up"),
    "refund": ("储值退款", "Stored value refunded"),
    "shift_open": ("班次小结（X）", "Shift so far (X)"),
    "shift_closed": ("交班单（Z）", "Shift report (Z)"),
    "test": ("打印测试页", "Printer test page"),
    "copy": ("补打 第 {count} 次", "Copy {count}"),
    "reversed_undo": ("本单已撤销", "Undone"),
    "reversed_void": ("本单已作废", "Voided"),
    "cashier": ("收银 {name}", "Cashier {name}"),
    "till_receipt": ("收银小票号", "Till receipt"),
    "goods": ("商品", "Goods"),
    "quantity": ("数量", "Qty"),
    "amount": ("金额", "Amount"),
    "gross": ("合计", "Total"),
    "discount": ("优惠", "Discount"),
    "points_paid": ("积分抵扣 {points} 分", "{points} points"),
    "due": ("实付", "Paid"),
    "member": ("会员", "Member"),
    "phone": ("手机", "Phone"),
    "earned": ("本单积分", "Points earned"),
    "redeemed": ("使用积分", "Points used"),
    "taken_back": ("扣回积分", "Points taken back"),
    "given_back": ("退还积分", "Points given back"),
    "owed": ("欠分", "Points owed"),
    "balance": ("可用积分", "Points available"),
    "as_of": ("截至 {at}", "As of {at}"),
    "expires": ("{day} 到期", "Expiring {day}"),
    "raised": ("已升级为 {tier}", "You are {tier} from now on"),
    "paid_back": ("退款", "Paid back"),
    "of_sale": ("原单 {mark}", "Of sale {mark}"),
    "mark": ("单号 {mark}", "No. {mark}"),
    "principal": ("本金", "Principal"),
    "bonus": ("赠金", "Bonus"),
    "held_principal": ("储值余额 本金", "Held: principal"),
    "held_bonus": ("储值余额 赠金", "Held: bonus"),
    "code_here": ("凭此码退货", "Scan this code to return goods"),
    "code_signed": ("凭此码退货，离线可用", "Scan this code to return goods"),
    "code_short": ("凭此码退货，需联网核对", "Scan this code to return goods (online)"),
    "thanks": ("谢谢惠顾", "Thank you"),
    "shift": ("班次 {number}", "Shift {number}"),
    "opened": ("开班", "Opened"),
    "closed": ("交班", "Closed"),
    "sales": ("消费笔数", "Sales"),
    "member_sales": ("其中会员", "Of members"),
    "net": ("净额", "Net amount"),
    "reversals": ("撤销作废", "Undone, voided"),
    "returns": ("退货 {count} 笔", "Returns: {count}"),
    "points_out": ("发放积分", "Points given"),
    "points_in": ("使用积分", "Points used"),
    "topped_up": ("储值充值", "Topped up"),
    "value_refunded": ("储值退款", "Value refunded"),
    "float": ("备用金", "Opening float"),
    "cash_sales": ("现金销售", "Cash sales"),
    "value_cash": ("储值收付现金", "Cash of stored value"),
    "cash_in": ("放入现金", "Cash put in"),
    "cash_out": ("取出现金", "Cash taken out"),
    "drawer_openings": ("无销售开钱箱", "Drawer opened without a sale"),
    "expected": ("应有现金", "Cash expected"),
    "counted": ("实点现金", "Cash counted"),
    "difference": ("差额", "Difference"),
    "till_total": ("收银机 Z 总额", "The till's Z total"),
    "till_difference": ("与收银机差", "Ours beyond the till"),
    "waiting": ("待上传", "Waiting to be sent"),
    "signature": ("签字", "Signature"),
    "member_code": ("会员码", "Member code"),
    "say_this": ("到店出示此码即可积分", "Show this code at the counter"),
    "chinese": ("汉字：镕喆堃，￥128.00", "Chinese: 镕喆堃, ￥128.00"),
    "rare": ("生僻字：㙍㛃", "Rare: 㙍㛃"),
    "if_rare": ("方块或问号：请换字库设置", "Boxes or ?: change the charset"),
    "ruler": ("上面的标尺应恰好占满一行", "The ruler above fills one line"),
}


@dataclass(frozen=True, slots=True)
class ReceiptVoice:
    """One language, the program's names, and the shop's time."""

    language: str
    calendar: BusinessCalendar
    names: Names

    @property
    def speech(self) -> Speech:
        """Return the voice that the explanation's sentences need."""
        return Speech(self.language, self.names)

    def __call__(self, word: str, **values: object) -> str:
        """Return a word of the receipt; raise `KeyError` for one that has no text."""
        return self.speech(*WORDS[word]).format(**values)

    def tender(self, name: str) -> str:
        """Return what a means of payment is called; its own name where it is a new one."""
        return word_of(self.speech, TENDERS, name)

    def moment(self, at_ms: int) -> str:
        """Return an instant in the shop's time."""
        return f"{self.calendar.local(at_ms):%Y-%m-%d %H:%M}"


def money(minor: int) -> str:
    """Return 分 as paper shows them, `128.00` or `-6.50`; ￥ stands once, at the sum."""
    return amount_shown(minor, sign="").replace("−", "-")


def money_marked(minor: int) -> str:
    """Return 分 with ￥ (U+FFE5), which every Chinese printer has."""
    return amount_shown(minor, sign="￥").replace("−", "-")


def points(number: int) -> str:
    """Return `1,280`, or `-35`."""
    return points_said(number).replace("−", "-")
