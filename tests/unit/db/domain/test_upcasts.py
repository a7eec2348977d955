"""Older versions of a body are read as the newest, one step after another; bytes never change."""

from typing import Any

import msgspec
import pytest

from db.domain.operations import Operation, read_operation, seal
from db.domain.upcasts import Steps, latest_version, upcast
from tests.support.golden import OPERATIONS

TAG = msgspec.json.decode((OPERATIONS / "rewards" / "tag.jsonl").read_bytes().splitlines()[0])


def _named(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "named": True}


def _counted(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "counted": 1 if body["named"] else 0}


STEPS: Steps = {"tag": (_named, _counted)}


def an_operation(version: int) -> Operation:
    envelope = read_operation(TAG["raw"].encode()).envelope
    return seal(msgspec.structs.replace(envelope, tv=version))


@pytest.mark.parametrize(
    ("version", "more"), [(1, {"named": True, "counted": 1}), (3, {})], ids=["oldest", "newest"]
)
def test_an_operation_is_read_as_the_newest_version_says_it(
    version: int, more: dict[str, Any]
) -> None:
    operation = an_operation(version)

    newest = upcast(operation, STEPS)

    assert newest.envelope.tv == latest_version("tag", STEPS) == 3
    assert newest.envelope.b == operation.envelope.b | more
    assert (newest.raw, newest.hash) == (operation.raw, operation.hash)


def test_steps_begin_where_the_operation_stands() -> None:
    body = {**an_operation(2).envelope.b, "named": False}
    envelope = msgspec.structs.replace(an_operation(2).envelope, b=body)

    assert upcast(seal(envelope), STEPS).envelope.b["counted"] == 0


def test_a_kind_without_steps_is_at_its_first_version() -> None:
    operation = an_operation(1)

    assert (latest_version("tag"), upcast(operation)) == (1, operation)
