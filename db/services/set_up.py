"""Making a home: one branch, one counter, one manager, one program; ready to sell.

A home without a head office is its own authority. Joining a head office later replaces program
and staff by its own, and starts a new stream: a stream is never handed on.
"""

from dataclasses import dataclass

from db.domain.clock import BusinessCalendar
from db.domain.ids import BranchId, CounterId, StaffId, StreamId
from db.domain.program.program import default_program_document
from db.domain.program.support import load_counter_program
from db.domain.staff import PIN_DIGITS, Role, WeakPin, check_pin
from db.storage.home import SELF
from db.storage.programs import ProgramRow
from db.storage.staff import StaffRow, hash_pin
from db.storage.unit_of_work import UnitOfWork

MANAGER_CODE = "1"
MANAGER_NAME = "店长"
_PIN_TRIES_MAX = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class InitHome:
    """An installer makes a home; a program document may be brought along.

    `manager` is what the first person is called, in the installer's language; `pin` is his, made by
    chance where he did not choose one. `language` is what the counter speaks.
    """

    branch: str
    counter: str
    calendar: BusinessCalendar
    region: str = "CN"
    program: bytes | None = None
    sandbox: bool = False
    manager: str = MANAGER_NAME
    pin: str | None = None
    language: str = "zh_CN"


@dataclass(frozen=True, slots=True)
class HomeMade:
    """The home is ready; the PIN is shown this once."""

    branch_id: BranchId
    counter_id: CounterId
    staff_id: StaffId
    staff_code: str
    pin: str


def init_home(work: UnitOfWork, command: InitHome) -> HomeMade:
    """Fill an empty database with what a counter needs to sell.

    Raises:
        InvalidProgram: when the program brought along is not valid, or more than counters can do.
        WeakPin: when the PIN that was chosen may not be.
    """
    branch_id, counter_id = BranchId(work.new_id()), CounterId(work.new_id())
    stream_id, staff_id = StreamId(work.chance(16)), StaffId(work.new_id())
    work.branches.put_branch(branch_id, command.branch, command.calendar)
    work.branches.put_counter(counter_id, branch_id, command.counter, number_block=None)
    for name, value in {
        "counter_id": counter_id.hex(),
        "stream_id": stream_id.hex(),
        "authority": SELF,
        "region": command.region,
        "sandbox": str(int(command.sandbox)),
        "language": command.language,
    }.items():
        work.settings.put(name, value)
    work.operations.open_stream(stream_id, counter_id, epoch=0)
    document = command.program or default_program_document("guitai", command.branch)
    program = load_counter_program(document)
    work.programs.put(
        ProgramRow(program.program_id, program.version, program.effective_on.isoformat(), document)
    )
    pin = command.pin or random_pin(work)
    check_pin(pin)
    work.staff.put(
        StaffRow(
            staff_id=staff_id,
            code=MANAGER_CODE,
            name=command.manager,
            role=Role.MANAGER,
            pin_hash=hash_pin(pin),
            pin_misses=0,
            locked_until=0,
            active=True,
            member_id=None,
        )
    )
    work.forget()
    return HomeMade(branch_id, counter_id, staff_id, MANAGER_CODE, pin)


def random_pin(work: UnitOfWork) -> str:
    """Return a PIN that `check_pin` accepts."""
    for _ in range(_PIN_TRIES_MAX):
        pin = f"{int.from_bytes(work.chance(8), 'big') % 10**PIN_DIGITS:0{PIN_DIGITS}d}"
        try:
            check_pin(pin)
        except WeakPin:
            continue
        return pin
    message = "chance gave a thousand weak PINs in a row"
    raise AssertionError(message)
