"""The day report's place: who may see it, which day, and its files."""

from desktop.gallery.cashier import SHIFT_LEAD, Cashier


def test_a_cashier_sees_no_reports(selling: Cashier) -> None:
    assert not selling.sees("place_report")


def test_a_shift_lead_reads_them_and_puts_none_into_files(cashier: Cashier) -> None:
    cashier.sign_in(SHIFT_LEAD)
    cashier.tap("place_report")

    assert cashier.counter.pages.report_model.state().headlines[1].value == "0"
    assert not cashier.sees("reportPdf")


def test_the_report_follows_every_sale_while_it_is_looked_at(cashier: Cashier) -> None:
    cashier.sign_in(SHIFT_LEAD)
    cashier.sell("45.5", "13711112222")
    cashier.tap("place_report")

    amount, count, *_ = cashier.counter.pages.report_model.state().headlines

    assert (amount.value, count.value) == ("¥45.50", "1")


def test_one_can_walk_back_day_by_day_and_not_beyond_today(cashier: Cashier) -> None:
    cashier.sign_in(SHIFT_LEAD)
    cashier.tap("place_report")
    today = cashier.counter.pages.report_model.state().day
    assert not cashier.part("dayAfter").isEnabled()

    cashier.tap("dayBefore")
    before = cashier.counter.pages.report_model.state()
    cashier.tap("dayAfter")

    assert (today, before.day) == ("2026-11-21 星期六", "2026-11-20 星期五")
    assert cashier.counter.pages.report_model.state().day == today


def test_a_manager_puts_it_on_paper_and_into_a_spreadsheet(
    cashier: Cashier, made_shop: object
) -> None:
    cashier.sign_in(0, made_shop.made.pin)  # type: ignore[attr-defined]
    cashier.sell("45.5", "13711112222")
    cashier.tap("place_report")

    cashier.tap("reportPdf")
    cashier.tap("reportCsv")

    folder = cashier.counter.home / "papers"
    pdf, csv = folder / "day-2026-11-21.pdf", folder / "day-2026-11-21.csv"
    assert pdf.read_bytes().startswith(b"%PDF")
    assert "45.50" in csv.read_text(encoding="utf-8-sig")
