"""Joining a head office: codes, branches, blocks, what happens to a shop's own past."""

import hashlib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from db.domain.clock import BusinessCalendar
from db.domain.ids import parse_id
from db.queries.totals import book_totals
from db.services.set_up import InitHome, init_home
from db.services.verify.book import verify_book, verify_home
from db.storage.home import read_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from sync.client.device import ASKS_MAX, DeviceIdentity, load_device
from sync.client.exchange import exchange_once
from sync.client.remote_office import LineAnswer
from sync.client.storage_access import directly_on
from sync.protocol.messages import EnrollRequest, PullRequest, StreamClaim
from sync.protocol.office import OfficeRefused
from sync.protocol.signing import public_key
from sync.server.devices import NoSuchDevice, devices, enroll_code, revoke
from sync.server.office import office_totals
from sync.server.storage.device_rows import DeviceRepository
from tests.support.checkers import rows, value
from tests.support.makers import a_member, a_redemption, a_sale
from tests.support.storage_fixtures import seeded_chance
from tests.unit.sync.conftest import Joining
from tests.unit.sync.forging import exchanged


def test_a_shop_joins_with_its_past_and_its_points(joining: Joining, storage: Storage) -> None:
    member = a_member(storage)
    a_sale(storage, member.member_id, amount=50_000)
    a_redemption(storage, member.member_id, 200)

    enrolled = joining.join()
    report = exchange_once(directly_on(storage), joining.remote(), joining.device())

    assert (enrolled.waiting, report.pushed, report.quarantined) == (3, 3, 0)
    totals = office_totals(joining.office.storage)
    assert (totals.members, totals.issued, totals.redeemed) == (1, 500, 200)
    with storage.reading() as reader:
        assert book_totals(reader) == totals


def test_head_offices_staff_program_and_block_replace_the_homes_own(
    joining: Joining, storage: Storage
) -> None:
    enrolled = joining.join()

    with storage.reading() as reader:
        home = read_home(reader)
    assert (home.authority, home.number_block) == ("office", enrolled.number_block)
    active = "SELECT staff_id FROM staff WHERE active = 1"
    assert rows(storage, active) == rows(joining.office.storage, active)
    assert a_member(storage).number.startswith(f"M{enrolled.number_block}")


def test_equal_names_are_one_branch_and_old_acts_follow(
    joining: Joining, storage: Storage, tmp_path: Path, clock: FixedClock
) -> None:
    joining.join()
    other = another_shop(tmp_path / "other", clock)
    a_sale(other, a_member(other, phone="13900000000").member_id)
    second = Joining(joining.office, other, tmp_path / "other")
    second.join(key=b"k" * 32)

    report = exchange_once(directly_on(other), second.remote(), second.device())
    exchange_once(directly_on(storage), joining.remote(), joining.device())

    assert report.trouble is None
    for book in (other, storage, joining.office.storage):
        used = "SELECT branch_id FROM sale UNION SELECT home_branch_id FROM member"
        assert rows(book, used) == [(value(storage, "SELECT branch_id FROM counter LIMIT 1"),)] or (
            len(rows(book, used)) == 1
        )
        with book.reading() as reader:
            assert verify_book(reader).problems == ()
    other.close()


def test_a_code_may_name_the_branch(joining: Joining, storage: Storage) -> None:
    enrolled = joining.join(joining.code("外滩店"))

    assert enrolled.branch == "外滩店"
    assert value(storage, "SELECT count(*) FROM branch WHERE name = '南京东路店'") == 0


def test_a_code_is_read_as_it_is_typed(joining: Joining) -> None:
    code = joining.code()

    assert joining.join(f" {code.lower().replace('-', ' ')} ").number_block == "00"


def test_a_wrong_code_is_unknown(joining: Joining, storage: Storage) -> None:
    with pytest.raises(OfficeRefused) as refused:
        joining.join("0000-0000")

    assert refused.value.reason == "code_unknown"
    assert load_device(joining.folder) is None
    with storage.reading() as reader:
        assert read_home(reader).own_authority


def test_a_code_runs_out_after_ten_minutes(joining: Joining, clock: FixedClock) -> None:
    code = joining.code()
    clock.advance(600_001)

    with pytest.raises(OfficeRefused) as refused:
        joining.join(code)

    assert refused.value.reason == "code_expired"


def test_a_code_serves_one_counter(joining: Joining, tmp_path: Path, clock: FixedClock) -> None:
    code = joining.code()
    joining.join(code)
    other = another_shop(tmp_path / "other", clock)

    with pytest.raises(OfficeRefused) as refused:
        Joining(joining.office, other, tmp_path / "other").join(code, key=b"k" * 32)

    assert refused.value.reason == "code_used"
    other.close()


def test_asking_again_after_a_lost_reply_is_the_same_device(joining: Joining) -> None:
    code = joining.code()
    first = joining.join(code)

    again = joining.join(code)

    assert (again.device_id, again.number_block) == (first.device_id, first.number_block)
    assert len(devices(joining.office.storage)) == 1


def test_what_is_spent_while_a_counter_asks_to_join_was_its_own_to_spend(
    joining: Joining, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where head office, put back to a backup, hears a later stream before it."""
    member_id = a_member(storage).member_id
    a_sale(storage, member_id, amount=100_000)
    with storage.begin() as work:
        former = work.home.stream_id
    carry, sold = joining.line.carry, []

    def carry_and_sell(kind: str, sealed: bytes) -> LineAnswer:
        answer = carry(kind, sealed)
        if len(sold) < 2:
            sold.append(a_redemption(storage, member_id, 100))
        return answer

    monkeypatch.setattr(joining.line, "carry", carry_and_sell)
    joining.join()
    a_sale(storage)
    with storage.begin() as work:
        head = work.operations.stream(former)
        assert head is not None
        work.operations.acknowledge(former, upto=head.sequence, durable=0)
    assert exchanged(joining).pushed == 1
    with storage.begin() as work:
        work.operations.rewind(former, upto=0)

    report = exchanged(joining)

    assert (len(sold), report.pushed, report.quarantined) == (2, head.sequence, 0)
    assert verify_home(joining.office.storage).problems == ()


def test_a_counter_that_never_stops_selling_joins_all_the_same(
    joining: Joining, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry = joining.line.carry

    def carry_and_sell(kind: str, sealed: bytes) -> LineAnswer:
        a_sale(storage)
        return carry(kind, sealed)

    monkeypatch.setattr(joining.line, "carry", carry_and_sell)

    assert joining.join().waiting == ASKS_MAX


def test_how_far_a_stream_was_its_counters_own_is_not_said_anew_once_it_speaks_in_a_later_one(
    joining: Joining, storage: Storage
) -> None:
    a_sale(storage)
    joining.join()
    a_sale(storage)
    exchanged(joining)
    with storage.begin() as work:
        home = work.home
        former = work.operations.streams_of(home.counter_id)[0]
    claim = StreamClaim(stream=former.stream_id, epoch=0, sequence=99, head=former.head)

    joining.remote().enroll(
        EnrollRequest(
            request=bytes(16),
            code=joining.code(),
            public_key=public_key(joining.identity.private_key),
            counter=home.counter_id,
            counter_name=home.counter_name,
            branch=home.branch_id,
            branch_name=home.branch_name,
            timezone="Asia/Shanghai",
            day_cut_minutes=0,
            streams=(claim,),
        )
    )

    with joining.office.storage.begin() as work:
        assert DeviceRepository(work.sql).former_until(former.stream_id) == former.sequence


def test_a_revoked_device_is_refused_and_keeps_its_facts(
    joining: Joining, storage: Storage
) -> None:
    enrolled = joining.join()
    a_sale(storage)
    revoke(joining.office.storage, parse_id(enrolled.device_id))

    report = exchange_once(directly_on(storage), joining.remote(), joining.device())

    assert (report.online, report.trouble, report.rejected, report.pushed) == (
        True,
        "revoked",
        1,
        0,
    )
    assert joining.line.statuses[-1] == 403
    assert devices(joining.office.storage)[0].state == "revoked"


def test_a_home_from_before_it_joined_exchanges_nothing_until_it_joins_again(
    joining: Joining, storage: Storage
) -> None:
    joining.join()
    with storage.begin() as work:
        work.settings.put("authority", "self")
        work.forget()
    a_sale(storage)

    report = exchange_once(directly_on(storage), joining.remote(), joining.device())

    assert (report.trouble, report.pushed) == ("not_enrolled", 0)


def test_nobody_can_revoke_what_is_not_there(joining: Joining) -> None:
    with pytest.raises(NoSuchDevice):
        revoke(joining.office.storage, bytes(16))


def test_a_device_without_its_key_is_nobody(joining: Joining) -> None:
    joining.join()
    office, device = joining.remote(), joining.device()

    office._private_key = bytes(32)
    with pytest.raises(OfficeRefused) as refused:
        office.pull(ask(device))
    assert refused.value.reason == "bad_signature"

    with pytest.raises(OfficeRefused) as refused:
        office.pull(ask(msgspec.structs.replace(device, device=bytes(16))))
    assert refused.value.reason == "unknown_device"


def test_a_token_that_ran_out_is_renewed_for_who_signs_and_asked_for_once_a_day(
    joining: Joining, clock: FixedClock
) -> None:
    joining.join()
    office = joining.remote()
    clock.advance(3 * 86_400_000)

    office.pull(ask(joining.device()))
    office.pull(ask(joining.device()))

    assert joining.line.statuses[-3:] == [401, 200, 200]


def test_a_token_alone_is_worth_nothing(joining: Joining) -> None:
    joining.join()
    thief = joining.remote()
    thief._private_key = b"t" * 32

    with pytest.raises(OfficeRefused) as refused:
        thief.pull(ask(joining.device(), token="any"))

    assert refused.value.reason == "bad_signature", "and it brings no new one"


def test_a_broken_message_is_answered_and_changes_nothing(joining: Joining) -> None:
    status, _ = joining.line.door.answer("push", b"<html>")
    assert status == 400


def test_the_device_file_is_ours_alone_and_holds_no_plain_token_at_head_office(
    joining: Joining,
) -> None:
    joining.join()
    path = joining.folder / "device.json"

    assert path.stat().st_mode & 0o777 == 0o600
    kept = value(joining.office.storage, "SELECT token_hash FROM device")
    assert kept == hashlib.sha256(joining.device().token.encode()).digest()


def test_every_counter_gets_a_block_of_its_own(
    joining: Joining, tmp_path: Path, clock: FixedClock
) -> None:
    blocks = [joining.join().number_block]
    for number in range(3):
        other = another_shop(tmp_path / f"shop{number}", clock, seed=number)
        shop = Joining(joining.office, other, tmp_path / f"shop{number}")
        blocks.append(shop.join(key=bytes([number]) * 32).number_block)
        other.close()

    assert blocks == ["00", "01", "02", "03"]


def test_codes_do_not_repeat(joining: Joining) -> None:
    codes = {enroll_code(joining.office.storage).code for _ in range(20)}

    assert len(codes) == 20


def ask(device: DeviceIdentity, **changes: Any) -> PullRequest:
    facts: dict[str, Any] = {
        "request": bytes(16),
        "device": device.device,
        "token": device.token,
        "incarnation": b"",
        "positions": (),
        "book": b"",
    }
    return PullRequest(**(facts | changes))


def another_shop(folder: Path, clock: FixedClock, *, seed: int = 5) -> Storage:
    folder.mkdir()
    storage = Storage(folder / "guitai.db", b"x" * 32, clock=clock, chance=seeded_chance(90 + seed))
    command = InitHome(
        branch="南京东路店", counter="02机", calendar=BusinessCalendar(), sandbox=True
    )
    with storage.begin() as work:
        init_home(work, command)
    return storage
