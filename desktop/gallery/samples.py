"""The words and figures on the gallery's samples: a plain day at a shop, in both languages.

They are what view-models would hand down; keeping them here keeps the gallery about layout.
"""

import qrcode
from PySide6.QtCore import QCoreApplication

from desktop.widgets.amount_field import Entry
from desktop.widgets.banner import Notice
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.chart_drawing import Bar
from desktop.widgets.chip import ChipKind
from desktop.widgets.data_table import Column, Row
from desktop.widgets.member_card import MemberFace
from desktop.widgets.qr_view import Matrix
from desktop.widgets.result_list import ResultRow
from desktop.widgets.touch_button import Kind
from desktop.widgets.undo_bar import LastSale

translate = QCoreApplication.translate


def button_words() -> dict[Kind, str]:
    """Return a word for each kind of button."""
    return {
        Kind.PRIMARY: confirm(),
        Kind.SECONDARY: translate("Gallery", "用积分"),
        Kind.SMALL: translate("Gallery", "更换会员"),
        Kind.QUIET: translate("Gallery", "更多"),
        Kind.DANGER: translate("Gallery", "注销会员"),
        Kind.KEY: "8",
        Kind.SIDE_KEY: translate("Gallery", "清空"),
        Kind.CHOICE: translate("Gallery", "女士"),
    }


def confirm() -> str:
    """Return what the confirm button says."""
    return translate("Gallery", "确认并积分 +128")


def long_words() -> str:
    """Return a text that needs two lines."""
    return translate("Gallery", "用 500 分，应付 ¥123.00，积分 +123，余额 903")


def rail() -> tuple[tuple[str, str], ...]:
    """Return icon and word of the rail's places."""
    return (
        ("shopping-cart", translate("Gallery", "收银台")),
        ("users", translate("Gallery", "会员")),
        ("receipt-text", translate("Gallery", "交易")),
        ("clock", translate("Gallery", "班次")),
        ("chart-column", translate("Gallery", "报表")),
        ("ellipsis", translate("Gallery", "更多")),
        ("lock", translate("Gallery", "锁屏")),
    )


def members() -> tuple[MemberFace, ...]:
    """Return a member with everything, one in debt with old numbers, and one with little."""
    as_of = translate("Gallery", "数据截至 13:05（1 小时 27 分前）·上次到店 11-08")
    return (
        MemberFace(
            "张*芳", "138****5678", translate("Gallery", "金卡"), "1,280", "500", "2", as_of
        ),
        MemberFace(
            "欧阳*",
            "139****0001",
            translate("Gallery", "铂金"),
            "−320",
            "0",
            "0",
            translate("Gallery", "数据截至 11-19 09:12（3 天前）"),
            in_debt=True,
            stale=True,
        ),
        MemberFace("䶮*", "", "", "1,234,567", "20,000", "12", as_of),
    )


def entries() -> tuple[Entry, ...]:
    """Return the amount field typed, empty, wrong, and elsewhere."""
    label = translate("Gallery", "实付金额")
    return (
        Entry(label, "¥128.00"),
        Entry(label, "¥0.00", hint=translate("Gallery", "请输入金额"), empty=True),
        Entry(
            label,
            "¥999,999.99",
            hint=translate("Gallery", "超过单笔上限 ¥99,999.00"),
            wrong=True,
        ),
        Entry(translate("Gallery", "手机号"), "138 1234 5678", active=False),
    )


def benefits() -> tuple[Benefit, ...]:
    """Return what a sale gives and takes."""
    return (
        Benefit(translate("Gallery", "本单获得"), translate("Gallery", "+128 积分"), "points"),
        Benefit(translate("Gallery", "积分抵扣"), "−¥0.00"),
        Benefit(translate("Gallery", "优惠券"), translate("Gallery", "未使用")),
        Benefit(translate("Gallery", "交易后积分"), "1,408", strong=True),
    )


def sale_actions() -> tuple[str, ...]:
    """Return the three buttons under the benefits."""
    return (
        translate("Gallery", "用积分"),
        translate("Gallery", "用优惠券"),
        translate("Gallery", "添加商品"),
    )


def quick_benefits() -> tuple[str, ...]:
    """Return two proposals."""
    return (
        translate("Gallery", "用 500 分 = −¥5.00"),
        translate("Gallery", "满 100 减 10 券·11-30 到期"),
    )


def scan_hint() -> str:
    """Return the line over the confirm button."""
    return translate("Gallery", "键入金额 → 确认。随时可扫会员码或券码。")


def last_sales() -> tuple[LastSale, ...]:
    """Return the undo bar fresh, waiting for the line, late, and empty."""
    text = translate("Gallery", "李*明 +56 积分")
    detail = translate("Gallery", "上一笔，已记账")
    return (
        LastSale(text, detail, "1:42", can_reprint=True),
        LastSale(text, detail, "0:09", can_reprint=True, waiting=True),
        LastSale(text, can_reprint=True),
        LastSale(""),
    )


def statuses() -> tuple[tuple[ChipKind, str, str], ...]:
    """Return what the top bar says."""
    return (
        (ChipKind.OK, translate("Gallery", "已同步"), "cloud"),
        (ChipKind.OFFLINE, translate("Gallery", "离线·23 笔待上传"), ""),
        (ChipKind.WARN, translate("Gallery", "已离线 5 小时"), ""),
        (ChipKind.ERROR, translate("Gallery", "已 3 天未上传"), ""),
        (ChipKind.OK, translate("Gallery", "打印机就绪"), "printer"),
        (ChipKind.WARN, translate("Gallery", "扫码枪未连接"), "scan-barcode"),
    )


def labels() -> tuple[tuple[ChipKind, str, str], ...]:
    """Return chips that are only read."""
    return (
        (ChipKind.POINTS, translate("Gallery", "金卡"), "crown"),
        (ChipKind.NEUTRAL, translate("Gallery", "银卡"), ""),
        (ChipKind.OK, translate("Gallery", "已同步"), "check"),
        (ChipKind.OFFLINE, translate("Gallery", "待上传"), "cloud-upload"),
        (ChipKind.WARN, translate("Gallery", "30 天内到期 200"), "hourglass"),
        (ChipKind.ERROR, translate("Gallery", "已冻结"), "ban"),
    )


def notices() -> tuple[Notice, ...]:
    """Return a notice of each kind."""
    return (
        Notice(
            ChipKind.NEUTRAL,
            translate("Gallery", "该手机号已是会员，已打开 张*芳·金卡"),
        ),
        Notice(ChipKind.OK, translate("Gallery", "已记账，张*芳 +128 积分")),
        Notice(
            ChipKind.OFFLINE,
            translate("Gallery", "该会员离线最多再兑 0 分（已兑 500）"),
            (translate("Gallery", "联网重试"), translate("Gallery", "只积分")),
        ),
        Notice(
            ChipKind.WARN,
            translate("Gallery", "已 26 小时未上传。数据在本机安全，请告知店长"),
        ),
        Notice(
            ChipKind.ERROR,
            translate("Gallery", "已 3 天未上传，积分照记，兑换需店长授权。"),
            (translate("Gallery", "给店长看"),),
        ),
    )


def pin_refusal() -> str:
    """Return what a wrong PIN says."""
    return translate("Gallery", "PIN 不对，还可试 3 次")


def results() -> tuple[ResultRow, ...]:
    """Return search results, short and long."""
    gold, silver = translate("Gallery", "金卡"), translate("Gallery", "银卡")
    last = translate("Gallery", "上次到店 11-08")
    never = translate("Gallery", "还没有消费记录")
    return (
        ResultRow("张*芳", "138****5678", gold, last),
        ResultRow("章*", "186****5678", silver, last),
        ResultRow("欧阳*", "****5678", "", never),
        ResultRow("阿卜杜热合曼*", "137****5678", gold, last),
    )


def empty_states() -> tuple[tuple[str, str, str, str], ...]:
    """Return title, text, icon and action of two empty screens."""
    return (
        (
            translate("Gallery", "请扫会员码"),
            translate("Gallery", "或输入手机号、后四位、姓名"),
            "qr-code",
            "",
        ),
        (
            translate("Gallery", "所选时间没有交易"),
            translate("Gallery", "换个时间看看"),
            "chart-column",
            translate("Gallery", "看今天"),
        ),
    )


def hours() -> tuple[Bar, ...]:
    """Return sales by the hour, with the busiest one marked."""
    amounts = (320, 860, 1240, 2980, 3410, 1150, 640, 980, 2210, 4120, 2890, 730)
    return tuple(
        Bar(f"{hour}:00", amount, f"{amount:,}", emphasis=amount == max(amounts))
        for hour, amount in enumerate(amounts, start=10)
    )


def shares() -> tuple[Bar, ...]:
    """Return a ranking."""
    return (
        Bar(translate("Gallery", "饮料"), 4210, "4,210"),
        Bar(translate("Gallery", "零食"), 2980, "2,980"),
        Bar(translate("Gallery", "日用品"), 1260, "1,260"),
        Bar(translate("Gallery", "其他"), 0, "0"),
    )


def chart_name() -> str:
    """Return what the chart counts."""
    return translate("Gallery", "每小时销售额（元）")


def table() -> tuple[tuple[Column, ...], tuple[Row, ...], Row]:
    """Return a small table with its total."""
    columns = (
        Column(translate("Gallery", "收银员"), stretch=True),
        Column(translate("Gallery", "笔数"), numeric=True),
        Column(translate("Gallery", "金额"), numeric=True),
        Column(translate("Gallery", "积分"), numeric=True),
    )
    rows = (
        Row(("王芳", "128", "¥16,408.50", "+16,408"), ("王芳", 128, 1640850, 16408)),
        Row(("李明", "96", "¥9,020.00", "+9,020"), ("李明", 96, 902000, 9020)),
        Row(("赵*", "4", "−¥35.00", "−35"), ("赵*", 4, -3500, -35)),
    )
    total = Row((translate("Gallery", "合计"), "228", "¥25,393.50", "+25,393"))
    return columns, rows, total


def placeholder() -> str:
    """Return what an empty text box says."""
    return translate("Gallery", "称呼（可不填）")


def choices() -> list[str]:
    """Return words for boxes, dots and tabs."""
    return [
        translate("Gallery", "到店"),
        translate("Gallery", "老带新"),
        translate("Gallery", "活动"),
    ]


def pangram() -> str:
    """Return a line with figures, signs and rare characters of names."""
    return "永和九年 0123456789 ¥1,280.00 −5 「䶮㛃喆堃镕㙍」 Agency"


def qr_matrix() -> Matrix:
    """Return the QR code of a made-up member number."""
    code = qrcode.QRCode(border=0)
    code.add_data("M18F3K2Q7T")
    code.make()
    return tuple(tuple(bool(dark) for dark in row) for row in code.get_matrix())
