"""Diagnostics: facts, times of the flows, a proof, a backup, and a bundle without members."""

import json
import logging
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from db.services.restore import restore_home
from desktop.gallery.cashier import Cashier
from desktop.gallery.house_scenes import diagnostics
from desktop.runtime.flow_timings import FILE, FLOW_MS_MAX, SAMPLES_MAX, Flow, FlowTimings
from desktop.runtime.health import LOG_FILE, LOG_LINES_MAX, log_tail
from desktop.screens.diagnostics.state import DiagnosticsState
from desktop.shell.places import HousePage

PHONE, NAME = "13812345678", "张小芳"


def state(cashier: Cashier) -> DiagnosticsState:
    return cashier.counter.pages.house.diagnostics_model.state()


def says(cashier: Cashier) -> str:
    notice = state(cashier).notice
    return "" if notice is None else notice.text


def fact(cashier: Cashier, title: str) -> str:
    return next(each.text for each in state(cashier).facts if each.title == title)


def test_the_facts_are_told_and_the_book_is_proved(cashier: Cashier) -> None:
    diagnostics(cashier)

    assert fact(cashier, "数据目录") == "/var/lib/guitai"  # the scene hides the machine
    assert "7 位会员，14 笔消费" in fact(cashier, "数据库")
    assert fact(cashier, "最近备份") == "还没有备份"
    assert "无误" in fact(cashier, "账本核对")
    assert "账本核对无误" in says(cashier)


def test_a_backup_made_here_restores(cashier: Cashier, tmp_path: Path) -> None:
    diagnostics(cashier)
    cashier.tap("backUp")
    made = list((cashier.counter.home / "backups").glob("*.backup"))

    assert len(made) == 1
    assert made[0].name in fact(cashier, "最近备份")
    assert restore_home(made[0], tmp_path / "again", os_store=False).manifest.members == 7


def test_a_disk_that_is_nearly_full_is_the_book_s_alone(cashier: Cashier) -> None:
    diagnostics(cashier)
    cashier.counter.room.free = lambda _home: 100_000_000
    cashier.tap("backUp")

    assert "没有备份" in says(cashier)
    assert not (cashier.counter.home / "backups").exists()
    failed: list[bool] = []
    person = cashier.counter.desk.facts.people[0]
    cashier.counter.papers.save_badge(
        "S", person, done=lambda _: None, failed=lambda: failed.append(True)
    )
    assert failed == [True]


@pytest.mark.expects_log
def test_the_bundle_and_the_clipboard_name_no_member(selling: Cashier) -> None:
    selling.sell("66", PHONE)
    log = logging.getLogger("desktop.canary")
    selling.counter.home.joinpath(LOG_FILE).write_text(
        f"2026-11-24 10:00:00 WARNING a call from {PHONE} and +86 138 1234 5678\n", "utf-8"
    )
    log.debug("nothing")
    selling.counter.window.bar.house_requested.emit(str(HousePage.DIAGNOSTICS))
    selling.settle()
    selling.tap("saveBundle")
    selling.tap("copyFacts")

    files = list((selling.counter.home / "papers").glob("diagnostics-*.json"))
    assert len(files) == 1
    text = files[0].read_text("utf-8")
    document = json.loads(text)
    assert document["health"]["sales"] == 15
    assert document["log"]
    for said in (text, QGuiApplication.clipboard().text(), (selling.counter.home / FILE).name):
        for canary in (PHONE, NAME, "1234 5678", "12345678"):
            assert canary not in said


def test_the_log_s_end_is_bounded_and_covered(tmp_path: Path) -> None:
    path = tmp_path / LOG_FILE
    path.write_text("".join(f"line {n}: 13800000000\n" for n in range(5_000)), "utf-8")

    lines = log_tail(tmp_path)

    assert len(lines) == LOG_LINES_MAX
    assert lines[-1] == "line 4999: 13***"
    assert log_tail(tmp_path / "nowhere") == ()


def test_flows_are_measured_where_they_happen(selling: Cashier) -> None:
    selling.type(PHONE)
    selling.type("66")
    selling.tap("confirm")
    measured = {each.flow: each.count for each in selling.counter.flows.figures()}

    assert measured[Flow.PHONE] == 1
    assert measured[Flow.SALE] == 1
    assert measured[Flow.SIGN_IN] == 1
    assert Flow.SCAN not in measured

    selling.wait_for_guard()
    selling.scan(PHONE)
    assert {each.flow for each in selling.counter.flows.figures()} >= {Flow.SCAN}


def test_times_outlive_the_window_and_are_bounded(tmp_path: Path) -> None:
    timings = FlowTimings(tmp_path)
    for took in range(SAMPLES_MAX + 100):
        timings.begin(Flow.SALE, 0)
        timings.end(Flow.SALE, took)
    timings.begin(Flow.SALE, 0)
    timings.end(Flow.SALE, FLOW_MS_MAX + 1)
    timings.end(Flow.SALE, 5)
    timings.begin(Flow.RETURN, 0)
    timings.drop()
    timings.end(Flow.RETURN, 5)
    timings.save()

    again = FlowTimings(tmp_path).figures()

    assert [(each.flow, each.count, each.p50_ms, each.p95_ms) for each in again] == [
        (Flow.SALE, SAMPLES_MAX, 349, 574)
    ]
    assert again[0].within_goal


@pytest.mark.parametrize("content", [b"", b"{", b'{"F99": [1]}', b'{"F6": "x"}'])
def test_a_damaged_file_of_times_counts_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)

    assert FlowTimings(tmp_path).figures() == ()


@pytest.mark.expects_log
def test_a_disk_that_takes_nothing_costs_only_the_times(tmp_path: Path) -> None:
    timings = FlowTimings(tmp_path / "gone")
    timings.begin(Flow.SALE, 0)
    timings.end(Flow.SALE, 1)

    timings.save()

    assert timings.figures()[0].count == 1


def test_a_backup_that_fails_does_not_end_the_proof_that_runs(cashier: Cashier) -> None:
    diagnostics(cashier)
    cashier.counter.room.free = lambda _home: 100_000_000
    model = cashier.counter.pages.house.diagnostics_model
    model.prove()
    model.back_up()

    assert state(cashier).proving
    assert not state(cashier).backing_up
    cashier.settle()
    assert not state(cashier).proving
