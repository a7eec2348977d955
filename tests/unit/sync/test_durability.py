"""What a counter may count on after head office's disk: only what a proved backup holds."""

from pathlib import Path

import pytest

from db.services.restore import restore_home
from db.services.verify.book import verify_home
from db.storage.home import database_path
from db.storage.system import FixedClock
from sync.server.door import Door
from sync.server.durability import back_up_office, mark_durable, note_archived
from sync.server.office import open_office
from tests.support.checkers import rows, value
from tests.support.makers import a_sale
from tests.support.storage_fixtures import seeded_chance
from tests.unit.sync.conftest import Joining
from tests.unit.sync.forging import exchanged, waiting_at

DURABLE = "SELECT acked_sequence, durable_sequence FROM stream ORDER BY epoch DESC LIMIT 1"


@pytest.fixture
def joined(joining: Joining) -> Joining:
    joining.join()
    for _ in range(3):
        a_sale(joining.storage)
    exchanged(joining)
    return joining


def test_a_counter_hears_how_much_a_proved_backup_holds(joined: Joining, tmp_path: Path) -> None:
    before = rows(joined.storage, DURABLE)
    backup = back_up_office(joined.office.storage, tmp_path / "office.backup")
    a_sale(joined.storage)

    exchanged(joined)

    assert (before, rows(joined.storage, DURABLE)) == ([(3, 0)], [(4, 3)])
    assert (backup.proof.ok, backup.streams) == (True, 1)


def test_a_backup_that_proves_nothing_promises_nothing(joined: Joining, tmp_path: Path) -> None:
    with joined.office.storage.begin() as work:
        work.sql.run("UPDATE sale SET due = due + 1")

    backup = back_up_office(joined.office.storage, tmp_path / "office.backup")

    assert (backup.proof.ok, backup.operations) == (False, 0)
    assert value(joined.office.storage, "SELECT max(durable_sequence) FROM stream") == 0


def test_a_head_that_head_office_does_not_have_is_not_promised(joined: Joining) -> None:
    with joined.office.storage.begin() as work:
        (stream,) = work.all("SELECT stream_id, sequence FROM stream WHERE sequence = 3")
        marked = mark_durable(work, [(stream[0], 3, bytes(32)), (stream[0], 9, bytes(32))])

    assert marked == (0, 0)


def test_an_operator_who_archives_in_another_way_says_so(joined: Joining) -> None:
    assert note_archived(joined.office.storage) == (1, 3)

    exchanged(joined)
    a_sale(joined.storage)
    exchanged(joined)

    assert rows(joined.storage, DURABLE) == [(4, 3)]


def test_after_head_office_is_put_back_the_counter_sends_from_the_durable_mark_and_no_further(
    joined: Joining, tmp_path: Path, clock: FixedClock
) -> None:
    home = joined.office.storage.path.parent
    back_up_office(joined.office.storage, tmp_path / "office.backup")
    for _ in range(2):
        a_sale(joined.storage)
        exchanged(joined)
    joined.office.close()
    restore_home(tmp_path / "office.backup", home, os_store=False, clock=clock)
    assert database_path(home).exists()
    office = open_office(home, clock=clock, chance=seeded_chance(9))
    joined.office, joined.line.door = office, Door(office)

    for _ in range(2):
        report = exchanged(joined)

    assert (report.trouble, waiting_at(joined)) == (None, 0)
    assert value(office.storage, "SELECT count(*) FROM sale") == 5
    assert verify_home(office.storage).problems == ()
    office.close()
