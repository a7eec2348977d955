"""A second person's PIN on the same screen: who may approve, and whether the PIN is his.

The PIN is checked in a transaction of its own, because a miss has to be remembered whatever
becomes of what was to be approved. An approval is for one act and opens no session.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from db.domain.refusals import Refusal
from db.domain.staff import (
    PIN_MISSES_FREE,
    Actor,
    Leave,
    Permission,
    PinLocked,
    WrongPin,
    leave_of,
)
from db.domain.trouble import Trouble
from db.services.staff import SignedIn, sign_in
from desktop.runtime.desk import Desk, Person
from desktop.wording.refusals import refusal_text

SECOND_MS = 1_000


class Approval(QObject):
    """Asks for one permission."""

    def __init__(self, desk: Desk, permission: Permission, parent: QObject) -> None:
        """Ask nobody yet."""
        super().__init__(parent)
        self._desk = desk
        self._permission = permission
        self._busy = False

    @property
    def leave(self) -> Leave:
        """Return what whoever stands here may do alone."""
        staff = self._desk.staff
        return Leave.NO if staff is None else leave_of(staff.role, self._permission)

    @property
    def people(self) -> tuple[Person, ...]:
        """Return who may approve: everybody who may do it alone, but whoever asks."""
        staff = self._desk.staff
        return tuple(
            person
            for person in self._desk.facts.people
            if leave_of(person.role, self._permission) is Leave.ALLOWED
            and (staff is None or person.staff_id != staff.staff_id)
        )

    def ask(
        self,
        person: Person,
        pin: str,
        *,
        approved: Callable[[Actor], None],
        refused: Callable[[str], None],
    ) -> None:
        """Check a PIN; `approved` gets who acts with whom, `refused` the sentence why not."""
        if self._busy:
            return
        self._busy = True
        self._approved, self._refused = approved, refused
        self._desk.runner.submit(
            partial(sign_in, who=person.staff_id, pin=pin),
            done=self._on_answer,
            refused=self._on_refused,
            failed=self._on_failed,
        )

    def _on_answer(self, answer: SignedIn | WrongPin | PinLocked) -> None:
        self._busy = False
        match answer:
            case SignedIn(staff_id=approver, role=role):
                actor = replace(self._desk.actor, approver_id=approver, approver_role=role)
                self._approved(actor)
            case WrongPin(misses=misses):
                left = max(0, PIN_MISSES_FREE - misses)
                self._refused(self.tr("PIN 不对，还可试 %n 次", "", left))
            case PinLocked(until_at=until):
                wait = max(1, -(-(until - self._desk.now_ms) // SECOND_MS))
                self._refused(self.tr("PIN 错得太多，请 %n 秒后再试", "", wait))

    def _on_refused(self, refusal: Refusal) -> None:
        self._busy = False
        self._refused(refusal_text(refusal))

    def _on_failed(self, _trouble: Trouble) -> None:
        self._busy = False
        self._refused(self.tr("没有核对成，请再试一次"))
