"""Devices: taking a counter in by a one-time code, listing and revoking them.

A code is read out or typed once, lives ten minutes and binds to the first key that uses it, so a
reply lost on the way may be asked for again and a code overheard is worth nothing. The first
exchange is trusted as far as TLS is (or the loopback); from then on both ends know each other's
key.
"""

import hashlib
import hmac
from dataclasses import dataclass

from db.domain.clock import BusinessCalendar
from db.domain.ids import BranchId, CounterId, StreamId, text_of
from db.domain.lookup.member_number import NUMBER_ALPHABET, block_at
from db.domain.refusals import Refusal
from db.services.enrollment import office_book
from db.storage.unit_of_work import Storage
from sync.protocol.messages import EnrollReply, EnrollRequest, StreamClaim
from sync.protocol.office import OfficeRefused
from sync.protocol.receipt_seal import KEY_PROOF
from sync.protocol.signing import sign
from sync.server.desk import Desk
from sync.server.guests import narrow
from sync.server.storage.device_rows import CodeRow, DeviceRepository, DeviceRow, all_devices
from sync.server.storage.grant_journal import GrantJournal

ALL, HOME = "all", "home"
"""Whom a counter holds: every member, or its branch's own and guests."""
CODE_LIFE_MS = 600_000
CODE_CHARACTERS = 8
TOKEN_LIFE_MS = 86_400_000
BLOCKS = 992
STREAM_BYTES = 16


@dataclass(eq=False)
class NoSuchDevice(Refusal):
    """No device has this id."""

    wanted: str


@dataclass(frozen=True, slots=True)
class EnrollCode:
    """A one-time code as it is read out (XXXX-XXXX), and until when it works (UTC ms)."""

    code: str
    branch: str | None
    expires_at: int


@dataclass(frozen=True, slots=True)
class Device:
    """A counter's running identity as head office lists it; times are UTC ms."""

    device_id: str
    counter_id: str
    counter: str
    branch: str
    state: str
    app: str
    enrolled_at: int
    last_seen_at: int


def enroll_code(storage: Storage, branch: str | None = None, *, members: str = ALL) -> EnrollCode:
    """Make a one-time code, good for ten minutes; without a branch the counter's name counts.

    The counter that uses it holds `all` members, or those at `home` in its branch and its guests.
    """
    with storage.begin() as work:
        drawn = int.from_bytes(work.chance(8), "big")
        code = "".join(NUMBER_ALPHABET[drawn >> 5 * place & 31] for place in range(CODE_CHARACTERS))
        row = CodeRow(code, branch, work.at_ms + CODE_LIFE_MS, None, members)
        DeviceRepository(work.sql).put_code(row)
    return EnrollCode(f"{code[:4]}-{code[4:]}", branch, row.expires_at)


def devices(storage: Storage) -> list[Device]:
    """Return every device, in the order in which they came."""
    with storage.reading() as reader:
        return [
            Device(
                device_id=text_of(row.device_id),
                counter_id=text_of(row.counter_id),
                counter=counter,
                branch=branch,
                state=row.state,
                app=row.app,
                enrolled_at=row.enrolled_at,
                last_seen_at=row.last_seen_at,
            )
            for row, counter, branch in all_devices(reader)
        ]


def revoke(storage: Storage, device_id: bytes) -> None:
    """Take a device's rights away at once; refuse with `NoSuchDevice` when there is none."""
    with storage.begin() as work:
        if not DeviceRepository(work.sql).revoke(device_id):
            raise NoSuchDevice(text_of(device_id))


def set_members(storage: Storage, journal: GrantJournal, device_id: bytes, *, members: str) -> None:
    """Let a device's counter hold `all` members from now on, or no more than those at `home`.

    What it holds already stays there. Refuse with `NoSuchDevice` when there is none.
    """
    with storage.begin() as work:
        device = DeviceRepository(work.sql).by_id(device_id)
        if device is None:
            raise NoSuchDevice(text_of(device_id))
        narrow(Desk(work, journal), device.counter_id, home=members == HOME)


def take_in(desk: Desk, request: EnrollRequest) -> EnrollReply:
    """Make a counter a device of this head office.

    Raises:
        OfficeRefused: code_unknown, code_expired, code_used, revoked, no_blocks, or malformed when
            the counter would be head office's own, or its days begin in no time zone.
    """
    code = _code(desk, request)
    branch_name = code.branch or request.branch_name
    if request.counter == desk.work.home.counter_id:
        raise OfficeRefused("malformed")
    branch_id = _branch(desk, request, branch_name)
    block = _counter(desk, request, branch_id)
    device_id = _device(desk, request)
    narrow(desk, CounterId(request.counter), home=code.members == HOME)
    for claim in request.streams:
        _claim(desk, claim, CounterId(request.counter))
    return EnrollReply(
        request=request.request,
        incarnation=desk.incarnation,
        server_key=desk.public_key,
        device=device_id,
        token=device_token(desk.private_key, device_id, desk.work.at_ms),
        branch=branch_id,
        stream=desk.work.chance(STREAM_BYTES),
        number_block=block,
        book=office_book(desk.work),
        now=desk.work.at_ms,
        proof=sign(desk.private_key, KEY_PROOF, request.public_key),
    )


def _claim(desk: Desk, claim: StreamClaim, counter_id: CounterId) -> None:
    """Remember how far a stream was written by its counter's own authority.

    Who joined and heard no answer asks again, further on: that counts until its first word of a
    later stream.
    """
    known = desk.work.operations.stream(StreamId(claim.stream))
    if known is None:
        desk.devices.claim_former(claim.stream, claim.sequence)
        desk.work.operations.open_stream(StreamId(claim.stream), counter_id, epoch=claim.epoch)
    elif known.counter_id == counter_id and desk.devices.may_go_on(claim.stream):
        desk.devices.claim_former(claim.stream, claim.sequence)


def device_token(private_key: bytes, device_id: bytes, at_ms: int) -> str:
    """Return a device's token of a day: the same one each time it is asked for."""
    said = b"token" + device_id + (at_ms // TOKEN_LIFE_MS).to_bytes(8, "big")
    return hmac.new(private_key, said, hashlib.sha256).hexdigest()


def is_token(private_key: bytes, device_id: bytes, token: str, *, at_ms: int) -> bool:
    """Say whether a token holds now: that of this day, or of the one before."""
    return any(
        hmac.compare_digest(device_token(private_key, device_id, at), token)
        for at in (at_ms, max(0, at_ms - TOKEN_LIFE_MS))
    )


def typed_code(text: str) -> str:
    """Return a code as it is kept, however it was typed."""
    letters = text.upper().translate(str.maketrans("ILOU", "110V", " -"))
    return "".join(character for character in letters if character in NUMBER_ALPHABET)


def _code(desk: Desk, request: EnrollRequest) -> CodeRow:
    code = desk.devices.code(typed_code(request.code))
    if code is None:
        raise OfficeRefused("code_unknown")
    if code.used_by is not None and code.used_by != request.public_key:
        raise OfficeRefused("code_used")
    if code.expires_at < desk.work.at_ms:
        raise OfficeRefused("code_expired")
    desk.devices.use_code(code.code, request.public_key)
    return code


def _branch(desk: Desk, request: EnrollRequest, name: str) -> BranchId:
    """Return the branch of this name, made on first enrolment, the counter's id an alias of it."""
    own = BranchId(request.branch)
    known = desk.work.branches.branch_named(name)
    ours = desk.work.branches.branch(own)
    if known is None:
        known = BranchId(desk.work.new_id()) if ours is not None else own
        desk.work.branches.put_branch(known, name, _calendar(desk, request))
    if known != own and ours is None:
        desk.work.branches.put_alias(own, known)
    return known


def _calendar(desk: Desk, request: EnrollRequest) -> BusinessCalendar:
    calendar = BusinessCalendar(request.timezone, request.day_cut_minutes)
    try:
        calendar.day_of(desk.work.at_ms)
    except (LookupError, ValueError, OSError) as error:  # zoneinfo opens a file of that name
        raise OfficeRefused("malformed") from error
    return calendar


def _counter(desk: Desk, request: EnrollRequest, branch_id: BranchId) -> str:
    """Write the counter and return its number block: the one it has, or the next free."""
    row = desk.work.one("SELECT number_block FROM counter WHERE counter_id = ?", (request.counter,))
    block: str | None = None if row is None else row[0]
    if block is None:
        given = desk.devices.blocks_given()
        block = next((one for one in map(block_at, range(BLOCKS)) if one not in given), None)
    if block is None:
        raise OfficeRefused("no_blocks")
    desk.work.branches.put_counter(
        CounterId(request.counter), branch_id, request.counter_name, number_block=block
    )
    return block


def _device(desk: Desk, request: EnrollRequest) -> bytes:
    known = desk.devices.by_key(request.public_key)
    if known is not None and known.state == "revoked":
        raise OfficeRefused("revoked")
    device_id = desk.work.new_id() if known is None else known.device_id
    token = device_token(desk.private_key, device_id, desk.work.at_ms)
    desk.devices.put(
        DeviceRow(
            device_id=device_id,
            counter_id=CounterId(request.counter),
            public_key=request.public_key,
            token_hash=hashlib.sha256(token.encode()).digest(),
            state="live",
            app=request.app,
            enrolled_at=desk.work.at_ms if known is None else known.enrolled_at,
            last_seen_at=desk.work.at_ms,
        )
    )
    return device_id
