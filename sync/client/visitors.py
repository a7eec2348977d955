"""Asking head office for a member whom this counter does not hold, by full phone or number.

Only a counter with `members: home` asks: one that holds all knows whom there is. Never raises for
the line: offline, an unknown phone is a new member, who may earn and has no lease to redeem by; who
he is is settled at head office (decision 0014).
"""

from functools import partial

from db.domain.ids import MemberId
from db.domain.lookup.phone import parse_phone
from db.domain.lookup.phone_text import PhoneInvalid
from db.domain.lookup.scans import DynamicCode, MemberCode, classify
from db.domain.operations import MalformedOperation, Personal, read_operation
from db.services.visitors import take_visitor
from db.storage.database import Reader
from db.storage.unit_of_work import UnitOfWork
from sync.client.device import REQUEST_BYTES, DeviceIdentity
from sync.client.inbox import MEMBERS_SETTING
from sync.client.outbox import note_time
from sync.client.storage_access import RunOnStorage
from sync.protocol.messages import FindReply, FindRequest
from sync.protocol.office import HeadOffice, OfficeRefused, OfficeUnreachable

HOME = "home"
PAGES_MAX = 50


def holds_home_only(reader: Reader) -> bool:
    """Say whether this counter holds the members of its branch and its guests alone."""
    value = reader.value("SELECT value FROM setting WHERE name = ?", (MEMBERS_SETTING,))
    return bool(value == HOME)


def find_at_office(
    run: RunOnStorage, office: HeadOffice, device: DeviceIdentity, *, text: str
) -> int | None:
    """Ask who has this phone or number, and take in what is told; return how many they are.

    Anything else than a full phone, a member number or a member's code asks nothing. Where head
    office had to be asked and could not, that is said by nothing instead of a number.
    """
    request = run(partial(_request, device=device, text=text))
    if request is None:
        return 0
    found: set[bytes] = set()
    try:
        for _ in range(PAGES_MAX):
            reply = office.find(request)
            run(partial(_take, reply=reply))
            found.update(reply.members)
            if not reply.more:
                break
            request = run(partial(_next, request=request, had=len(reply.rows)))
    except (OfficeUnreachable, OfficeRefused):
        return len(found) or None
    return len(found)


def _request(work: UnitOfWork, *, device: DeviceIdentity, text: str) -> FindRequest | None:
    if not holds_home_only(work.sql):
        return None
    phone, number = _read(text, work.home.region)
    if not phone and not number:
        return None
    return FindRequest(
        request=work.chance(REQUEST_BYTES),
        device=device.device,
        token=device.token,
        phone=phone,
        number=number,
    )


def _next(work: UnitOfWork, *, request: FindRequest, had: int) -> FindRequest:
    return FindRequest(
        request=work.chance(REQUEST_BYTES),
        device=request.device,
        token=request.token,
        phone=request.phone,
        number=request.number,
        after=request.after + had,
    )


def _read(text: str, region: str) -> tuple[str, str]:
    """Return the phone (E.164) and the member number that a cashier may have meant."""
    match classify(text, region=region, typed=True):
        case MemberCode(number=number) | DynamicCode(number=number):
            return "", str(number)
        case _:
            try:
                return parse_phone(text, region).e164, ""
            except PhoneInvalid:
                return "", ""


def _take(work: UnitOfWork, *, reply: FindReply) -> int:
    note_time(work, reply.now)
    try:
        facts = [
            (
                read_operation(bytes(row.op)),
                Personal(row.nonce, row.personal) if row.nonce else None,
            )
            for row in reply.rows
        ]
    except MalformedOperation as error:
        raise OfficeUnreachable("not_ours", "a row that is no operation") from error
    return take_visitor(work, [MemberId(each) for each in reply.members], facts)
