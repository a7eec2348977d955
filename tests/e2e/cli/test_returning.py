"""Returns and attached members at the command line: shown first, done once, or refused."""

from pathlib import Path

import pytest

from tests.support.command_line import Guitai, run

PHONE = "138 1234 5678"
LINES = "sku,name,unit_price,quantity,discount\nA,苹果,3.35,3,0.04\nB,牛奶,100.00,1,0\n"


@pytest.fixture
def member(guitai: Guitai) -> str:
    """Register somebody; return his id."""
    return str(guitai("member", "add", "--phone", PHONE).document["member_id"])


@pytest.fixture
def sale(guitai: Guitai, tmp_path: Path, member: str) -> str:
    """Sell him three apples and a milk; return the sale's id."""
    lines = tmp_path / "lines.csv"
    lines.write_text(LINES, encoding="utf-8")
    sold = guitai("sale", "add", "--lines", str(lines), "--member", member)
    return str(sold.document["sale_id"])


def test_what_a_return_would_do_is_shown_and_then_done(
    guitai: Guitai, sale: str, member: str
) -> None:
    words = ("sale", "return", sale, "--line", "1=2", "--line", "2=1")

    shown = guitai(*words, "--dry-run").document
    before = guitai("member", "show", member).document["points"]["available"]
    done = guitai(*words, "--reason", "坏了").document
    after = guitai("member", "show", member).document["points"]["available"]

    assert shown | {"dry_run": False} == done
    assert (done["returned_amount"], done["tenders"]) == ("106.67", {"cash": "106.67"})
    assert done["points"]["taken_back"] == before - after == 106
    assert [line["quantity"] for line in done["lines"]] == [2, 1]
    assert not done["whole"]
    (back,) = guitai("sale", "show", sale).document["returns"]
    assert (back["returned_amount"], back["reason"]) == ("106.67", "坏了")


def test_the_rest_comes_back_without_naming_it(guitai: Guitai, sale: str, member: str) -> None:
    guitai("sale", "return", sale, "--line", "1")

    rest = guitai("sale", "return", sale).document
    again = guitai("sale", "return", sale)

    assert (rest["returned_amount"], rest["whole"]) == ("106.68", True)
    assert guitai("member", "show", member).document["points"]["available"] == 0
    assert (again.code, again.document["refused"]["code"]) == (3, "already_reversed")
    assert guitai("verify").code == 0


REFUSED = (
    (("--line", "1=4"), 3, "over_return", {"line": 1, "requested": 4, "largest": 3}),
    (("--line", "1=-1"), 3, "quantity_invalid", {"line": 1, "requested": -1}),
    (("--line", "1=1.5"), 2, "return_line_invalid", {"text": "1=1.5"}),
    (("--amount", "1.00"), 3, "lines_required", {}),
    (("--amount", "1.00", "--line", "1"), 2, "one_of", {}),
    (("--tender", "card=110.01"), 3, "refund_beyond_tender", {"largest": "0.00"}),
)


def test_what_cannot_come_back_is_refused(guitai: Guitai, sale: str) -> None:
    for words, code, name, details in REFUSED:
        refused = guitai("sale", "return", sale, *words)
        said = refused.document["refused" if code == 3 else "invalid"]
        assert (refused.code, said["code"]) == (code, name)
        assert details.items() <= said["details"].items()

    assert guitai("sale", "show", sale).document["returns"] == []


def test_somebody_elses_sale_is_not_returned_for_a_member(guitai: Guitai, sale: str) -> None:
    other = guitai("member", "add", "--phone", "13800000002").document["member_id"]

    refused = guitai("sale", "return", sale, "--member", other)
    unknown = guitai("sale", "return", other)

    assert (refused.code, refused.document["refused"]["code"]) == (3, "sale_of_another_member")
    assert (unknown.code, unknown.document["refused"]["code"]) == (3, "no_such_sale")


def test_an_amount_comes_back_in_parts(guitai: Guitai) -> None:
    sold = guitai("sale", "add", "--amount", "128.55").document["sale_id"]

    part = guitai("sale", "return", sold, "--amount", "30.00").document
    over = guitai("sale", "return", sold, "--amount", "98.56")

    assert (part["returned_amount"], part["lines"][0]["quantity"]) == ("30.00", 1)
    assert over.document["refused"]["details"] == {"requested": "98.56", "largest": "98.55"}
    day = guitai("report", "day").document
    assert (day["returns"], day["returned_amount"], day["net_amount"]) == (1, "30.00", "98.55")
    assert guitai("shift", "show").document["shifts"][0]["amount"] == "128.55"


def test_a_member_is_attached_once_and_the_sale_is_his(guitai: Guitai, member: str) -> None:
    sold = guitai("sale", "add", "--amount", "88", "--till-receipt", "T1").document["sale_id"]

    wrong = guitai("sale", "attach", sold, "--member", member, "--till-receipt", "T2")
    attached = guitai("sale", "attach", sold, "--member", member, "--till-receipt", "T1").document
    again = guitai("sale", "attach", sold, "--member", member)

    assert (wrong.code, wrong.document["refused"]["code"]) == (3, "till_receipt_differs")
    assert attached["points"] == {"earned": 88, "balance": 88}
    assert attached["explanation"]
    assert (again.code, again.document["refused"]["code"]) == (3, "sale_has_member")
    shown = guitai("sale", "show", sold).document
    assert (shown["member_id"], shown["points"]["earned"]) == (member, 88)
    assert guitai("verify").code == 0


@pytest.mark.parametrize("language", ["zh_CN.UTF-8", "en_US.UTF-8"])
def test_people_read_it_in_their_language(home: Path, sale: str, language: str) -> None:
    chinese = language.startswith("zh")

    def page(*words: str) -> str:
        return run(*words, "--home", str(home), LANG=language).stdout

    assert ("已退 ¥3.33。" if chinese else "Given back: ¥3.33.") in page(
        "sale", "return", sale, "--line", "1"
    )
    assert ("退货" if chinese else "Returns") in page("sale", "show", sale)
