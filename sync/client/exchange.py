"""The exchange: push what head office does not have, then pull what happened elsewhere.

A counter that is too old for what is told to it stops pulling, or reading one bucket of it, and
goes on pushing. A batch that something on the way finds too large goes again in halves; where one
operation alone is, it waits with all behind it, and what happened elsewhere is pulled all the same.

Written against the `HeadOffice` Protocol, so the simulation runs this very code. Nothing is open
while a call is on the line: each step of storage is one short transaction handed to
`run_on_storage`, which in the shop is the one storage thread.
"""

from dataclasses import dataclass
from functools import partial

import msgspec

from db.services.floor import end_spell
from db.services.replication import NotTogether, apply_set_aside
from sync.client.device import DeviceIdentity
from sync.client.first_load import LoadProgress, Tell, load_first
from sync.client.holding import answer_recalls
from sync.client.inbox import begin_page, check_page, pull_request, stopped_buckets, take_rows
from sync.client.leasing import begin_exchange, renew_leases
from sync.client.outbox import most_at_once, next_batch, note_most, take_push_reply, waiting
from sync.client.storage_access import RunOnStorage
from sync.protocol.messages import PullReply, Recall, is_silent
from sync.protocol.office import HeadOffice, OfficeRefused, OfficeUnreachable
from sync.protocol.version import app_version

PUSHES_MAX = 4_000
"""Two million operations: more than any counter gathers; a bound, not a goal."""
PULLS_MAX = 20_000
WAIT_MS = 25_000
"""How long to wait at head office for news."""
LISTEN_LIMIT_MS = 35_000
"""How long such a call may take: the waiting, and the way there and back."""
UPDATE_NEEDED = "update_needed"
TOO_LARGE = "too_large"
EMPTY_MAX = 20
"""Pages in a row without a word, each with the promise of more, after which it ends for now."""
STUCK_MAX = 3
"""Answers in a row that moved nothing, after which the exchange ends for now."""


def _nobody(_progress: LoadProgress) -> None:
    """Hear nothing."""


@dataclass(slots=True)
class ExchangeReport:
    """What one exchange came to; `trouble` is the reason it ended early, if it did.

    `rejected` counts operations that head office would not hear (a revoked device): they wait on.
    `loaded` counts operations that came at once, by a first load; `loading` says that one goes on.
    `reread` buckets will be read again, for they were not what head office says; `left` streams
    were left because two machines wrote them. `next_ms` is when head office would like to be asked
    again.
    """

    pushed: int = 0
    pulled: int = 0
    rejected: int = 0
    quarantined: int = 0
    rehomed: int = 0
    leased: int = 0
    reread: int = 0
    loaded: int = 0
    loading: bool = False
    left: int = 0
    online: bool = False
    trouble: str | None = None
    next_ms: int | None = None


def exchange_once(
    run_on_storage: RunOnStorage,
    office: HeadOffice,
    device: DeviceIdentity,
    *,
    renew: bool = True,
    piece_ms: int | None = None,
    tell: Tell = _nobody,
) -> ExchangeReport:
    """Drain both directions; return what came of it, whatever the line did.

    Args:
        run_on_storage: runs a service in one transaction.
        office: head office, near or far.
        device: who we are there.
        renew: ask for standing leases on members active here.
        piece_ms: how long one transaction may take rows in, where sales want the storage too.
        tell: hears how far a first load has come.
    """
    report = ExchangeReport()
    try:
        if not run_on_storage(begin_exchange):
            report.trouble = "not_enrolled"
            return report
        while run_on_storage(partial(apply_set_aside, version=app_version())):
            pass
        _push(run_on_storage, office, device, report=report)
        if not _first_load(run_on_storage, office, device, report=report, tell=tell):
            return report
        recalls = _pull(run_on_storage, office, device, report=report, piece_ms=piece_ms)
        _push_again(run_on_storage, office, device, report=report, recalls=recalls)
        if renew:
            report.leased = renew_leases(run_on_storage, office, device)
            _push(run_on_storage, office, device, report=report)
    except OfficeUnreachable as trouble:
        report.online = False
        report.trouble, report.next_ms = trouble.reason, trouble.retry_ms
    except OfficeRefused as refused:
        report.online = True
        report.trouble, report.next_ms = refused.reason, refused.retry_ms or None
        report.rejected = run_on_storage(waiting)
    return report


def has_news(run_on_storage: RunOnStorage, office: HeadOffice, device: DeviceIdentity) -> bool:
    """Say whether there is something to fetch, once head office has waited for it or gives up.

    Nothing is taken in: what comes is asked for again by the exchange that this is to begin.

    Raises:
        Trouble: what the line, head office or the storage does.
    """
    request = run_on_storage(partial(pull_request, device=device))
    reply = office.pull(msgspec.structs.replace(request, wait_ms=WAIT_MS, most=1))
    return not is_silent(reply)


def _push(
    run: RunOnStorage, office: HeadOffice, device: DeviceIdentity, *, report: ExchangeReport
) -> None:
    stuck = 0
    most = run(most_at_once)
    for _ in range(PUSHES_MAX):
        batch = run(partial(next_batch, device=device, most=most))
        if batch is None or stuck == STUCK_MAX:
            break
        try:
            reply = office.push(batch)
        except (OfficeUnreachable, OfficeRefused) as trouble:
            most = len(batch.rows) // 2
            if trouble.reason != TOO_LARGE:
                raise
            if most == 0:
                report.trouble = TOO_LARGE
                break
            run(partial(note_most, most=most))
            continue
        most = max(1, min(most, reply.most))
        report.online, report.next_ms = True, reply.next_ms
        outcome = run(partial(take_push_reply, request=batch, reply=reply))
        report.pushed += outcome.pushed
        report.quarantined += outcome.quarantined
        report.rehomed += outcome.rehomed
        stuck = 0 if outcome.progress else stuck + 1


def _push_again(
    run: RunOnStorage,
    office: HeadOffice,
    device: DeviceIdentity,
    *,
    report: ExchangeReport,
    recalls: tuple[Recall, ...],
) -> None:
    """Give back what is asked back, and send again what a restored head office has forgotten."""
    if recalls:
        run(partial(answer_recalls, recalls=recalls))
    if report.trouble != TOO_LARGE and run(waiting):
        _push(run, office, device, report=report)


def _first_load(
    run: RunOnStorage,
    office: HeadOffice,
    device: DeviceIdentity,
    *,
    report: ExchangeReport,
    tell: Tell,
) -> bool:
    """Take everything at once where that is due; say whether the feed is next."""
    loaded = load_first(run, office, device, tell=tell)
    if loaded.retry_ms is not None:
        report.online, report.loading, report.next_ms = True, True, loaded.retry_ms
        return False
    report.loaded = 0 if loaded.taken is None else loaded.taken.operations
    return True


def _pull(
    run: RunOnStorage,
    office: HeadOffice,
    device: DeviceIdentity,
    *,
    report: ExchangeReport,
    piece_ms: int | None,
) -> tuple[Recall, ...]:
    """Take in what happened elsewhere; return what head office asks back of us."""
    recalls: tuple[Recall, ...] = ()
    empty = 0
    for _ in range(PULLS_MAX):
        request = run(partial(pull_request, device=device))
        try:
            reply = office.pull(request)
        except OfficeRefused as refused:
            if refused.reason != UPDATE_NEEDED:
                raise
            report.trouble = UPDATE_NEEDED
            break
        report.online, report.next_ms = True, reply.next_ms
        report.reread += sum(page.again for page in reply.pages)
        report.left += run(partial(begin_page, reply=reply, stream_id=request.stream))
        recalls = reply.recalls
        _take(run, reply, report, piece_ms=piece_ms)
        empty = 0 if reply.rows or reply.pages else empty + 1
        if not reply.more or empty == EMPTY_MAX:
            break
    if run(stopped_buckets):
        report.trouble = UPDATE_NEEDED
    if report.trouble is None:
        run(end_spell)
    return recalls


def _take(
    run: RunOnStorage, reply: PullReply, report: ExchangeReport, *, piece_ms: int | None
) -> None:
    """Take a page in, in pieces where a sale at the counter must not wait for a whole one."""
    rows = reply.rows
    while rows:
        service = partial(take_rows, incarnation=reply.incarnation, rows=rows, within_ms=piece_ms)
        try:
            taken = run(service)
        except NotTogether:
            taken = run(partial(service, one_by_one=True))
        report.pulled += taken.applied
        report.quarantined += taken.quarantined
        rows = rows[taken.rows :]
    report.reread += run(partial(check_page, reply=reply))
