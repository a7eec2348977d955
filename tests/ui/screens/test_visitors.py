"""A counter of its branch's own members asks head office for others, and never waits for it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from db.domain.lookup.member_number import NUMBER_CHANCE_BYTES, random_number
from desktop.gallery.cashier import Cashier
from desktop.runtime.leasing import NoOffice, Visitor
from desktop.screens.counter.view_model import CounterViewModel
from tests.support.makers import a_member

VISITOR = "13911110000"


@dataclass
class Elsewhere(NoOffice):
    """Head office in the test's hand: it answers when the test lets it."""

    answer: Visitor = Visitor.NOBODY
    others: bool = True
    asked: list[str] = field(default_factory=list)
    waiting: list[Callable[[], None]] = field(default_factory=list)

    def knows_others(self) -> bool:
        return self.others

    def find(self, text: str, *, done: Callable[[Visitor], None]) -> None:
        self.asked.append(text)
        self.waiting.append(lambda: done(self.answer))

    def reply(self) -> None:
        self.waiting.pop(0)()


@pytest.fixture
def office() -> Elsewhere:
    return Elsewhere()


@pytest.fixture
def till(selling: Cashier, office: Elsewhere) -> CounterViewModel:
    return CounterViewModel(selling.counter.desk, leasing=office)


def type_phone(selling: Cashier, till: CounterViewModel, phone: str = VISITOR) -> None:
    for digit in phone:
        till.press(digit)
    selling.settle()


def test_a_visitor_whom_head_office_knows_is_attached(
    selling: Cashier, till: CounterViewModel, office: Elsewhere
) -> None:
    type_phone(selling, till)
    notice = till.state().notice
    assert notice is not None
    assert notice.text == "本机没有，正在问总部…"

    a_member(selling.counter.storage, phone=VISITOR, name="何大卫", by=selling.counter.desk.actor)
    office.answer = Visitor.FOUND
    office.reply()
    selling.settle()

    member = till.state().member
    assert member is not None
    assert member.name == "何*卫"
    assert till.state().notice is None


def test_whom_nobody_knows_becomes_a_member(
    selling: Cashier, till: CounterViewModel, office: Elsewhere
) -> None:
    wanted: list[str] = []
    till.enroll_requested.connect(wanted.append)

    type_phone(selling, till)
    assert wanted == []
    office.reply()

    assert wanted == [VISITOR]
    assert till.visitors.unasked == ""


def test_without_a_line_he_becomes_a_member_and_it_is_noted_that_nobody_was_asked(
    selling: Cashier, till: CounterViewModel, office: Elsewhere
) -> None:
    office.answer = Visitor.UNREACHABLE
    type_phone(selling, till)
    office.reply()

    assert till.visitors.unasked == VISITOR


def test_the_enrollment_says_that_head_office_could_not_be_asked(selling: Cashier) -> None:
    selling.counter.pages.enroll_model.begin(VISITOR, unasked=True)

    notice = selling.counter.pages.enroll_model.state().notice
    assert notice is not None
    assert "问不到总部" in notice.text


def test_what_is_typed_meanwhile_counts_more_than_the_answer(
    selling: Cashier, till: CounterViewModel, office: Elsewhere
) -> None:
    wanted: list[str] = []
    till.enroll_requested.connect(wanted.append)
    type_phone(selling, till)

    till.press("backspace")
    office.reply()
    selling.settle()

    assert wanted == []
    assert till.state().notice is None


def test_head_office_is_not_asked_again_for_what_it_brought_in_vain(
    selling: Cashier, till: CounterViewModel, office: Elsewhere
) -> None:
    office.answer = Visitor.FOUND
    type_phone(selling, till)
    office.reply()
    selling.settle()

    assert office.asked == [VISITOR]
    assert office.waiting == []


def test_a_counter_that_holds_everybody_asks_nobody(
    selling: Cashier, till: CounterViewModel, office: Elsewhere
) -> None:
    office.others = False
    type_phone(selling, till)

    assert office.asked == []


def test_a_strange_member_code_is_asked_for_too(
    selling: Cashier, till: CounterViewModel, office: Elsewhere
) -> None:
    code = str(random_number(bytes(range(NUMBER_CHANCE_BYTES))))
    till.scan(code)
    selling.settle()
    office.answer = Visitor.UNREACHABLE
    office.reply()

    assert office.asked == [code]
    notice = till.state().notice
    assert notice is not None
    assert "问不到总部" in notice.text
