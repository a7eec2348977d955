"""A counter that holds its own branch's members and guests, and asks for everybody else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from db.domain.clock import BusinessCalendar
from db.domain.ids import MemberId, OperationId
from db.domain.operations import read_operation, seal
from db.queries.member_search import find_members
from db.services.erasure import EraseMember
from db.services.set_up import InitHome, init_home
from db.services.verify.book import verify_home
from db.services.visitors import KEPT_MS
from db.storage.home import database_path
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from sync.client.device import enroll_with, load_device, new_identity
from sync.client.exchange import ExchangeReport, exchange_once
from sync.client.leasing import lease_for_lookup
from sync.client.remote_office import LineAnswer, RemoteOffice
from sync.client.storage_access import directly_on
from sync.client.visitors import find_at_office
from sync.protocol.office import OfficeUnreachable
from sync.server.desk import Desk
from sync.server.devices import HOME, enroll_code, set_members
from sync.server.door import Door
from sync.server.erasures import erase
from sync.server.office import Office
from sync.server.storage.erasure_rows import erasures
from sync.server.storage.guest_rows import guest_bucket
from tests.support.checkers import the_book, value
from tests.support.makers import NOBODY, a_member, a_redemption, a_sale
from tests.support.profile_makers import a_merge
from tests.support.storage_fixtures import seeded_chance
from tests.unit.sync.conftest import Joining
from tests.unit.sync.forging import batch_of, pushed

AT_HOME, ELSEWHERE = "13960000001", "13960000002"


class Line:
    """Carries messages to the door, unless it is cut."""

    def __init__(self, office: Office) -> None:
        self.door = Door(office)
        self.cut = False

    def carry(self, kind: str, sealed: bytes) -> LineAnswer:
        if self.cut:
            raise OfficeUnreachable("offline")
        return LineAnswer(*self.door.answer(kind, sealed))

    def close(self) -> None:
        pass


class Till:
    """A counter of the office."""

    def __init__(self, folder: Path, office: Office, *, branch: str, clock: FixedClock, seed: int,
                 members: str = HOME) -> None:  # fmt: skip
        folder.mkdir()
        self.line = Line(office)
        self.folder = folder
        self.storage = Storage(
            database_path(folder), bytes([seed]) * 32, clock=clock, chance=seeded_chance(seed)
        )
        with self.storage.begin() as work:
            init_home(
                work, InitHome(branch=branch, counter=folder.name, calendar=BusinessCalendar())
            )
        identity = new_identity("http://localhost", bytes([seed]) * 32)
        joining = RemoteOffice(self.line, private_key=identity.private_key, server_key=None)
        code = enroll_code(office.storage, members=members).code
        enroll_with(self.storage, folder, identity, office=joining, code=code)
        self.exchange()

    @property
    def device(self) -> Any:
        return load_device(self.folder)

    @property
    def office(self) -> RemoteOffice:
        device = self.device
        return RemoteOffice(self.line, private_key=device.private_key, server_key=device.server_key)

    def exchange(self) -> ExchangeReport:
        report = exchange_once(directly_on(self.storage), self.office, self.device, renew=False)
        assert report.trouble is None
        return report

    def find(self, text: str) -> list[MemberId]:
        with self.storage.reading() as reader:
            return [found.member_id for found in find_members(reader, text).members]

    def ask(self, text: str) -> int | None:
        return find_at_office(directly_on(self.storage), self.office, self.device, text=text)


@pytest.fixture
def tills(tmp_path: Path, office: Office, clock: FixedClock) -> Iterator[tuple[Till, Till, Till]]:
    """Return two counters of one branch, and one of another; each holds its own branch only."""
    here = Till(tmp_path / "01", office, branch="南京东路店", clock=clock, seed=51)
    sister = Till(tmp_path / "02", office, branch="南京东路店", clock=clock, seed=52)
    there = Till(tmp_path / "03", office, branch="徐家汇店", clock=clock, seed=53)
    yield here, sister, there
    for till in (here, sister, there):
        assert verify_home(till.storage).problems == ()
        till.storage.close()
    assert verify_home(office.storage).problems == ()


def settle(*tills: Till) -> None:
    for _ in range(3):
        for till in tills:
            till.exchange()


def test_only_the_branchs_own_members_come(tills: tuple[Till, Till, Till]) -> None:
    here, sister, there = tills
    a_member(here.storage, phone=AT_HOME)
    a_member(there.storage, phone=ELSEWHERE)
    settle(*tills)

    assert (len(sister.find(AT_HOME)), sister.find(ELSEWHERE)) == (1, [])
    assert (there.find(AT_HOME), len(there.find(ELSEWHERE))) == ([], 1)


def test_both_counters_of_a_branch_agree_on_everything(tills: tuple[Till, Till, Till]) -> None:
    here, sister, there = tills
    ours = a_member(here.storage, phone=AT_HOME).member_id
    theirs = a_member(there.storage, phone=ELSEWHERE).member_id
    a_sale(there.storage, theirs, amount=50_000)
    a_sale(here.storage, ours, amount=30_000)
    settle(*tills)
    here.ask(ELSEWHERE)
    a_sale(here.storage, theirs, amount=12_000)
    a_sale(sister.storage, None, amount=700)
    settle(*tills)

    assert the_book(here.storage) == the_book(sister.storage)


def test_who_buys_here_is_a_guest_with_all_that_he_has(
    tills: tuple[Till, Till, Till], office: Office
) -> None:
    here, sister, there = tills
    guest = a_member(there.storage, phone=ELSEWHERE).member_id
    a_sale(there.storage, guest, amount=50_000)
    settle(*tills)
    assert here.ask(ELSEWHERE) == 1
    a_sale(here.storage, guest, amount=10_000)
    settle(*tills)
    a_sale(there.storage, guest, amount=20_000)
    settle(*tills)

    total = "SELECT sum(remaining) FROM lot WHERE member_id = ?"
    expected = value(office.storage, total, guest)
    assert value(sister.storage, total, guest) == expected
    assert sister.find(ELSEWHERE) == [guest]
    bucket = guest_bucket(value(sister.storage, "SELECT branch_id FROM branch WHERE name = ?",
                                "南京东路店"))  # fmt: skip
    assert value(sister.storage, "SELECT count FROM cursor WHERE bucket = ?", bucket) >= 3


def test_a_visitor_is_found_by_full_phone_or_number_and_nothing_less(
    tills: tuple[Till, Till, Till],
) -> None:
    here, _, there = tills
    visitor = a_member(there.storage, phone=ELSEWHERE, name="欧阳静").member_id
    settle(*tills)
    number = value(there.storage, "SELECT number FROM member WHERE member_id = ?", visitor)

    assert [here.ask(text) for text in ("欧阳静", "0002", "oyj", "")] == [0, 0, 0, 0]
    assert here.find(ELSEWHERE) == []
    assert here.ask(number) == 1
    assert here.find(ELSEWHERE) == [visitor]


def test_a_visitor_may_redeem_what_is_lent_to_this_counter(
    tills: tuple[Till, Till, Till],
) -> None:
    here, _, there = tills
    visitor = a_member(there.storage, phone=ELSEWHERE).member_id
    a_sale(there.storage, visitor, amount=500_000)
    settle(*tills)
    here.ask(ELSEWHERE)
    leased = lease_for_lookup(
        directly_on(here.storage), here.office, here.device, member_id=visitor
    )
    assert leased.redeemable >= 100
    a_redemption(here.storage, visitor, points=100)
    settle(*tills)


def test_a_visitor_is_forgotten_after_a_day_and_named_again_when_he_comes(
    tills: tuple[Till, Till, Till], clock: FixedClock
) -> None:
    here, _, there = tills
    visitor = a_member(there.storage, phone=ELSEWHERE, name="欧阳静").member_id
    a_sale(there.storage, visitor, amount=50_000)
    settle(*tills)
    here.ask(ELSEWHERE)
    clock.advance(KEPT_MS - 1)
    here.exchange()
    kept = here.find(ELSEWHERE)
    clock.advance(2)
    here.exchange()

    assert kept == [visitor]
    assert here.find(ELSEWHERE) == []
    assert here.find("欧阳静") == []
    assert value(here.storage, "SELECT count(*) FROM personal WHERE member_id = ?", visitor) == 0
    assert verify_home(here.storage).problems == ()
    assert here.ask(ELSEWHERE) == 1
    assert here.find(ELSEWHERE) == [visitor]
    assert here.find("欧阳静") == [visitor]


def test_a_guest_is_not_forgotten(tills: tuple[Till, Till, Till], clock: FixedClock) -> None:
    here, _, there = tills
    guest = a_member(there.storage, phone=ELSEWHERE).member_id
    settle(*tills)
    here.ask(ELSEWHERE)
    a_sale(here.storage, guest, amount=10_000)
    settle(*tills)
    clock.advance(2 * KEPT_MS)
    here.exchange()

    assert here.find(ELSEWHERE) == [guest]


def an_erasure(office: Office, member_id: MemberId) -> None:
    with office.storage.begin() as work:
        command = EraseMember(op=OperationId(work.new_id()), member_id=member_id, by=NOBODY)
        erase(Desk(work, office.journal), command)


def not_yet_erased_at(office: Office) -> list[str]:
    with office.storage.reading() as reader:
        (followed,) = erasures(reader, limit=10)
    return [each.counter for each in followed.devices if each.done_at is None]


def test_a_guest_who_is_erased_goes_from_every_counter_and_each_says_so(
    tills: tuple[Till, Till, Till], office: Office
) -> None:
    here, _, there = tills
    guest = a_member(there.storage, phone=ELSEWHERE).member_id
    settle(*tills)
    here.ask(ELSEWHERE)
    a_sale(here.storage, guest, amount=12_000)
    settle(*tills)
    an_erasure(office, guest)
    assert not_yet_erased_at(office) == ["01", "02", "03"]

    settle(*tills)

    assert not_yet_erased_at(office) == []
    assert here.find(ELSEWHERE) == []


def test_a_visitor_who_is_erased_goes_with_the_next_exchange(
    tills: tuple[Till, Till, Till], office: Office
) -> None:
    here, _, there = tills
    visitor = a_member(there.storage, phone=ELSEWHERE, name="欧阳静").member_id
    settle(*tills)
    here.ask(ELSEWHERE)
    an_erasure(office, visitor)

    here.exchange()

    assert (here.find(ELSEWHERE), here.find("欧阳静")) == ([], [])
    assert value(here.storage, "SELECT count(*) FROM personal WHERE member_id = ?", visitor) == 0
    settle(*tills)
    assert not_yet_erased_at(office) == []


def test_a_counter_that_held_all_hears_of_an_erasure_that_it_had_not_read_yet(
    tmp_path: Path, tills: tuple[Till, Till, Till], office: Office, clock: FixedClock
) -> None:
    *_, there = tills
    till = Till(tmp_path / "09", office, branch="外滩店", clock=clock, seed=59, members="all")
    member = a_member(there.storage, phone=ELSEWHERE).member_id
    there.exchange()
    till.exchange()
    held = till.find(ELSEWHERE)
    an_erasure(office, member)
    there.exchange()  # it is told to whoever asks now
    set_members(office.storage, office.journal, till.device.device, members=HOME)

    till.exchange()

    assert (held, till.find(ELSEWHERE)) == ([member], [])
    till.storage.close()


def test_offline_an_unknown_phone_earns_and_is_one_with_himself_later(
    tills: tuple[Till, Till, Till], office: Office
) -> None:
    here, sister, there = tills
    known = a_member(there.storage, phone=ELSEWHERE, name="欧阳静").member_id
    a_sale(there.storage, known, amount=50_000)
    settle(*tills)
    here.line.cut = True
    assert here.ask(ELSEWHERE) is None
    provisional = a_member(here.storage, phone=ELSEWHERE, name="欧阳静").member_id
    a_sale(here.storage, provisional, amount=30_000)
    here.line.cut = False
    settle(*tills)

    root = "SELECT root_id FROM member_alias WHERE alias_id = ?"
    assert value(office.storage, root, provisional) == known
    for till in (here, sister):
        assert value(till.storage, root, provisional) == known
        assert till.find(ELSEWHERE) == [known]
    assert the_book(here.storage) == the_book(sister.storage)


def test_a_counter_that_holds_all_asks_nobody(
    tmp_path: Path, office: Office, clock: FixedClock
) -> None:
    till = Till(tmp_path / "09", office, branch="外滩店", clock=clock, seed=59, members="all")
    a_member(office.storage, phone=ELSEWHERE)
    assert till.ask(ELSEWHERE) == 0
    till.exchange()
    assert len(till.find(ELSEWHERE)) == 1
    till.storage.close()


def test_a_merge_that_only_a_newer_version_can_read_is_kept_and_told_on(
    joining: Joining, tills: tuple[Till, Till, Till]
) -> None:
    here, _, _ = tills
    one = a_member(joining.storage, phone=ELSEWHERE).member_id
    other = a_member(joining.storage, phone="13960000003").member_id
    a_merge(joining.storage, other, one)
    joining.join()
    told = [bytes(row.op) for row in batch_of(joining).rows]
    merge = read_operation(told[-1])
    newer = seal(msgspec.structs.replace(merge.envelope, tv=2, crit=0, b={"cards": []})).raw

    reply = pushed(joining, *told[:-1], newer)

    assert (reply.answer, [each.status for each in reply.verdicts]) == ("ack", ["skipped"])
    here.exchange()
