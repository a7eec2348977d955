"""Opening a home for one command: the folder, its key, its clock, and who acts.

A home named by `--home` or GUITAI_HOME keeps everything inside it; only the default home asks the
operating system's key store. Another clock is let in by sandboxes alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from platformdirs import user_data_path

from db.domain.clock import TIMEZONE_DEFAULT
from db.domain.ids import OperationId, StaffId, parse_id
from db.domain.program.program import load_program
from db.domain.program.reading import InvalidProgram
from db.domain.staff import Actor, PinLocked, Role, WrongPin
from db.queries.programs import program_on, program_versions
from db.services.staff import SignedIn, sign_in
from db.storage.errors import NoHome
from db.storage.home import HomeIdentity, database_path, read_home
from db.storage.keys import database_key
from db.storage.system import FixedClock, system_chance
from db.storage.unit_of_work import Storage
from desktop.cli.invalid import InvalidInput
from desktop.cli.invocation import Invocation, Person
from desktop.cli.pages.tongue import Names
from desktop.wording.program_names import program_names


@dataclass(frozen=True, slots=True)
class Home:
    """An open home and the call that opened it."""

    path: Path
    storage: Storage
    identity: HomeIdentity
    call: Invocation

    @property
    def timezone(self) -> str:
        """Return the branch's time zone, in which answers give their times."""
        return self.identity.calendar.timezone

    @property
    def names(self) -> Names:
        """Return what the programs call their rules and levels; scripts need none.

        Former versions too, for old sales and coupons speak of them; today's has the last word.
        """
        if self.call.as_json:
            return {}
        today = self.identity.calendar.day_of(self.storage.clock.wall_ms())
        names: dict[str, tuple[str, str]] = {}
        with self.storage.reading() as reader:
            for version in program_versions(reader):
                with suppress(InvalidProgram):  # one of a newer format has no names here
                    names |= program_names(load_program(version.document))
            names |= program_names(program_on(reader, today))
        return names

    def new_op(self) -> OperationId:
        """Return the id of an act about to be done."""
        with self.storage.begin() as work:
            return OperationId(work.new_id())

    def actor(self) -> Actor:
        """Return who acts, PINs checked; wrong ones are counted even though the act fails.

        Raises:
            InvalidInput: when nobody is named and the home is no sandbox.
            WrongPin, PinLocked, NoSuchStaff: when a PIN or a name does not fit.
        """
        call = self.call
        approver = None if call.approver is None else self._signed_in("--approver", call.approver)
        if call.staff is not None:
            person = self._signed_in("--staff", call.staff)
            staff_id: StaffId | None = person.staff_id
            role = person.role
        elif self.identity.sandbox:
            staff_id, role = None, Role.HEAD_OFFICE
        else:
            raise InvalidInput("staff_required")
        return Actor(
            staff_id,
            role,
            None if approver is None else approver.staff_id,
            None if approver is None else approver.role,
        )

    def _signed_in(self, option: str, person: Person) -> SignedIn:
        if person.pin is None:
            raise InvalidInput("pin_missing", option=option)
        with self.storage.begin() as work:
            outcome = sign_in(work, who=person_named(person.who), pin=person.pin)
        if isinstance(outcome, WrongPin | PinLocked):
            raise outcome
        return outcome


@contextmanager
def open_home(call: Invocation) -> Iterator[Home]:
    """Open the home that a call names, and close it again.

    Raises:
        Trouble: when there is none, or its file cannot be used.
        InvalidInput: when another clock is asked for and the home is no sandbox.
    """
    path = home_path(call)
    storage = _open_book(path, os_store=call.home is None)
    try:
        with storage.reading() as reader:
            identity = read_home(reader)
            setting = reader.value("SELECT value FROM setting WHERE name = 'language'")
        if setting and not call.says_language:
            call.language = str(setting)[:2]
        call.timezone = identity.calendar.timezone
        if call.at is not None:
            if not identity.sandbox:
                raise InvalidInput("not_a_sandbox")
            storage.clock = FixedClock(parse_time(call.at, identity.calendar.timezone))
        yield Home(path, storage, identity, call)
    finally:
        storage.close()


def _open_book(path: Path, *, os_store: bool) -> Storage:
    """Open the file in a folder, or the PostgreSQL that a head office's folder names instead."""
    if database_path(path).exists():
        key = database_key(path, os_store=os_store, chance=system_chance, create=False)
        return Storage(database_path(path), key)
    from desktop.cli.office_home import open_book_elsewhere  # a counter needs no head office

    if (storage := open_book_elsewhere(path)) is None:
        raise NoHome(str(path))
    return storage


def home_path(call: Invocation) -> Path:
    """Return the folder that a call works on: named, else the platform's per-machine one."""
    if call.home is not None:
        return call.home.expanduser().absolute()
    return user_data_path("guitai", appauthor=False)


def parse_time(text: str, timezone: str = TIMEZONE_DEFAULT) -> int:
    """Return the UTC milliseconds of an ISO time; without an offset it is the branch's."""
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is None:
            at = at.replace(tzinfo=ZoneInfo(timezone))
        at_ms = int(at.timestamp() * 1000)
    except (ValueError, OverflowError) as error:
        raise InvalidInput("not_a_time", text=text) from error
    if at_ms < 0:
        raise InvalidInput("not_a_time", text=text)
    return at_ms


def person_named(text: str) -> str | StaffId:
    """Return the id that a text writes, else the text as the code that a person goes by."""
    try:
        return StaffId(parse_id(text))
    except ValueError:
        return text
