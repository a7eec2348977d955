"""`guitai report ...` about members answers published questions about an imported shop."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.analytics_vectors import facts
from tests.support.imported_shops import imported
from tests.support.processes import Answer
from tests.support.teller import told

WINDOW = ("--from", "2010-12-01", "--to", "2011-12-10")
GROSS = (*WINDOW, "--counting", "sales", "--spend", "gross", "--edges", "fifths")
Report = Callable[..., Any]


@pytest.fixture(scope="module")
def retail(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return imported(tmp_path_factory.mktemp("retail"), "online_retail_300")


@pytest.fixture
def report(retail: Path) -> Report:
    def ask(*words: str) -> Any:
        answer: Answer = told(retail, "report", *words)
        assert answer.code == 0, answer.told
        return answer.document

    return ask


def test_edges_and_best_fifth_are_the_published_ones(report: Report) -> None:
    (edges,) = facts("halves", "half.retail.rfm.edges")
    (pareto,) = facts("halves", "half.retail.pareto")

    found = report("rfm", *GROSS)

    for name, wanted in edges["expected"].items():
        assert found["edges"][name] == pytest.approx(wanted)
    share = pareto["expected"]["share_of_top_20_percent_of_members"]
    assert found["top_20_percent_share"] == pytest.approx(share, abs=5e-4)
    assert found["buyers"] == pareto["expected"]["members"]
    assert sum(group["members"] for group in found["groups"]) == found["buyers"]


def test_scores_by_rank_are_the_published_ones(report: Report) -> None:
    (fact,) = facts("halves", "half.retail.rfm.scores")

    found = report("rfm", *GROSS, "--scoring", "ranks")

    for letter, name in (("R", "recency"), ("F", "frequency"), ("M", "monetary")):
        counts = {score: count for score, count in found["counts"][name].items() if count}
        assert counts == fact["expected"][f"count_by_{letter}"]
    assert found["members_555"] == fact["expected"]["members_555"]
    assert found["members_111"] == fact["expected"]["members_111"]


@pytest.mark.parametrize(
    "fact", facts("halves", "half.retail.rfm.member"), ids=lambda fact: str(fact["id"])
)
def test_a_member_has_the_published_figures(report: Report, fact: Any) -> None:
    (found,) = report("rfm", *GROSS, "--member", fact["input"]["member"])["members"]

    assert found["external_id"] == fact["input"]["member"]
    wanted = fact["expected"]
    assert (found["recency"], found["frequency"]) == (wanted["recency"], wanted["frequency"])
    assert float(found["monetary"]) == pytest.approx(wanted["monetary"])


def test_cohorts_are_the_published_ones(report: Report) -> None:
    found = {row["cohort"]: row for row in report("cohort", "--to", "2011-12-31")["cohorts"]}

    for fact in facts("halves", "half.retail.cohort"):
        row, wanted = found[fact["input"]["cohort"]], fact["expected"]
        assert row["size"] == wanted["size"]
        active = {str(month): count for month, count in enumerate(row["active"])}
        assert active == wanted["active_by_month"]


def test_months_are_the_published_ones(report: Report) -> None:
    (fact,) = facts("halves", "half.retail.monthly")

    found = report("activity", *WINDOW, "--by", "month")

    assert {
        row["period"]: [row["active"], row["purchases"], float(row["amount"])]
        for row in found["periods"]
    } == fact["expected"]
    assert sum(row["new"] for row in found["periods"]) == found["active"] == 298


def test_the_book_holds_what_was_brought(report: Report) -> None:
    (fact,) = facts("halves", "half.retail.profile")
    wanted = fact["expected"]

    found = report("profile")

    assert (found["sales"], found["former_returns"], found["buyers"]) == (
        wanted["purchases"], wanted["cancellations"], wanted["members_with_purchases"],
    )  # fmt: skip
    assert float(found["due"]) == wanted["sum_total"]
    assert float(found["former_returned"]) == wanted["sum_cancelled"]


def test_stages_add_up_to_all_members(report: Report) -> None:
    """Two of the 300 only ever returned something, and were registered by the import, today."""
    found = report("lifecycle", "--to", "2011-12-10")
    later = report("lifecycle")

    assert sum(row["members"] for row in found["stages"]) == found["members"] == 298
    assert (later["members"], later["stages"][-1]["members"]) == (300, 2)
    today = found["history"][-1]
    assert today["day"] == "2011-12-10"
    for row in found["stages"][:-1]:
        assert today[row["stage"]] == row["members"]


def test_who_stays_away_is_listed_by_spend(report: Report) -> None:
    found = report("churn", "--to", "2011-12-10", "--limit", "0")

    spent = [float(member["amount"]) for member in found["members"]]
    assert len(spent) == found["warn"] + found["high"]
    assert spent == sorted(spent, reverse=True)
    assert sum(spent) == pytest.approx(float(found["amount"]))
    assert all(member["risk"] >= 2 for member in found["members"])


def test_a_file_holds_the_figures_of_the_answer(report: Report, tmp_path: Path) -> None:
    out = tmp_path / "rfm.csv"

    shown = report("rfm", *WINDOW)["groups"]
    report("rfm", *WINDOW, "--out", str(out))
    report("rfm", *WINDOW, "--out", str(tmp_path / "rfm.json"))

    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["group"], int(row["members"]), row["amount"]) for row in rows] == [
        (row["group"], row["members"], row["amount"]) for row in shown
    ]
    assert json.loads((tmp_path / "rfm.json").read_bytes())["groups"] == shown


@pytest.mark.parametrize(
    "name", ["rfm", "lifecycle", "cohort", "activity", "churn", "category", "profile"]
)
def test_a_shop_without_sales_has_clearly_empty_reports(
    home: Path, name: str, tmp_path: Path
) -> None:
    found = told(home, "report", name)

    assert found.code == 0
    assert found.document["report"] == name
    assert told(home, "report", name, "--out", str(tmp_path / "x.csv")).code == 0


def test_categories_are_cut_at_a_level_and_net_of_returns(home: Path, tmp_path: Path) -> None:
    lines = tmp_path / "lines.csv"
    lines.write_text(
        "sku,name,category,unit_price,quantity\n"
        "A1,绿茶,饮料/茶,3.00,2\nA2,水,饮料,1.00,1\nB1,面包,食品,12.00,1\n",
        encoding="utf-8",
    )
    number = told(home, "member", "add", "--phone", "13812345678").document["number"]
    sold = told(home, "sale", "add", "--lines", str(lines), "--member", number).document
    assert told(home, "sale", "return", sold["sale_id"], "--line", "1=1").code == 0

    top = told(home, "report", "category").document["categories"]
    below = told(home, "report", "category", "--level", "2").document["categories"]

    assert [(row["category"], row["amount"], row["members"]) for row in top] == [
        ("食品", "12.00", 1),
        ("饮料", "4.00", 1),
    ]
    assert [(row["category"], row["amount"]) for row in below] == [
        ("食品", "12.00"),
        ("饮料/茶", "3.00"),
        ("饮料", "1.00"),
    ]
