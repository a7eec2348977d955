"""Sync status and conflicts, with something to decide, reached as a manager reaches them."""

from collections.abc import Callable

from db.domain.conflicts import KEEP, REST, REVOKE, VOID, ConflictKind, SideFact
from db.domain.ids import text_of
from db.services.conflicts import Finding, open_conflict
from db.storage.home import OFFICE
from db.storage.unit_of_work import UnitOfWork
from desktop.gallery.cashier import MANAGER, Cashier
from desktop.wording.conflict_words import KINDS

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
_MEMBERS = "SELECT member_id FROM member ORDER BY member_row LIMIT 2"
_SALES = "SELECT sale_id FROM sale ORDER BY sold_at LIMIT 2"
_WHO = "SELECT staff_id FROM staff WHERE code = ?"


def side(work: UnitOfWork, act: str, *, minutes: int, **facts: object) -> SideFact:
    """Return one side, so many minutes before now, by 王芳 or whoever."""
    return SideFact(
        act=act,
        branch=text_of(work.home.branch_id),
        counter=text_of(work.home.counter_id),
        staff=text_of(work.sql.value(_WHO, (facts.pop("by", "2"),))),
        at=work.at_ms - minutes * MINUTE_MS,
        **facts,  # type: ignore[arg-type]  # the fields of a side
    )


def find_conflicts(work: UnitOfWork) -> None:
    """Find five things that do not fit."""
    first, later = (row[0] for row in work.all(_MEMBERS))
    one, other = (row[0] for row in work.all(_SALES))
    branch = work.home.branch_id
    found = [
        Finding(
            kind=ConflictKind.POSSIBLE_DUPLICATE, subject=first, other=later, branch=branch,
            member_id=first, recommended=KEEP,
            sides=(
                side(work, "member_register", minutes=26 * 60),
                side(work, "member_register", minutes=25 * 60, by="3"),
            ),
        ),
        Finding(
            kind=ConflictKind.DUPLICATE_RECEIPT, subject=one, other=other, branch=branch,
            member_id=first, recommended=VOID,
            sides=(
                side(work, "sale", minutes=190, amount=12_800, points=128, text="000217"),
                side(work, "sale", minutes=175, by="3", amount=12_800, points=128, text="000217"),
            ),
        ),
        Finding(
            kind=ConflictKind.REVERSED_TWICE, subject=one, other=later, branch=branch,
            member_id=first, recommended=REST,
            detail={"error": "AssertionError: something was returned meanwhile", "waits": False},
            sides=(
                side(work, "return", minutes=150, amount=4_000, points=40),
                side(work, "reversal", minutes=120, by="3", amount=12_800, points=128),
            ),
        ),
        Finding(
            kind=ConflictKind.EVENT_TWICE, subject=first, other=other, branch=branch,
            member_id=first, recommended=REVOKE,
            sides=(
                side(work, "event_award", minutes=90, points=80, text="birthday"),
                side(work, "event_award", minutes=60, by="3", points=80, text="birthday"),
            ),
        ),
        Finding(
            kind=ConflictKind.CAP_EXCEEDED, subject=first, other=b"2026-11-24", branch=branch,
            member_id=first,
            detail={"period": "2026-11-24", "awarded": 1_170, "limit": 1_000},
            sides=(side(work, "sale", minutes=30, amount=90_000, points=900),),
        ),
    ]  # fmt: skip
    for each in found:
        open_conflict(work, each)


def _submit(cashier: Cashier, service: Callable[[UnitOfWork], object]) -> None:
    cashier.counter.runner.submit(service, done=lambda _: None)
    cashier.settle()


def _under_office(work: UnitOfWork) -> None:
    work.settings.put("authority", OFFICE)
    work.settings.put("last_contact_at", str(work.at_ms - 87 * MINUTE_MS))
    work.forget()


def _at_status(cashier: Cashier, *, with_office: bool) -> None:
    cashier.sign_in(MANAGER, cashier.manager_pin)
    _submit(cashier, find_conflicts)
    if with_office:
        _submit(cashier, _under_office)
    cashier.counter.desk.refresh()
    cashier.settle()
    cashier.tap("inbox")


def open_kind(cashier: Cashier, kind: str) -> None:
    """Open the conflict of a kind, by its words in either language."""
    pair = next(pair for pair in KINDS.values() if kind in pair)
    rows = cashier.counter.pages.conflicts_model.state().rows
    place = next(place for place, row in enumerate(rows) if row.name in pair)
    cashier.counter.pages.conflicts_model.choose(place)
    cashier.settle()


def status(cashier: Cashier) -> None:
    cashier.sign_in(MANAGER, cashier.manager_pin)
    _submit(cashier, _under_office)
    cashier.counter.desk.refresh()
    cashier.settle()
    cashier.tap("line")


def conflicts(cashier: Cashier) -> None:
    _at_status(cashier, with_office=False)
    open_kind(cashier, "小票号重复")


def conflicts_duplicate(cashier: Cashier) -> None:
    _at_status(cashier, with_office=True)
    open_kind(cashier, "可能是同一人")
    cashier.tap("conflictChoice0")


def conflicts_asked(cashier: Cashier) -> None:
    conflicts_duplicate(cashier)
    cashier.wait_for_guard()
    cashier.tap("confirmConflict")


def conflicts_refunded(cashier: Cashier) -> None:
    _at_status(cashier, with_office=True)
    open_kind(cashier, "同一笔退了两次")


def conflicts_decided(cashier: Cashier) -> None:
    _at_status(cashier, with_office=False)
    open_kind(cashier, "小票号重复")
    cashier.tap("confirmConflict")
    cashier.tap("allConflicts")
