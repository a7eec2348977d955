"""`guitai score` answers published questions about purchases that a former system left."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.analytics_vectors import ROOM, facts
from tests.support.imported_shops import imported
from tests.support.processes import Answer
from tests.support.teller import told


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return imported(tmp_path_factory.mktemp("music"), "cdnow_sample")


def score(home: Path, *words: str) -> Any:
    answer: Answer = told(home, "score", *words)
    assert answer.code == 0, answer.told
    return answer.document


def ours(key: str) -> Any:
    return next(each for each in facts("halves", key) if "cdnow" in each["input"]["dataset"])


def test_the_fit_of_an_imported_shop_is_the_published_one(music: Path) -> None:
    wanted, spent = ours("half.bgnbd.fit")["expected"], ours("half.gamma_gamma.fit")["expected"]

    found = score(music, "fit", "clv", "--to", "1997-09-30", "--until", "1998-06-30")

    assert (found["model"], found["unit"]) == ("bgnbd", "week")
    assert (found["n"], found["repeaters"], found["repeat_purchases"]) == (1178, 473, 1211)
    for name in ("r", "alpha", "a", "b"):
        assert found["params"][name] == pytest.approx(wanted[name], rel=0.001)
        assert found["standard_errors"][name] > 0
    assert found["log_likelihood"] == pytest.approx(wanted["log_likelihood"], abs=0.01)
    for name in ("p", "q", "gamma", "log_likelihood"):
        assert found["spend"][name] == pytest.approx(spent[name], rel=0.001)
    assert found["forecast"]["purchases"] == ours("half.bgnbd.forecast")["expected"]["really_made"]


def test_the_older_model_is_there_to_compare(music: Path) -> None:
    wanted = ours("half.pareto_nbd.fit")["expected"]

    found = score(music, "fit", "clv", "--to", "1997-09-30", "--model", "pareto_nbd")

    for name in ("r", "alpha", "s", "beta"):
        assert found["params"][name] == pytest.approx(wanted[name], rel=0.005)


def test_a_member_is_shown_with_his_figures_and_the_reason(music: Path) -> None:
    fact = ours("half.bgnbd.member")
    member, wanted = fact["input"]["member"], fact["expected"]

    found = score(music, "show", member, "--to", "1997-09-30", "--until", "1998-06-30")

    assert found["external_id"] == member
    clv = found["clv"]
    assert (clv["x"], clv["t_x"], clv["T"]) == (
        wanted["x"], pytest.approx(wanted["t_x"], abs=1e-4), pytest.approx(wanted["T"], abs=1e-4),
    )  # fmt: skip
    assert clv["p_alive"] == pytest.approx(wanted["p_alive"], abs=0.001)
    assert clv["expected_purchases"] == pytest.approx(wanted["expected_purchases"], rel=0.002)
    assert "97%" in clv["says"]
    assert found["churn"]["band"] == "none"
    assert found["rfm"]["group"] == "important_value"


def test_one_visit_is_too_few_to_promise_anything(music: Path) -> None:
    found = score(music, "show", "997", "--to", "1997-09-30")

    assert (found["clv"]["p_alive"], found["clv"]["enough_visits"]) == (1.0, False)
    assert found["churn"]["band"] == "too_few_visits"
    assert found["churn"]["risk"] is None


def test_the_rhythm_of_a_shop_proposes_its_days(music: Path) -> None:
    found = score(music, "fit", "churn", "--to", "1998-06-30")

    assert found["proposed_days"] == {"new": 30, "active": 119, "lost": 285}
    assert sum(found["bands"].values()) == found["n"] == 1178
    assert found["falling"] is False


def test_how_long_members_stay_is_a_curve_that_falls(music: Path) -> None:
    found = score(music, "survival", "--to", "1998-06-30")

    shares = [step["survival"] for step in found["survival"]]
    assert found["n"] == 1178
    assert shares == sorted(shares, reverse=True)


def test_a_table_of_contracts_is_told_by_group(music: Path) -> None:
    (fact,) = facts("halves", "half.telco.logrank")
    file = str(ROOM / "telco.csv")

    whole = score(music, "survival", "--file", file, "--by", "contract")
    one = score(music, "survival", "--file", file, "--only", "contract=One year")

    assert whole["rate"] == pytest.approx(0.274, abs=1e-4)
    assert [group["left"] for group in whole["groups"]] == [844, 95, 25]
    tests = {tuple(each["groups"]): each["chi_square"] for each in whole["log_rank"]}
    chi_square = tests["One year", "Two year"]
    assert chi_square == pytest.approx(fact["expected"]["chi_square"], rel=1e-3)
    assert (one["n"], one["left"]) == (756, 95)


def test_a_shop_with_little_history_is_told_so(home: Path) -> None:
    member = told(home, "member", "add", "--phone", "13812345678", "--name", "张三")
    number = member.document["number"]

    refused = told(home, "score", "fit", "clv")
    shown = score(home, "show", number)

    assert refused.code == 3
    assert refused.document["refused"]["code"] == "too_few_buyers"
    assert (shown["rfm"], shown["lifecycle"]) == (None, "never_bought")
    assert shown["clv"]["refused"]["code"] == "too_few_buyers"
    assert score(home, "fit", "churn")["proposed_days"] is None
    assert score(home, "survival")["survival"] == []


@pytest.mark.parametrize(
    "words",
    [
        ("fit", "weather"),
        ("fit", "clv", "--model", "tarot"),
        ("fit", "clv", "--to", "yesterday"),
        ("fit", "clv", "--from", "1998-01-02", "--to", "1998-01-01"),
        ("fit", "clv", "--to", "1998-01-02", "--until", "1998-01-02"),
        ("fit", "churn", "--stages", "30,180,60"),
        ("fit", "churn", "--stages", "soon"),
        ("fit", "clv", "--branch", "月球店"),
        ("survival", "--file", "/nowhere.csv"),
    ],
)
def test_what_cannot_be_meant_is_said_so(music: Path, words: tuple[str, ...]) -> None:
    assert told(music, "score", *words).code == 2
