"""The machine itself is wrong: its clock, its disk. Selling goes on, and the strip says so."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.services.verify.book import verify_home
from desktop.gallery.cashier import CASHIER, Cashier
from desktop.runtime.disk_room import AMBER_BYTES, NONE_BYTES, RED_BYTES, DiskRoom, Room
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind

IN_2019_MS = int(datetime(2019, 1, 1, tzinfo=UTC).timestamp() * 1000)
MINUTE_MS = 60_000


def notices(cashier: Cashier) -> list[Notice | None]:
    told: list[Notice | None] = []
    cashier.counter.shell.noticed.connect(told.append)
    cashier.counter.shell.redraw()
    return told


def strip(cashier: Cashier) -> Notice | None:
    return notices(cashier)[-1]


def test_a_clock_set_back_to_2019_is_said_and_selling_goes_on(selling: Cashier) -> None:
    selling.sell("35", "13812345678")
    right = selling.clock.at_ms
    selling.clock.at_ms = IN_2019_MS
    selling.counter.desk.tick()
    selling.settle()
    said = strip(selling)
    assert said is not None
    assert said.kind is ChipKind.WARN
    assert "2019-01-01" in said.text
    assert "收银可继续" in said.text

    selling.wait_for_guard()
    selling.sell("66", "13812345678")

    assert selling.state.last.text
    with selling.counter.storage.reading() as reader:
        hlcs = [row[0] for row in reader.all("SELECT hlc FROM operation ORDER BY sequence")]
    assert hlcs == sorted(hlcs)
    assert verify_home(selling.counter.storage).ok
    selling.clock.at_ms = right
    selling.counter.desk.tick()
    selling.settle()
    assert strip(selling) is None


def test_somebody_may_sign_in_and_open_a_shift_in_2019(cashier: Cashier) -> None:
    cashier.clock.at_ms = IN_2019_MS
    cashier.counter.desk.tick()
    cashier.settle()

    cashier.sign_in(CASHIER)
    cashier.sell("12")

    assert cashier.state.last.text


def test_a_clock_a_few_minutes_off_is_nobody_s_business(selling: Cashier) -> None:
    selling.sell("35")
    selling.clock.at_ms -= 4 * MINUTE_MS

    assert strip(selling) is None


def test_a_clock_that_ran_before_head_office_s_is_said(selling: Cashier) -> None:
    now = selling.clock.at_ms
    with selling.counter.storage.begin() as work:
        work.settings.put("office_time", f"{now} {now - 10 * MINUTE_MS}")
    selling.counter.desk.refresh()
    selling.settle()

    assert strip(selling) is not None


@pytest.mark.parametrize(
    ("free", "room"),
    [
        (None, Room.ENOUGH),
        (AMBER_BYTES, Room.ENOUGH),
        (AMBER_BYTES - 1, Room.AMBER),
        (RED_BYTES - 1, Room.RED),
        (NONE_BYTES - 1, Room.NONE),
        (0, Room.NONE),
    ],
)
def test_the_disk_s_room_has_steps(tmp_path: Path, free: int | None, room: Room) -> None:
    assert DiskRoom(tmp_path, free=lambda _: free).now() is room


@pytest.mark.parametrize(
    ("free", "kind", "words"),
    [
        (999_000_000, ChipKind.WARN, "1 GB"),
        (199_000_000, ChipKind.ERROR, "200 MB"),
        (0, ChipKind.ERROR, "磁盘已满"),
    ],
)
def test_a_disk_that_fills_up_is_said_and_a_sale_still_recorded(
    selling: Cashier, free: int, kind: ChipKind, words: str
) -> None:
    selling.counter.room.free = lambda _home: free
    said = strip(selling)
    assert said is not None
    assert said.kind is kind
    assert words in said.text

    selling.sell("35")

    assert selling.state.last.text


def test_the_language_may_change_in_mid_sale(selling: Cashier) -> None:
    selling.type("13812345678")
    selling.type("128")
    selling.tap("chip0")
    before = selling.state
    selling.counter.speak("en")
    selling.settle()
    after = selling.state

    assert after.member is not None
    assert after.amount.value == before.amount.value
    assert [chip.on for chip in after.chips] == [chip.on for chip in before.chips]
    assert after.confirm.usable
    assert after.confirm.text != before.confirm.text
    assert after.confirm.text.isascii() or "¥" in after.confirm.text

    selling.tap("confirm")
    selling.counter.speak("zh_CN")
    selling.settle()

    assert "已记账" in selling.state.last.detail
    assert verify_home(selling.counter.storage).ok
