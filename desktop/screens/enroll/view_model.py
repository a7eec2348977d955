"""Enrolling: the phone that was looked for, one spoken sentence, one tap.

Only the phone is needed. Consent to membership is what the button says; consent to marketing is a
box of its own, off until the customer says yes. Where he has a screen of his own he may answer
there, and then his answer counts; what the cashier ticks after it was said to her and is kept as
spoken. A child under fourteen is not enrolled here.
"""

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from db.domain.consent import NOTICE_EN, NOTICE_ZH, ConsentFact, notice_hash
from db.domain.ids import MemberId, OperationId
from db.domain.lookup.phone import Typing, parse_phone, typing_state
from db.domain.lookup.phone_masks import group_typing, mask_phone
from db.domain.lookup.phone_text import PhoneFault, PhoneInvalid
from db.domain.members import PhoneTaken
from db.domain.refusals import Refusal
from db.domain.trouble import Trouble
from db.queries.member_search import SearchResult, find_members
from db.services.members import EnrollMember, MemberEnrolled, enroll_member, spoken_consent
from desktop.runtime.desk import Desk
from desktop.runtime.runner import Series
from desktop.screens.enroll.state import Choice, EnrollState, Question
from desktop.widgets.amount_field import Entry
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.widgets.keypad import Key
from desktop.wording.people import channel_name, speaks_chinese
from desktop.wording.refusals import phone_text, refusal_text

MONTHS = 12
PHONE_CHARACTERS_MAX = 15
NAME_CHARACTERS_MAX = 40
SOURCES = ("walk_in", "referral", "event", "other")


@dataclass(frozen=True, slots=True)
class Form:
    """What is typed and ticked; `title` is 0 for 女士, 1 for 先生, None for neither.

    `answer` is what the customer said on his own screen, `tapped` what he said there about offers;
    None while he has not.
    """

    phone: str = ""
    title: int | None = None
    name: str = ""
    month: int | None = None
    source: int = 0
    marketing: bool = False
    under_age: bool = False
    answer: bool | None = None
    tapped: bool | None = None


class EnrollViewModel(QObject):
    """The enrolment's screen.

    Signals:
        changed: the state to draw.
        enrolled: the member exists.
        attach_requested: the phone is a member's already; attach him.
        left: the cashier went back.
    """

    changed = Signal(object)
    enrolled = Signal(object)
    attach_requested = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Start with an empty form."""
        super().__init__(parent)
        self._desk = desk
        self._form = Form()
        self._known = Series()
        self._checked = ""
        self._notice: Notice | None = None
        self._busy = False
        self._seen = False
        self._customer_there = False
        desk.changed.connect(self.redraw)

    def begin(self, phone: str, *, unasked: bool = False) -> None:
        """Start a new form with the phone that was looked for.

        `unasked` says that he may be a member elsewhere, and that head office does not answer.
        """
        self._form = Form()
        self._notice = None
        if unasked:
            text = self.tr("现在问不到总部。顾客若在别店入过会，联网后由总部核对合并")
            self._notice = Notice(ChipKind.NEUTRAL, text)
        self._checked = phone
        self._known.drop()
        self._put(replace(self._form, phone=phone))

    def state(self) -> EnrollState:
        """Return what the screen shows now."""
        form = self._form
        confirm, usable = self._confirm()
        return EnrollState(
            line=self._line(),
            phone=self._phone_entry(),
            salutations=tuple(
                Choice(text, form.title == place) for place, text in enumerate(self._titles())
            ),
            name=form.name,
            months=tuple(Choice(str(month), form.month == month) for month in range(1, MONTHS + 1)),
            sources=tuple(
                Choice(channel_name(source), form.source == place)
                for place, source in enumerate(SOURCES)
            ),
            words_to_say=self.tr("请对顾客说：「{words}」").format(words=_notice_words()),
            marketing=form.marketing,
            under_age=form.under_age,
            confirm=confirm,
            usable=usable,
            customer=self._customer_line(),
            notice=self._notice,
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def question(self) -> Question | None:
        """Return what the customer is asked on his screen; nothing before the phone is whole."""
        form = self._form
        phone = self._parsed() if self._seen and not form.under_age else ""
        if not phone:
            return None
        return Question(mask_phone(phone), _notice_words(), form.answer, form.marketing)

    def answer(self, agreed: bool, *, marketing: bool) -> None:  # noqa: FBT001  the answer itself
        """Take what the customer tapped on his own screen."""
        if self.question() is not None and not self._busy:
            self._notice = None
            offers = agreed and marketing
            self._put(replace(self._form, answer=agreed, marketing=offers, tapped=offers))

    def see(self, seen: bool) -> None:  # noqa: FBT001  the form is on the screen or not
        """Hear whether the form is on the screen; elsewhere nobody is asked anything."""
        self._seen = seen
        self.redraw()

    def seat_customer(self, there: bool) -> None:  # noqa: FBT001  a screen is there or not
        """Hear whether the customer has a screen; of one that goes only a yes is kept."""
        was, self._customer_there = self._customer_there, there
        asked = self.question()
        if was and not there and asked is not None and not asked.answer:
            self._form = replace(self._form, answer=None, tapped=None)
            self._notice = Notice(
                ChipKind.WARN, self.tr("顾客屏已断开，填好的都在。请口头征得同意")
            )
        self.redraw()

    def press(self, key: str) -> None:
        """Take a key of the keypad for the phone."""
        phone = self._form.phone
        if key == Key.CLEAR:
            phone = ""
        elif key == Key.BACKSPACE:
            phone = phone[:-1]
        elif key.isdigit():
            phone = (phone + key)[:PHONE_CHARACTERS_MAX]
        self._notice = None
        self._put(replace(self._form, phone=phone))

    def choose_title(self, place: int) -> None:
        """Take a form of address; the same one again takes none."""
        self._put(replace(self._form, title=None if self._form.title == place else place))

    def write_name(self, name: str) -> None:
        """Take a name as it is typed."""
        if name != self._form.name:
            self._form = replace(self._form, name=name[:NAME_CHARACTERS_MAX])

    def choose_month(self, place: int) -> None:
        """Take a month of birth; the same one again takes none."""
        month = place + 1
        self._put(replace(self._form, month=None if self._form.month == month else month))

    def choose_source(self, place: int) -> None:
        """Take where the customer came from."""
        self._put(replace(self._form, source=place))

    def set_marketing(self, agreed: bool) -> None:  # noqa: FBT001  a box is on or off
        """Take the separate consent to offers."""
        self._put(replace(self._form, marketing=agreed))

    def set_under_age(self, under_age: bool) -> None:  # noqa: FBT001  a box is on or off
        """Take that the customer is under fourteen."""
        self._put(replace(self._form, under_age=under_age))

    def confirm(self) -> None:
        """Enroll, with the consent that was just given."""
        if self._busy or not self._confirm()[1]:
            return
        self._busy = True
        self._desk.runner.submit(
            partial(enroll_member, command=self._command()),
            done=self._on_enrolled,
            refused=self._on_refused,
            failed=self._on_failed,
        )

    def leave(self) -> None:
        """Go back without a member; the form is gone with the customer.

        The finder keeps the phone on purpose: a wrong digit is put right, not typed all over.
        """
        if not self._busy:
            self.left.emit()

    def _put(self, form: Form) -> None:
        another = form.phone != self._form.phone
        self._form = replace(form, answer=None, tapped=None) if another else form
        if another:
            self._look_up()
        self.redraw()

    def _look_up(self) -> None:
        """Notice at once that a whole phone is a member's already."""
        phone, region = self._form.phone, self._desk.facts.home.region
        self._known.drop()
        if phone != self._checked and typing_state(phone, region) is Typing.COMPLETE:
            self._checked = phone
            self._desk.runner.read(
                lambda reader: find_members(reader, phone, region=region),
                done=self._on_known,
                refused=lambda _: None,
                series=self._known,
            )

    def _on_known(self, result: SearchResult) -> None:
        if result.members:
            self.attach_requested.emit(result.members[0].member_id)

    def _command(self) -> EnrollMember:
        form = self._form
        return EnrollMember(
            op=OperationId(self._desk.new_id()),
            member_id=MemberId(self._desk.new_id()),
            by=self._desk.actor,
            phone=form.phone,
            name=form.name.strip(),
            gender="" if form.title is None else ("female", "male")[form.title],
            birthday="" if form.month is None else f"{form.month:02d}",
            channel=SOURCES[form.source],
            consents=_consents(form),
        )

    def _on_enrolled(self, enrolled: MemberEnrolled) -> None:
        self._busy = False
        self.enrolled.emit(enrolled)

    def _on_refused(self, refusal: Refusal) -> None:
        self._busy = False
        if isinstance(refusal, PhoneTaken) and refusal.state == "active":
            self.attach_requested.emit(refusal.member_id)
            return
        self._notice = Notice(ChipKind.ERROR, refusal_text(refusal))
        self.redraw()

    def _on_failed(self, _trouble: Trouble) -> None:
        self._busy = False
        self.redraw()

    def _confirm(self) -> tuple[str, bool]:
        if self._form.under_age:
            return self.tr("未满 14 周岁，请转店长"), False
        try:
            parse_phone(self._form.phone, self._desk.facts.home.region)
        except PhoneInvalid as refusal:
            return phone_text(refusal), False
        if self._form.answer is False:
            return self.tr("顾客不同意，不能入会"), False
        return self.tr("顾客已同意，完成入会"), True

    def _parsed(self) -> str:
        """Return the phone (E.164) once it is whole, else nothing."""
        try:
            return parse_phone(self._form.phone, self._desk.facts.home.region).e164
        except PhoneInvalid:
            return ""

    def _customer_line(self) -> str:
        """Return how far the customer's screen is."""
        asked = self.question()
        if not self._customer_there or asked is None:
            return ""
        if asked.answer is None:
            return self.tr("顾客屏正在请顾客同意，也可以口头问")
        if asked.answer:
            return self.tr("顾客已在屏上同意")
        return self.tr("顾客在屏上选了不同意，可请他重选")

    def _phone_entry(self) -> Entry:
        phone, region = self._form.phone, self._desk.facts.home.region
        label = self.tr("手机号")
        if not phone:
            return Entry(label, self.tr("请输入"), hint="", empty=True)
        state = typing_state(phone, region)
        wrong = state is Typing.IMPOSSIBLE
        hint = ""
        if state in {Typing.COMPLETE, Typing.POSSIBLE}:
            hint = self.tr("本机未找到，是新会员")
        elif wrong:
            hint = self._impossible(phone, region)
        return Entry(label, group_typing(phone), hint=hint, wrong=wrong)

    def _impossible(self, phone: str, region: str) -> str:
        """Return why no number begins like this; too many digits as the button says it."""
        try:
            parse_phone(phone, region)
        except PhoneInvalid as refusal:
            if refusal.fault is PhoneFault.TOO_LONG and refusal.digits:
                return phone_text(refusal)
        return self.tr("没有这样的号段")

    def _line(self) -> str:
        if self._desk.facts.status.with_office:
            return self.tr("离线也能入会，联网后自动同步")
        return ""

    def _titles(self) -> tuple[str, str]:
        return self.tr("女士"), self.tr("先生")


def _notice_words() -> str:
    return NOTICE_ZH if speaks_chinese() else NOTICE_EN


def _consents(form: Form) -> tuple[ConsentFact, ...]:
    """Return the consents with the fingerprint of the very words that were said or shown.

    Each is kept as given where it was given: on his screen only what he tapped there himself.
    """
    words = notice_hash(_notice_words())
    on_screen = {"membership": bool(form.answer), "marketing": form.tapped == form.marketing}
    return tuple(
        ConsentFact(
            purpose=fact.purpose,
            granted=fact.granted,
            basis="screen" if on_screen[fact.purpose] else fact.basis,
            text_hash=words,
            channel="customer_screen" if on_screen[fact.purpose] else fact.channel,
        )
        for fact in spoken_consent(marketing=form.marketing, basis="spoken")
    )
