"""Golden operations: what any version ever wrote, today's code reads byte for byte."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec
import pytest

from db.domain.operations import Personal, chained, read_operation, seal
from db.services.movements import NOT_DERIVED, movements_of
from db.services.replication import HANDLERS, receive
from db.services.verify.book import verify_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.golden import KEY, OPERATIONS, movement_texts
from tests.support.storage_fixtures import NOW_MS

FILES = sorted(OPERATIONS.rglob("*.jsonl"))
LIVES: dict[str, list[dict[str, Any]]] = defaultdict(list)
for _file in FILES:
    _life = _file.parent.name
    LIVES[_life] += [
        msgspec.json.decode(_) | {"life": _life} for _ in _file.read_bytes().splitlines()
    ]
LINES = [line for lines in LIVES.values() for line in lines]


def named(line: dict[str, Any]) -> str:
    envelope = read_operation(line["raw"].encode()).envelope
    return f"{line['life']}-{envelope.t}-{envelope.q}"


def test_there_are_golden_operations_of_every_kind() -> None:
    assert {file.stem for file in FILES} == set(HANDLERS)


@pytest.mark.parametrize("line", LINES, ids=named)
def test_a_golden_operation_keeps_its_bytes_and_its_hash(line: dict[str, Any]) -> None:
    raw = line["raw"].encode()

    operation = read_operation(raw)

    assert operation.raw == raw
    assert operation.hash.hex() == line["hash"]
    assert chained(bytes.fromhex(operation.envelope.p), raw) == operation.hash
    assert seal(operation.envelope).raw == raw


@pytest.mark.parametrize("line", LINES, ids=named)
def test_a_golden_operation_moves_the_points_it_always_moved(line: dict[str, Any]) -> None:
    operation = read_operation(line["raw"].encode())

    moved = [] if operation.envelope.t in NOT_DERIVED else movements_of(operation)

    assert [movement_texts(movement) for movement in moved] == line["movements"]


@pytest.mark.parametrize("line", [line for line in LINES if "personal" in line], ids=named)
def test_golden_personal_data_is_what_its_operation_names(line: dict[str, Any]) -> None:
    beside = line["personal"]

    personal = Personal(bytes.fromhex(beside["nonce"]), beside["payload"].encode())

    assert personal.digest == read_operation(line["raw"].encode()).envelope.pd


@pytest.mark.parametrize("life", LIVES)
def test_another_replica_applies_a_golden_life_and_is_proved(life: str, tmp_path: Path) -> None:
    """Head office receives the whole stream in order: nothing is quarantined, all is proved."""
    replica = Storage(tmp_path / "replica.db", KEY, clock=FixedClock(NOW_MS))
    lines = sorted(LIVES[life], key=lambda line: read_operation(line["raw"].encode()).envelope.q)

    with replica.begin() as work:
        first = read_operation(lines[0]["raw"].encode())
        work.operations.open_stream(first.stream, bytes(16), epoch=0)
        statuses = [_receive(work, line) for line in lines]

    assert set(statuses) == {"applied"}
    assert verify_home(replica).problems == ()
    replica.close()


def _receive(work: Any, line: dict[str, Any]) -> str:
    beside = line.get("personal")
    personal = None
    if beside is not None:
        personal = Personal(bytes.fromhex(beside["nonce"]), beside["payload"].encode())
    operation = read_operation(line["raw"].encode())
    return receive(work, operation, personal, received_at=NOW_MS)
