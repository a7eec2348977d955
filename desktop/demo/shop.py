"""The demo's shop: a head office, a counter that has traded for weeks, and the line between them.

It is set up by the commands an installer would type. Only the two cashiers are added directly,
because people are hired at head office, whose pages come later.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from db.domain.clock import BusinessCalendar
from db.domain.ids import StaffId
from db.domain.staff import Actor, Role
from db.services.staff import AddStaff, add_staff
from db.storage.home import database_path
from db.storage.keys import database_key
from db.storage.system import SystemClock, system_chance
from db.storage.unit_of_work import Storage
from desktop.assets import demo_file
from desktop.demo.commands import run_command
from desktop.demo.office import OfficeProcess
from desktop.demo.sample import SampleMember, unpack_sample
from desktop.demo.telling import Telling

BRANCH = "邻里超市·南京东路店"
COUNTER = "01机"
CASHIERS = (("2", "王芳", "284917"), ("3", "李明", "730562"))

Wait = Callable[[Callable[[], bool], str], None]


@dataclass(frozen=True, slots=True)
class Shop:
    """The two homes, head office's process, the manager's PIN, and who the regulars are."""

    counter_home: Path
    office_home: Path
    office: OfficeProcess
    pin: str
    members: tuple[SampleMember, ...]


@contextmanager
def open_shop(folder: Path, *, days: int, telling: Telling, wait: Wait) -> Iterator[Shop]:
    """Set up head office and counter in a folder, both with the same book; close head office after.

    Raises:
        CommandFailed: when one of the commands did not succeed.
    """
    counter_home, office_home = folder / "counter", folder / "office"
    program = str(demo_file("program.json"))
    telling.say(("准备总部和柜台 …", "Setting up head office and counter …"))
    pin = run_command(office_home, "office", "init", "--program", program)["staff"]["pin"]
    _hire(office_home)
    made = run_command(
        counter_home, "init", "--branch", BRANCH, "--counter", COUNTER, "--program", program
    )
    by = ("--staff", made["staff"]["id"], "--pin", made["staff"]["pin"])
    members = _bring_history(folder / "sample", counter_home, by=by, days=days, telling=telling)
    office = OfficeProcess(office_home, folder / "office.log")
    try:
        telling.say(("启动总部 {url}", "Starting head office at {url}"), url=office.url)
        office.start(wait)
        _join(counter_home, office_home, office.url, by=by, telling=telling)
        yield Shop(counter_home, office_home, office, pin, members)
    finally:
        office.close()


def _join(
    counter_home: Path, office_home: Path, url: str, *, by: tuple[str, ...], telling: Telling
) -> None:
    """Let the counter join head office and send what it did before."""
    code = run_command(office_home, "office", "enroll-code")["code"]
    run_command(counter_home, "sync", "enroll", url, code, *by)
    pushed = run_command(counter_home, "sync", "now")["pushed"]
    telling.say(
        ("柜台已接入总部，上传 {count} 笔", "The counter joined head office and sent {count} acts"),
        count=f"{pushed:,}",
    )


def _bring_history(
    folder: Path, home: Path, *, by: tuple[str, ...], days: int, telling: Telling
) -> tuple[SampleMember, ...]:
    """Load the last days of the sample's trade, with the points they earned."""
    today = BusinessCalendar().day_of(SystemClock().wall_ms())
    sample = unpack_sample(folder, days=days, last_day=today - timedelta(days=1))
    brought = run_command(home, "history", "import", str(folder), "--award", *by)
    telling.say(
        (
            "导入 {days} 天历史：{members} 位会员、{purchases} 笔消费、{points} 积分",
            "Loaded {days} days: {members} members, {purchases} purchases, {points} points",
        ),
        days=days,
        members=len(sample.members),
        purchases=f"{sample.purchases:,}",
        points=f"{brought['points_earned']:,}",
    )
    return sample.members


def _hire(office_home: Path) -> None:
    """Add the cashiers to head office's staff; counters get them when they join."""
    key = database_key(office_home, os_store=False, chance=system_chance, create=False)
    storage = Storage(database_path(office_home), key)
    try:
        with storage.begin() as work:
            for code, name, pin in CASHIERS:
                add_staff(
                    work,
                    AddStaff(
                        staff_id=StaffId(work.new_id()),
                        by=Actor(None, Role.HEAD_OFFICE),
                        code=code,
                        name=name,
                        role=Role.CASHIER,
                        pin=pin,
                    ),
                )
    finally:
        storage.close()
