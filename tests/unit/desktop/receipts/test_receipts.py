"""What stands on receipts, in both languages, as a printer's reader sees it."""

import pytest

from desktop.devices.escpos import printed_bytes
from desktop.devices.printer_profile import Paper, PrinterProfile
from desktop.devices.simulators.escpos_reader import EscPosReader
from desktop.receipts.columns import width_of
from desktop.receipts.member_receipt import member_receipt, trial_page
from desktop.receipts.parts import Slip
from desktop.receipts.receipt import Code, Receipt
from desktop.receipts.return_receipt import return_receipt
from desktop.receipts.sale_receipt import sale_receipt
from desktop.receipts.value_receipt import ValueSlip, value_receipt
from tests.support.receipt_facts import SOLD_AT, a_balance, a_return, a_sale, a_voice

WIDE = PrinterProfile(paper=Paper.MM80)


def on_paper(receipt: Receipt, profile: PrinterProfile = WIDE) -> EscPosReader:
    reader = EscPosReader()
    reader.feed(printed_bytes(receipt, profile))
    assert reader.unread == b""
    return reader


def pairs(receipt: Receipt) -> dict[str, str]:
    """Return the lines with a name at the left and a figure at the right."""
    lines = on_paper(receipt).strip.text
    return dict(line.strip().rsplit(None, 1) for line in lines if len(line.split()) > 1)


def test_a_sale_says_what_was_bought_paid_and_earned() -> None:
    said = pairs(sale_receipt(a_sale(), a_balance(), slip=Slip(a_voice())))

    assert said["合计"] == "133.00"
    assert said["优惠"] == "-5.00"
    assert said["积分抵扣 500 分"] == "-5.00"
    assert said["实付"] == "￥123.00"
    assert said["微信"] == "100.00"
    assert said["现金"] == "23.00"
    assert said["使用积分"] == "-500"
    assert said["本单积分"] == "+123"
    assert said["可用积分"] == "1,408"
    assert said["2026-12-31 到期"] == "200"
    assert said["已升级为"] == "金卡"
    assert said["收银小票号"] == "20261121-0017"


def test_the_balance_says_as_of_when() -> None:
    lines = on_paper(sale_receipt(a_sale(), a_balance(), slip=Slip(a_voice()))).strip.text

    assert "截至 2026-11-21 14:00" in lines


def test_name_and_phone_are_masked_everywhere() -> None:
    for language in ("zh", "en"):
        slip = Slip(a_voice(language))
        for receipt in (
            sale_receipt(a_sale(), a_balance(), slip=slip),
            return_receipt(a_sale(), a_return(), a_balance(), slip=slip),
            member_receipt(a_balance(), branch="店", slip=slip),
        ):
            text = "\n".join(on_paper(receipt).strip.text)
            assert "13812345678" not in text
            assert "张三芳" not in text


def test_a_copy_carries_its_number_and_the_first_print_none() -> None:
    first = on_paper(sale_receipt(a_sale(), None, slip=Slip(a_voice()))).strip.text
    second = on_paper(sale_receipt(a_sale(), None, slip=Slip(a_voice(), copy=2))).strip.text

    assert not [line for line in first if "补打" in line]
    assert "补打 第 2 次" in second


def test_an_undone_sale_says_so() -> None:
    for manner, word in (("undo", "本单已撤销"), ("void", "本单已作废")):
        lines = on_paper(
            sale_receipt(a_sale(reversed_by=manner), None, slip=Slip(a_voice()))
        ).strip.text
        assert word in lines


def test_a_sale_without_goods_or_member_is_short() -> None:
    receipt = sale_receipt(
        a_sale(lines=(), discount=0, redeemed=0, till_receipt=None, raised_to=None),
        None,
        slip=Slip(a_voice()),
    )
    text = "\n".join(on_paper(receipt).strip.text)

    assert "商品" not in text
    assert "会员" not in text
    assert "实付" in text


def test_the_explanation_stands_on_it_when_asked_for() -> None:
    steps = ({"step": "program", "program": "standard", "version": 3},)
    receipt = sale_receipt(
        a_sale(explanation=steps), a_balance(), slip=Slip(a_voice()), explained=True
    )

    assert "方案 standard@3" in on_paper(receipt).strip.text


def test_owed_points_are_named_as_owed() -> None:
    said = pairs(sale_receipt(a_sale(), a_balance(available=-35), slip=Slip(a_voice())))

    assert said["欠分"] == "35"
    assert "可用积分" not in said


def test_the_return_says_money_and_points() -> None:
    said = pairs(return_receipt(a_sale(), a_return(), a_balance(), slip=Slip(a_voice())))

    assert said["退款"] == "-￥49.80"
    assert said["扣回积分"] == "-49"
    assert said["退还积分"] == "+200"
    assert said["原单"] == "5f3a90c1"


def test_a_refund_of_stored_value_is_signed_for() -> None:
    act = ValueSlip(
        branch="店",
        counter="01机",
        staff="王芳",
        at_ms=SOLD_AT,
        is_top_up=False,
        principal=-10_000,
        bonus=-500,
        tender="cash",
        held_principal=0,
        held_bonus=0,
    )
    text = "\n".join(on_paper(value_receipt(act, a_balance(), slip=Slip(a_voice()))).strip.text)

    assert "-￥100.00" in text
    assert "签字" in text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("paper", list(Paper))
def test_everything_fits_both_papers_in_both_languages(language: str, paper: Paper) -> None:
    profile = PrinterProfile(paper=paper)
    slip = Slip(a_voice(language), copy=1)
    sale = a_sale(member_name="阿卜杜拉·克里木", tenders={"stored_value": 99_999_999})
    for receipt in (
        sale_receipt(sale, a_balance(), slip=slip, code=Code("R1ABC", "凭此码")),
        return_receipt(a_sale(), a_return(), a_balance(), slip=slip),
        trial_page(columns=profile.width, branch="南京东路店", voice=a_voice(language)),
    ):
        for line in on_paper(receipt, profile).strip.text:
            assert width_of(line) <= profile.width


def test_the_code_for_returns_is_printed_as_a_code() -> None:
    receipt = sale_receipt(a_sale(), a_balance(), slip=Slip(a_voice()), code=Code("R1ABCDEF"))

    assert on_paper(receipt).strip.codes == ["R1ABCDEF"]
