"""One act on a member at a time: what is typed, why, perhaps a second person, then the service.

The sheet of every act is drawn from here; what an act takes is said in `acts`, its words in
`act_words`. Only fields that were touched are changed.
"""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from db.domain.consent import notice_hash
from db.domain.ids import OperationId
from db.domain.members import PhoneTaken
from db.domain.refusals import Refusal
from db.domain.staff import Actor, Leave, Permission
from db.domain.trouble import Trouble
from db.queries.member_candidates import FoundMember
from db.queries.member_page import MemberPage
from db.queries.member_search import SearchResult, find_members
from desktop.runtime.approval import Approval
from desktop.runtime.desk import Desk, Person
from desktop.runtime.runner import Series
from desktop.screens.member import act_picture, act_words
from desktop.screens.member.acts import FORMS, Form, Typed, Wanted, other_of, service_of
from desktop.screens.member.state import ActKind, ActState
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.wording.refusals import refusal_text

CANDIDATES_MAX = 4
SEARCH_MIN = 2


class ActViewModel(QObject):
    """The sheet.

    Signals:
        changed: the state to draw, or None when the sheet is to close.
        done: the act stands; its kind and its outcome.
        pin_refused: the sentence under the dots; what was typed is to be forgotten.
    """

    changed = Signal(object)
    done = Signal(object, object)
    pin_refused = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Start with no act."""
        super().__init__(parent)
        self._desk = desk
        self._typed: Typed | None = None
        self._approvals: dict[Permission, Approval] = {}
        self._asking = False
        self._approver: Person | None = None
        self._notice: Notice | None = None
        self._busy = False
        self._series = Series()
        desk.staffed.connect(self.close)

    def leave_to(self, kind: ActKind) -> Leave:
        """Return what whoever stands here may do alone."""
        return self._approval(FORMS[kind]).leave

    def begin(self, kind: ActKind, page: MemberPage, *, revealed: bool = False) -> None:
        """Open the sheet of an act on the member whose page it is."""
        if self._busy or self.leave_to(kind) is Leave.NO:
            return
        self._typed = Typed(kind, page, revealed)
        self._calm()
        self.redraw()

    def state(self) -> ActState | None:
        """Return what the sheet shows; nothing while there is none."""
        typed = self._typed
        if typed is None:
            return None
        approval = self._approval(FORMS[typed.kind])
        return act_picture.picture(
            act_picture.Scene(
                typed=typed,
                facts=self._desk.facts,
                people=approval.people,
                approver=self._approver,
                asking=self._asking,
                notice=self._notice,
            )
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def close(self) -> None:
        """Give the act up; nothing was changed."""
        if self._typed is not None and not self._busy:
            self._typed = None
            self._series.drop()
            self.redraw()

    def back(self) -> None:
        """Take one step back: the question for a PIN, or the act."""
        if self._asking and not self._busy:
            self._calm()
            self.redraw()
        else:
            self.close()

    def write(self, name: str, text: str) -> None:
        """Take a line as it is typed."""
        typed = self._typed
        if typed is None or self._busy or typed.texts.get(name) == text:
            return
        self._put(replace(typed, texts=typed.texts | {name: text}, recycled=False, armed=False))
        if name == "search":
            self._search(text.strip())

    def choose_gender(self, place: int) -> None:
        """Take a form of address; the same one again takes none."""
        if (typed := self._typed) is not None:
            gender = act_picture.GENDERS[place]
            now = typed.page.card.gender if typed.gender is None else typed.gender
            self._put(replace(typed, gender="" if now == gender else gender))

    def choose_reason(self, place: int) -> None:
        """Say why."""
        if (typed := self._typed) is not None:
            self._put(replace(typed, reason=place, armed=False))

    def choose_other(self, place: int) -> None:
        """Say who else it is about."""
        if (typed := self._typed) is not None:
            self._put(replace(typed, other=place))

    def choose_approver(self, place: int) -> None:
        """Say who puts his PIN in."""
        if (typed := self._typed) is not None:
            self._approver = self._approval(FORMS[typed.kind]).people[place]
            self.pin_refused.emit("")
            self.redraw()

    def enter_pin(self, pin: str) -> None:
        """Do it with the approval of whoever the PIN is."""
        typed = self._typed
        if typed is None or self._busy or self._approver is None or not self._asking:
            return
        self._busy = True
        self._approval(FORMS[typed.kind]).ask(
            self._approver, pin, approved=self._submit, refused=self._on_pin_refused
        )

    def confirm(self) -> None:
        """Do it; what cannot be taken back takes a second press, some a second person."""
        typed, state = self._typed, self.state()
        if typed is None or state is None or self._busy or not state.usable or self._asking:
            return
        if FORMS[typed.kind].twice and not typed.armed:
            self._put(replace(typed, armed=True))
        elif self.leave_to(typed.kind) is Leave.APPROVAL:
            people = self._approval(FORMS[typed.kind]).people
            self._asking, self._approver = True, people[0] if len(people) == 1 else None
            self.pin_refused.emit("")
            self.redraw()
        else:
            self._busy = True
            self._submit(self._desk.actor)

    def _submit(self, by: Actor) -> None:
        typed = self._typed
        assert typed is not None, "something is done"
        service = service_of(self._wanted(typed), op=OperationId(self._desk.new_id()), by=by)
        self._desk.runner.submit(
            service, done=self._on_done, refused=self._on_refused, failed=self._on_failed
        )

    def _wanted(self, typed: Typed) -> Wanted:
        kind, card, own = typed.kind, typed.page.card, self._desk.facts.home.own_authority
        texts = {name: text.strip() for name, text in typed.texts.items()}
        if typed.gender is not None:
            texts["gender"] = typed.gender
        reasons = act_words.reasons(kind)
        return Wanted(
            kind=kind,
            member_id=card.member_id,
            texts=texts,
            reason=reasons[typed.reason] if typed.reason >= 0 else "",
            other=other_of(typed),
            points=act_picture.points_of(texts.get("points", "")),
            phone=card.phone or "",
            recycled=typed.recycled,
            own_authority=own,
            words_hash=notice_hash(act_words.offer_words()) if kind is ActKind.CONSENT else "",
        )

    def _search(self, text: str) -> None:
        if len(text) < SEARCH_MIN:
            self._series.drop()
            self._found(())
            return
        region = self._desk.facts.home.region
        self._desk.runner.read(
            lambda reader: find_members(reader, text, limit=CANDIDATES_MAX + 1, region=region),
            done=self._on_found,
            refused=lambda _: self._found(()),
            series=self._series,
        )

    def _on_found(self, result: SearchResult) -> None:
        if (typed := self._typed) is not None:
            mine = typed.page.card.member_id
            others = [found for found in result.members if found.member_id != mine]
            self._found(tuple(others[:CANDIDATES_MAX]))

    def _found(self, found: tuple[FoundMember, ...]) -> None:
        if (typed := self._typed) is not None:
            self._put(replace(typed, found=found, other=0 if len(found) == 1 else -1))

    def _put(self, typed: Typed) -> None:
        if not self._busy:
            self._typed, self._notice = typed, None
            self.redraw()

    def _calm(self) -> None:
        self._asking, self._approver, self._notice = False, None, None
        self.pin_refused.emit("")

    def _approval(self, form: Form) -> Approval:
        """Return who may approve what an act takes."""
        permission = form.permission
        if permission not in self._approvals:
            self._approvals[permission] = Approval(self._desk, permission, self)
        return self._approvals[permission]

    def _on_done(self, outcome: object) -> None:
        assert self._typed is not None, "it was begun"
        kind, self._busy, self._typed = self._typed.kind, False, None
        self.redraw()
        self.done.emit(kind, outcome)

    def _on_refused(self, refusal: Refusal) -> None:
        self._busy = False
        self._calm()
        typed = self._typed
        if isinstance(refusal, PhoneTaken) and typed is not None:
            self._typed = replace(typed, recycled=True)
            self._notice = Notice(ChipKind.WARN, act_picture.phone_taken())
        else:
            self._notice = Notice(ChipKind.ERROR, refusal_text(refusal))
        self.redraw()

    def _on_pin_refused(self, text: str) -> None:
        self._busy = False
        self.pin_refused.emit(text)

    def _on_failed(self, _trouble: Trouble) -> None:
        self._busy = False
        self._calm()
        self.redraw()
