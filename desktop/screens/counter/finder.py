"""Finding the member: what is typed or scanned, asked of the whole book, answered as it is typed.

A phone resolves on its last digit, four digits after a short pause, a name with every letter. Only
the newest question is answered. One who is the only one is taken; two are never chosen between.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from db.domain.ids import MemberId
from db.domain.lookup.phone import Typing, mobile_digits, typing_state
from db.domain.lookup.private_codes import PrivateCodeRefused
from db.domain.lookup.search_grams import LAST_DIGITS
from db.domain.refusals import Refusal
from db.queries.member_candidates import FoundMember, MatchedBy
from db.queries.member_search import SearchResult, find_members
from desktop.config import CANDIDATES_MAX, LAST_DIGITS_PAUSE_MS
from desktop.runtime.runner import Runner, Series
from desktop.wording.typing import FinderTyping

NAMED_MAX = 8
EXACT = frozenset({MatchedBy.PHONE, MatchedBy.NUMBER, MatchedBy.EXTERNAL_ID})


@dataclass(frozen=True, slots=True)
class Answer:
    """What the book said: people to choose from, nobody, or that the text is refused."""

    members: tuple[FoundMember, ...] = ()
    more: bool = False
    nobody: bool = False
    refusal: Refusal | None = None


class Finder(QObject):
    """Keeps what is typed and asks for it.

    Signals:
        changed: text or answer are others.
        found: exactly one member; attach him.
        unknown_phone: a whole phone that nobody here has.
        unknown_code: a scan that nobody here answers to.
        private: a payment code or the like was typed; which kind. It is forgotten already.
    """

    changed = Signal()
    found = Signal(object)
    unknown_phone = Signal(str)
    unknown_code = Signal(str)
    private = Signal(object)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        """Start empty."""
        super().__init__(parent)
        self.typing = FinderTyping()
        self.answer = Answer()
        self.by_phone = False
        """Whether whoever was found last was found by a whole phone that the cashier knows."""
        self.region = "CN"
        self._runner = runner
        self._series = Series()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(LAST_DIGITS_PAUSE_MS)
        self._pause.timeout.connect(self.search)

    @property
    def missing_digits(self) -> int:
        """Return how many digits a phone still lacks; 0 where it is no phone on its way."""
        started = self.typing.digits and len(self.typing.text) > LAST_DIGITS
        if not started or typing_state(self.typing.text, self.region) is not Typing.INCOMPLETE:
            return 0
        return max(0, mobile_digits(self.region) - len(self.typing.text))

    @property
    def impossible(self) -> bool:
        """Say whether no further digit can make a phone of it."""
        text = self.typing
        return text.digits and typing_state(text.text, self.region) is Typing.IMPOSSIBLE

    @property
    def waits(self) -> bool:
        """Say whether four digits are typed and more may still come."""
        return self._pause.isActive()

    def press(self, key: str) -> None:
        """Take a key and ask as soon as there is something to ask."""
        self.put(self.typing.press(key))
        text = self.typing.text
        if not text:
            return
        if not self.typing.digits or typing_state(text, self.region) is Typing.COMPLETE:
            self.search()
        elif len(text) == LAST_DIGITS:
            self._pause.start()

    def put(self, typing: FinderTyping) -> None:
        """Show this text, with no answer yet."""
        self._pause.stop()
        self._series.drop()
        self.typing, self.answer = typing, Answer()
        self.changed.emit()

    def clear(self) -> None:
        """Start again."""
        self.put(FinderTyping())

    def search(self) -> None:
        """Ask for what is typed, now."""
        text = self.typing.text
        if text:
            self._ask(text, self._on_typed)

    def scan(self, text: str) -> None:
        """Ask for a scanned code."""
        self._ask(text, self._on_scanned)

    def take_phone(self, phone: str) -> None:
        """Ask for a phone that the customer typed himself; the field does not show it."""
        self._ask(phone, self._on_own_phone)

    def choose(self, place: int) -> None:
        """Take one of the people in the answer."""
        if 0 <= place < len(self.answer.members):
            self.by_phone = self._whole
            self.found.emit(self.answer.members[place].member_id)

    def _ask(self, text: str, done: Callable[[str, SearchResult], None]) -> None:
        self._pause.stop()
        limit = CANDIDATES_MAX if text.isdigit() else NAMED_MAX
        region = self.region
        self._runner.read(
            lambda reader: find_members(reader, text, limit=limit, region=region),
            done=partial(done, text),
            refused=self._on_refused,
            series=self._series,
        )

    def _on_typed(self, text: str, result: SearchResult) -> None:
        if (only := _only(result)) is not None:
            self.by_phone = self._whole
            self.found.emit(only)
            return
        if not result.members and self._whole:
            self.unknown_phone.emit(text)
        self.answer = Answer(result.members, result.more, nobody=not result.members)
        self.changed.emit()

    def _on_own_phone(self, phone: str, result: SearchResult) -> None:
        if (only := _only(result)) is not None:
            self.by_phone = False
            self.found.emit(only)
        elif not result.members:
            self.unknown_phone.emit(phone)
        else:
            self.answer = Answer(result.members, result.more)
            self.changed.emit()

    def _on_scanned(self, text: str, result: SearchResult) -> None:
        if (only := _only(result)) is not None:
            self.by_phone = False
            self.found.emit(only)
        elif result.members:
            self.answer = Answer(result.members, result.more)
            self.changed.emit()
        else:
            self.unknown_code.emit(text)

    @property
    def _whole(self) -> bool:
        return self.typing.digits and typing_state(self.typing.text, self.region) is Typing.COMPLETE

    def _on_refused(self, refusal: Refusal) -> None:
        if isinstance(refusal, PrivateCodeRefused):
            self.clear()
            self.private.emit(refusal.kind)
            return
        self.answer = Answer(refusal=refusal)
        self.changed.emit()


def _only(result: SearchResult) -> MemberId | None:
    """Return the member when he is the only one that an exact question or last four can mean."""
    if len(result.members) != 1 or result.more:
        return None
    only = result.members[0]
    sure = only.matched in EXACT or only.matched is MatchedBy.LAST_DIGITS
    return only.member_id if sure else None
