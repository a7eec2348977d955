"""How the exchange meets what is in its way: too large, too old, put back, busy, not ours."""

from dataclasses import dataclass

import msgspec
import pytest

from db.domain.operations import seal
from db.domain.upcasts import UPCASTS
from db.queries.line_status import REREAD_SETTING
from db.services.enrollment import start_stream
from db.services.replication import HANDLERS, SET_ASIDE_SETTING
from db.services.verify.book import verify_home
from db.storage.unit_of_work import Storage
from sync.client.exchange import EMPTY_MAX, exchange_once
from sync.client.inbox import begin_page, pull_request, stopped_buckets
from sync.client.outbox import MOST_SETTING
from sync.client.remote_office import LineAnswer, RemoteOffice
from sync.client.storage_access import directly_on
from sync.protocol.messages import BATCH_FACTS_MAX, PullReply, PullRequest
from sync.protocol.office import OfficeUnreachable
from sync.server.desk import Desk, begin_life
from sync.server.door import Door
from sync.server.ingest import apply_known_now
from sync.server.office import Office
from tests.support.checkers import rows, the_book, value
from tests.support.makers import a_member, a_sale
from tests.unit.sync.conftest import Joining
from tests.unit.sync.forging import batch_of, exchanged, first_in, pushed, waiting_at

CURSORS = "SELECT sequence FROM cursor ORDER BY sequence"


@dataclass
class NarrowLine:
    """Something on the way lets through so many bytes, and says 413 to more in its own words."""

    joining: Joining
    most: int
    refused: int = 0

    def carry(self, kind: str, sealed: bytes) -> LineAnswer:
        if len(sealed) > self.most:
            self.refused += 1
            return LineAnswer(413, b"<html>413 Request Entity Too Large</html>")
        return self.joining.line.carry(kind, sealed)

    def close(self) -> None:
        return

    def office(self) -> RemoteOffice:
        device = self.joining.device()
        return RemoteOffice(self, private_key=device.private_key, server_key=device.server_key)


class LargeRefused(NarrowLine):
    """Something on the way that lets no push through, and everything else."""

    def __init__(self, joining: Joining) -> None:
        super().__init__(joining, most=0)

    def carry(self, kind: str, sealed: bytes) -> LineAnswer:
        if kind == "push":
            return super().carry(kind, sealed)
        return self.joining.line.carry(kind, sealed)


@pytest.fixture
def bystander(bystander: Joining) -> Joining:
    """Return another counter of the office, at another branch."""
    return bystander


def restored(joining: Joining, *, lost: int) -> None:
    """Put head office's feed back by so many rows of each bucket, as a backup would."""
    with joining.office.storage.begin() as work:
        work.sql.run(
            "DELETE FROM feed WHERE sequence > (SELECT max(f.sequence) FROM feed AS f"
            " WHERE f.bucket = feed.bucket) - ?",
            (lost,),
        )
        start_stream(work, work.new_id())  # type: ignore[arg-type]  # any 16 bytes name a stream
        begin_life(work)


# What is too large -----------------------------------------------------------------------------


def test_a_batch_too_large_for_the_line_goes_in_halves_until_it_fits(joining: Joining) -> None:
    joining.join()
    for _ in range(20):
        a_sale(joining.storage)
    line = NarrowLine(joining, most=1_400)
    run, device = directly_on(joining.storage), joining.device()

    report = exchange_once(run, line.office(), device, renew=False)

    assert (report.trouble, report.pushed, waiting_at(joining)) == (None, 20, 0)
    assert 1 <= line.refused <= 4
    assert value(joining.office.storage, "SELECT count(*) FROM sale") == 20


def test_what_fitted_is_remembered_and_tried_twice_as_large_the_next_time(joining: Joining) -> None:
    joining.join()
    for _ in range(20):
        a_sale(joining.storage)
    run, device = directly_on(joining.storage), joining.device()
    exchange_once(run, NarrowLine(joining, most=1_400).office(), device, renew=False)
    with joining.storage.begin() as work:
        fitted = int(work.settings.get(MOST_SETTING) or 0)

    for _ in range(9):
        exchanged(joining)

    assert 0 < fitted < 20
    with joining.storage.begin() as work:
        assert work.settings.get(MOST_SETTING) == str(BATCH_FACTS_MAX)


def test_one_operation_that_nothing_lets_through_ends_the_exchange_by_name(
    joining: Joining,
) -> None:
    joining.join()
    a_sale(joining.storage)
    run, device = directly_on(joining.storage), joining.device()

    report = exchange_once(run, NarrowLine(joining, most=100).office(), device, renew=False)

    assert (report.trouble, waiting_at(joining)) == ("too_large", 1)


def test_one_operation_that_nothing_lets_through_does_not_keep_news_away(
    joining: Joining, bystander: Joining
) -> None:
    a_sale(joining.storage)
    a_sale(bystander.storage, amount=30_000)
    exchanged(bystander)
    run, device = directly_on(joining.storage), joining.device()
    line = LargeRefused(joining)

    report = exchange_once(run, line.office(), device, renew=False)

    assert (report.trouble, report.online, waiting_at(joining)) == ("too_large", True, 1)
    assert report.pulled > 0
    assert exchanged(joining).trouble is None


# What is too old -------------------------------------------------------------------------------


def test_a_counter_too_old_to_be_told_anything_goes_on_sending(
    joining: Joining, office: Office
) -> None:
    joining.join()
    a_sale(joining.storage)
    joining.line.door = Door(
        Office(office.storage, office.journal, needed=frozenset({"of the future"}))
    )

    report = exchanged(joining)

    assert (report.trouble, report.pushed, report.online) == ("update_needed", 1, True)
    assert 426 in joining.line.statuses
    assert value(joining.storage, "SELECT count(*) FROM cursor") == 0


def test_a_row_of_a_newer_version_stops_its_bucket_and_no_other(
    joining: Joining, bystander: Joining
) -> None:
    a_sale(joining.storage)
    true = first_in(batch_of(joining))
    pushed(joining, seal(msgspec.structs.replace(true.envelope, t="sale_of_the_future")).raw)
    a_sale(bystander.storage)

    reports = [exchanged(bystander), exchanged(bystander)]

    assert [report.trouble for report in reports] == ["update_needed", "update_needed"]
    assert reports[0].pushed == 1
    assert rows(bystander.storage, CURSORS) == [(1,)], "its own branch is read on"
    with joining.office.storage.begin() as work:
        work.sql.run("DELETE FROM feed WHERE op = ?", (true.op,))
        work.sql.run("DELETE FROM feed_head WHERE bucket NOT IN (SELECT bucket FROM feed)")
    with bystander.storage.begin() as work:
        assert len(stopped_buckets(work)) == 1
        work.settings.put("feed_stopped", "")


def test_an_updated_counter_reads_on_where_it_stopped(
    joining: Joining, bystander: Joining, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_sale(joining.storage)
    exchanged(joining)
    with monkeypatch.context() as older:
        older.delitem(HANDLERS, "sale")
        before = exchanged(bystander)

    after = exchanged(bystander)

    assert (before.trouble, after.trouble) == ("update_needed", None)
    assert value(bystander.storage, "SELECT count(*) FROM sale") == 1


def test_what_was_skipped_by_an_older_version_is_applied_once_it_is_known(
    joining: Joining, bystander: Joining, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_sale(joining.storage)
    true = first_in(batch_of(joining))
    raw = seal(msgspec.structs.replace(true.envelope, crit=0)).raw
    with monkeypatch.context() as older:
        older.delitem(HANDLERS, "sale")
        verdicts = pushed(joining, raw).verdicts
        exchanged(bystander)
    skipped = value(bystander.storage, "SELECT count(*) FROM operation WHERE status = 'skipped'")

    with joining.office.storage.begin() as work:
        apply_known_now(Desk(work, joining.office.journal))
    exchanged(bystander)

    assert ([verdict.status for verdict in verdicts], skipped) == (["skipped"], 1)
    for book in (joining.office.storage, bystander.storage):
        assert value(book, "SELECT count(*) FROM sale WHERE sale_id = ?", true.op) == 1
        assert verify_home(book).problems == ()


def test_what_a_fault_had_set_aside_is_tried_again_by_the_next_version_and_told_to_all(
    joining: Joining, bystander: Joining, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object) -> None:
        raise ValueError("the fault of an older version")

    a_sale(joining.storage)
    true = first_in(batch_of(joining))
    with monkeypatch.context() as older:
        older.setitem(HANDLERS, "sale", faulty)
        exchanged(joining)
    exchanged(bystander)
    before = value(bystander.storage, "SELECT count(*) FROM sale")
    with joining.office.storage.begin() as work:
        work.settings.put(SET_ASIDE_SETTING, "an older version 9999")
        apply_known_now(Desk(work, joining.office.journal))

    exchanged(bystander)

    assert before == 0
    for book in (joining.office.storage, bystander.storage):
        assert value(book, "SELECT count(*) FROM sale WHERE sale_id = ?", true.op) == 1
        assert verify_home(book).problems == ()


def test_what_an_older_version_wrote_is_read_as_the_newest_says_it_everywhere(
    monkeypatch: pytest.MonkeyPatch, joining: Joining, bystander: Joining
) -> None:
    a_sale(joining.storage)
    true = first_in(batch_of(joining)).envelope
    older = seal(msgspec.structs.replace(true, b={"as it was said": true.b})).raw
    monkeypatch.setitem(UPCASTS, "sale", (lambda body: body.get("as it was said", body),))

    reply = pushed(joining, older)
    exchanged(bystander)

    assert reply.verdicts == ()
    for book in (joining.office.storage, bystander.storage):
        assert value(book, "SELECT count(*) FROM sale") == 1
        assert verify_home(book).problems == ()


def test_a_head_office_that_promises_more_and_says_nothing_is_not_asked_without_end(
    joining: Joining,
) -> None:
    class Promising(RemoteOffice):
        asked = 0

        def pull(self, request: PullRequest) -> PullReply:
            self.asked += 1
            return msgspec.structs.replace(super().pull(request), rows=(), pages=(), more=True)

    joining.join()
    device = joining.device()
    office = Promising(joining.line, private_key=device.private_key, server_key=device.server_key)

    exchange_once(directly_on(joining.storage), office, device, renew=False)

    assert office.asked == EMPTY_MAX


# What was put back -----------------------------------------------------------------------------


def test_a_head_office_that_was_put_back_is_read_on_from_the_last_common_place(
    joining: Joining,
) -> None:
    joining.join()
    for _ in range(40):
        a_sale(joining.storage)
        exchanged(joining)
    restored(joining, lost=5)

    stale = joining.remote().pull(_asked(joining))
    with joining.storage.begin() as work:
        begin_page(work, stale, stream_id=bytes(16))

    told = joining.remote().pull(_asked(joining))
    report = exchanged(joining)

    assert (stale.rows, stale.pages, stale.more) == ((), (), True)
    assert 30 <= told.pages[0].after <= 35
    assert report.trouble is None
    assert value(joining.storage, "SELECT count(*) FROM sale") == 40
    assert verify_home(joining.storage).problems == ()


def test_one_that_shares_no_place_is_read_from_the_start_and_ours_is_not_lost(
    joining: Joining,
) -> None:
    joining.join()
    member = a_member(joining.storage)
    for _ in range(3):
        a_sale(joining.storage, member.member_id)
    exchanged(joining)
    restored(joining, lost=100)

    for _ in range(2):
        exchanged(joining)

    assert value(joining.storage, "SELECT count(*) FROM sale") == 3
    assert rows(joining.office.storage, "SELECT count(*) FROM sale") == [(3,)]


# What differs ----------------------------------------------------------------------------------


def test_a_bucket_that_is_not_what_head_office_says_is_read_again_and_a_person_hears_of_it(
    joining: Joining, bystander: Joining
) -> None:
    a_sale(joining.storage, a_member(joining.storage).member_id)
    exchanged(joining)
    exchanged(bystander)
    with bystander.storage.begin() as work:
        work.sql.run("UPDATE cursor SET sum256 = randomblob(32)")

    report = exchanged(bystander)

    assert (report.trouble, report.reread) == (None, 1)
    with bystander.storage.begin() as work:
        assert (work.settings.get(REREAD_SETTING) or "").startswith("1 ")
    alarms = "SELECT kind, times FROM alarm"
    assert rows(joining.office.storage, alarms) == [("feed_differs", 1)]
    assert the_book(bystander.storage)["sale"] == the_book(joining.office.storage)["sale"]


def test_head_office_going_on_from_a_place_we_never_passed_is_not_ours(
    joining: Joining, storage: Storage
) -> None:
    joining.join()
    for _ in range(3):
        a_sale(storage)
    exchanged(joining)
    restored(joining, lost=1)
    exchanged(joining)
    with storage.begin() as work:
        work.sql.run("UPDATE cursor SET incarnation = x'00'")
        request = pull_request(work, joining.device())
    reply = joining.office.pull(request)
    moved = tuple(msgspec.structs.replace(page, after=1) for page in reply.pages)

    with pytest.raises(OfficeUnreachable) as trouble, storage.begin() as work:
        begin_page(work, msgspec.structs.replace(reply, pages=moved), stream_id=request.stream)

    assert trouble.value.reason == "not_ours"


def _asked(joining: Joining) -> PullRequest:
    with joining.storage.begin() as work:
        return pull_request(work, joining.device())
