"""Who works here, as the manager keeps it: add, another role, a new PIN, a badge, gone.

A PIN is never chosen by the manager: it is made by chance, told once, and changed by its owner when
he signs in. At a counter of a head office the people are that office's; badges are still made here.
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from db.domain.ids import StaffId
from db.domain.refusals import Refusal
from db.domain.staff import Role
from db.domain.trouble import Trouble
from db.queries.staff_list import StaffLine, staff_list
from db.services.badges import (
    BadgeGiven,
    Hire,
    PinGiven,
    WayIn,
    give_badge,
    give_pin,
    hire,
    take_badge,
)
from db.services.staff import ChangeStaff, LeaveStaff, StaffMember, change_staff, leave_staff
from db.storage.unit_of_work import UnitOfWork
from desktop.runtime.desk import Desk, Person
from desktop.runtime.papers import Papers
from desktop.screens.users import words
from desktop.screens.users.state import NewPanel, PersonPanel, ToldPanel, UsersState
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.widgets.choice_grid import Choice
from desktop.wording.people import role_name
from desktop.wording.staff_refusals import staff_refusal_text
from desktop.wording.troubles import trouble_text

ROLES = (Role.CASHIER, Role.SHIFT_LEAD, Role.MANAGER)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told once, and to whom."""

    person: StaffMember
    pin: str = ""
    badge: str = ""


class UsersViewModel(QObject):
    """The users' screen.

    Signals:
        changed: the state to draw.
        left: back to the counter.
    """

    changed = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, papers: Papers | None, parent: QObject | None = None) -> None:
        """Start with nobody chosen."""
        super().__init__(parent)
        self._desk = desk
        self._papers = papers
        self._people: tuple[StaffLine, ...] = ()
        self._chosen: StaffId | None = None
        self._adding = False
        self._role = Role.CASHIER
        self._told: _Told | None = None
        self._armed = False
        self._busy = False
        self._turn = 0
        self._notice: Notice | None = None
        desk.runner.committed.connect(self._on_committed)
        desk.staffed.connect(self.cover)

    def state(self) -> UsersState:
        """Return what the screen shows now."""
        return UsersState(
            title=self.tr("员工"),
            columns=words.columns(),
            rows=tuple(
                words.row(line, calendar=self._desk.facts.home.calendar, now_ms=self._desk.now_ms)
                for line in self._people
            ),
            add=self.tr("添加员工") if self._own else "",
            notice=self._shown_notice(),
            panel=self._panel(),
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def enter(self) -> None:
        """Look at everyone; nobody is chosen, and nothing that was told is told again."""
        self._forget()
        self._notice = None
        self._ask()
        self.redraw()

    def leave(self) -> None:
        """Go back to the counter and forget what was told."""
        self._forget()
        self.left.emit()

    def cover(self) -> None:
        """Forget who was chosen and what was told, for a lock or another person at the till."""
        self._turn += 1  # what is still to be told is told to nobody
        self._forget()
        self._notice = None
        self.redraw()

    def choose(self, place: int) -> None:
        """Look at one person."""
        self._forget()
        self._notice = None
        self._chosen = self._people[place].staff_id
        self.redraw()

    def begin_to_add(self) -> None:
        """Show the form of a new person."""
        self._forget()
        self._notice, self._adding = None, True
        self.redraw()

    def choose_role(self, place: int) -> None:
        """Take a role: for the form at once, for a person by a change."""
        role = ROLES[place]
        if self._adding:
            self._role = role
            self.redraw()
            return
        line = self._line()
        if line is not None and line.role is not role:
            command = ChangeStaff(by=self._desk.actor, who=line.staff_id, name=line.name, role=role)
            self._submit(partial(change_staff, command=command), self._on_changed)
        self.redraw()

    def add(self, code: str, name: str) -> None:
        """Add the person of the form."""
        command = Hire(
            staff_id=StaffId(self._desk.new_id()),
            by=self._desk.actor,
            code=code,
            name=name,
            role=self._role,
        )
        self._submit(partial(hire, command=command), self._on_pin)

    def new_pin(self) -> None:
        """Give the person a new PIN, told once."""
        if (way := self._way()) is not None:
            self._submit(partial(give_pin, command=way), self._on_pin)

    def badge(self) -> None:
        """Make a badge for the person, in place of the one he has."""
        if (way := self._way()) is not None:
            self._submit(partial(give_badge, command=way), self._on_badge)

    def drop_badge(self) -> None:
        """Let the person's badge open nothing more."""
        if (way := self._way()) is not None:
            self._submit(partial(take_badge, command=way), self._on_changed)

    def let_go(self) -> None:
        """Let the person sign in no more: the second tap does it."""
        if self._chosen is None:
            return
        if not self._armed:
            self._armed = True
            self.redraw()
            return
        command = LeaveStaff(by=self._desk.actor, who=self._chosen)
        self._submit(partial(leave_staff, command=command), self._on_changed)

    def save_badge(self) -> None:
        """Put the badge that is told on paper."""
        told = self._told
        if told is None or not told.badge or self._papers is None:
            return
        who = told.person
        person = Person(who.staff_id, who.code, who.name, who.role)
        self._papers.save_badge(told.badge, person, done=self._on_saved, failed=self._on_not_saved)

    @property
    def _own(self) -> bool:
        return self._desk.facts.home.own_authority

    def _forget(self) -> None:
        self._chosen, self._told = None, None
        self._adding = self._armed = False
        self._role = Role.CASHIER

    def _way(self) -> WayIn | None:
        return None if self._chosen is None else WayIn(by=self._desk.actor, who=self._chosen)

    def _line(self) -> StaffLine | None:
        return next((line for line in self._people if line.staff_id == self._chosen), None)

    def _submit(self, service: Any, done: Any) -> None:
        """Run a service, unless one runs; its answer is for who asked, at this sitting."""
        if self._busy:
            return
        turn = self._turn

        def run(work: UnitOfWork) -> object:
            return service(work)

        def answer(outcome: object) -> None:
            self._busy = False
            if turn == self._turn:
                done(outcome)

        self._busy, self._notice = True, None
        self._desk.runner.submit(run, done=answer, refused=self._on_refused, failed=self._on_failed)

    def _on_changed(self, _person: StaffMember) -> None:
        self._armed = False
        self._ask()

    def _on_pin(self, given: PinGiven) -> None:
        self._tell(_Told(given.person, pin=given.pin))

    def _on_badge(self, given: BadgeGiven) -> None:
        self._tell(_Told(given.person, badge=given.badge))

    def _tell(self, told: _Told) -> None:
        self._forget()
        self._told = told
        self._ask()
        self.redraw()

    def _on_saved(self, path: Path) -> None:
        self._say(ChipKind.OK, self.tr("已存到 {path}，打印后请删掉").format(path=path))

    def _on_not_saved(self) -> None:
        self._say(ChipKind.ERROR, self.tr("没有存成，磁盘可能满了"))

    def _on_refused(self, refusal: Refusal) -> None:
        self._armed = self._busy = False
        self._say(ChipKind.ERROR, staff_refusal_text(refusal))

    def _on_failed(self, trouble: Trouble) -> None:
        self._busy = False
        self._say(ChipKind.ERROR, trouble_text(trouble))

    def _say(self, kind: ChipKind, text: str) -> None:
        self._notice = Notice(kind, text)
        self.redraw()

    def _on_committed(self, outcome: object) -> None:
        if isinstance(outcome, StaffMember):
            self._ask()

    def _ask(self) -> None:
        self._desk.runner.read(staff_list, done=self._on_people, failed=self._on_failed)

    def _on_people(self, people: tuple[StaffLine, ...]) -> None:
        self._people = people
        self.redraw()

    def _shown_notice(self) -> Notice | None:
        if self._notice is None and not self._own:
            text = self.tr("员工、角色和 PIN 由总部管理，请在总部改。这里只能发工牌。")
            return Notice(ChipKind.NEUTRAL, text)
        return self._notice

    def _panel(self) -> PersonPanel | NewPanel | ToldPanel | None:
        if self._told is not None:
            return self._told_panel(self._told)
        if self._adding:
            return NewPanel(
                title=self.tr("新员工"),
                text=self.tr("PIN 由系统随机给出，只显示一次；本人第一次登录时改成自己的。"),
                roles=_roles(self._role),
                add=self.tr("添加"),
            )
        line = self._line()
        return None if line is None else self._person_panel(line)

    def _person_panel(self, line: StaffLine) -> PersonPanel:
        here, own = line.active, self._own
        badge = self.tr("补发工牌") if line.has_badge else self.tr("发工牌")
        gone = self.tr("再点一次：{name} 离职") if self._armed else self.tr("离职")
        return PersonPanel(
            title=line.name,
            text=words.about(line, calendar=self._desk.facts.home.calendar),
            roles=_roles(line.role) if here and own else (),
            new_pin=self.tr("重设 PIN") if here and own else "",
            badge=badge if here else "",
            drop_badge=self.tr("作废工牌") if here and line.has_badge else "",
            let_go=gone.format(name=line.name) if here and own else "",
            armed=self._armed,
        )

    def _told_panel(self, told: _Told) -> ToldPanel:
        name = told.person.name
        if told.badge:
            return ToldPanel(
                title=self.tr("{name} 的工牌").format(name=name),
                secret="",
                code=told.badge,
                text=self.tr("只显示这一次。扫它就能登录，请本人保管；旧工牌已作废。"),
                save="" if self._papers is None else self.tr("存成可打印的 PDF"),
            )
        return ToldPanel(
            title=self.tr("{name} 的 PIN").format(name=name),
            secret=f"{told.pin[:3]} {told.pin[3:]}",
            code="",
            text=self.tr("只显示这一次。请当面告诉本人；第一次登录时会要求改成自己的。"),
            save="",
        )


def _roles(chosen: Role) -> tuple[Choice, ...]:
    return tuple(Choice(role_name(role), role is chosen) for role in ROLES)
