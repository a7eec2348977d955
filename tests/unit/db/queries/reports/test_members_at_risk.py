"""Who stays away: by spend, without who was erased; and what commands import before they run."""

import subprocess
import sys
from pathlib import Path

from db.domain.ids import MemberId
from db.queries.analytics.visits import visit_days
from db.queries.reports.churn import churn_list
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.makers import a_member, a_sale

DAY_MS = 86_400_000
ROOT = Path(__file__).parents[5]


def test_who_was_erased_is_not_on_the_list_to_call(storage: Storage, clock: FixedClock) -> None:
    members: list[MemberId] = [
        a_member(storage, phone=f"1380000000{place}").member_id for place in range(3)
    ]
    for _ in range(4):
        for place, member in enumerate(members):
            a_sale(storage, member, amount=1_000 * (place + 1))
        clock.advance(7 * DAY_MS)
    clock.advance(30 * DAY_MS)
    with storage.begin() as work:
        today = work.today
        work.sql.run("UPDATE member SET state = 'erased' WHERE member_id = ?", (members[2],))

    with storage.reading() as reader:
        found = churn_list(reader, visit_days(reader), today=today)
        listed = list(found.members)

    assert [each.member_id for each in listed] == [members[1], members[0]]
    assert (found.high, found.warned, found.spend) == (2, 0, 12_000)
    assert (listed[0].days_since, listed[0].usual_gap, listed[0].risk) == (37, 7.0, 37 / 7)


def test_the_commands_do_not_wait_for_numpy_before_they_run() -> None:
    rooms = "desktop.cli.score, desktop.cli.segment, desktop.cli.report"
    code = f"import sys, {rooms}; sys.exit('numpy' in sys.modules or 'scipy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
