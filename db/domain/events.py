"""Events that may award: what they are called, and how often each counts.

Joining and completing the profile happen once, a birthday once a year, an event with a name behind
its kind (`attended:E1`) once for that name, and a level is reached once a year. A bare `survey` or
`referred_friend` has nothing to tell it from the next one: each counts.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from db.domain.refusals import Refusal

SIGNUP: Final = "signup"
PROFILE_COMPLETED: Final = "profile_completed"
BIRTHDAY: Final = "birthday"
SURVEY: Final = "survey"
ATTENDED: Final = "attended"
REFERRED_FRIEND: Final = "referred_friend"
TIER: Final = "tier"
KINDS: Final = (SIGNUP, PROFILE_COMPLETED, BIRTHDAY, SURVEY, ATTENDED, REFERRED_FRIEND)
"""What people report; levels are reached by buying."""
_ONCE: Final = frozenset({SIGNUP, PROFILE_COMPLETED})
_NAMED: Final = frozenset({SURVEY, ATTENDED})
_NAME: Final = re.compile(r"[^\x00-\x1f\x7f:][^\x00-\x1f\x7f]{0,99}")


@dataclass(eq=False)
class EventUnknown(Refusal):
    """No event is called that; `attended` and `survey` may carry a name behind a colon."""

    event: str
    known: tuple[str, ...] = KINDS


@dataclass(eq=False)
class EventAlreadyAwarded(Refusal):
    """The event happened before, and it counts once (a birthday: once a year)."""

    event: str


def reached_event(level: str) -> str:
    """Return the event of reaching a level."""
    return f"{TIER}:{level}"


def check_event(event: str) -> None:
    """Refuse what is not an event that people report.

    Raises:
        EventUnknown: when the kind is none of `KINDS`, or carries a name it cannot have.
    """
    kind, colon, name = event.partition(":")
    if kind not in KINDS or (kind == ATTENDED and not colon):
        raise EventUnknown(event)
    if colon and (kind not in _NAMED or not _NAME.fullmatch(name)):
        raise EventUnknown(event)


def occurrence(event: str, on: date) -> str | None:
    """Return the key under which an event of a business day counts once; None counts each time."""
    kind, colon, _name = event.partition(":")
    if kind in {BIRTHDAY, TIER}:
        return f"{event}:{on.year}"
    return event if event in _ONCE or colon else None
