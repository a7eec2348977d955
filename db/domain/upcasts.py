"""Older versions of an operation's body, read as the newest one. Pure, permanent, never edited.

An additive change is an optional field and needs no version; a change of meaning is a new kind. In
between lies what is listed here: one step from each version of a kind to the next. Bytes and hash
stay what they were sealed as; only what the handlers read is new (SYNC.md §2.12).
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from db.domain.operations import Operation

Body = dict[str, Any]
Steps = Mapping[str, tuple[Callable[[Body], Body], ...]]

UPCASTS: Final[Steps] = {}
"""For each kind the steps from version 1 to 2, 2 to 3, ...; kinds without one are at version 1."""


def latest_version(kind: str, steps: Steps = UPCASTS) -> int:
    """Return the newest version of a kind that we read and write."""
    return 1 + len(steps.get(kind, ()))


def upcast(operation: Operation, steps: Steps = UPCASTS) -> Operation:
    """Return the operation as the newest version says it; its bytes and its hash stay."""
    envelope = operation.envelope
    due = steps.get(envelope.t, ())[envelope.tv - 1 :]
    if not due:
        return operation
    body = envelope.b
    for step in due:
        body = step(body)
    newest = msgspec.structs.replace(envelope, tv=envelope.tv + len(due), b=body)
    return Operation(operation.raw, operation.hash, newest)
