"""Whatever is sent to an endpoint that head office publishes, it answers; it never falls over.

The OpenAPI document says which endpoints there are and what shape their messages have. From its
schemas messages are made up, valid in shape and otherwise anything, sealed and signed by a device
that was taken in and means no good, so that they reach the code behind the door. Another counter
of the same office sells on and must not notice.
"""

import base64
import http.client
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.domain.ids import ID_BYTES, parse_id
from sync.client.device import DeviceIdentity, load_device
from sync.protocol.frames import seal, unseal
from sync.protocol.messages import Problem, reply_in
from sync.protocol.signing import public_key
from sync.protocol.version import PATHS
from tests.support.offices import HeadOffice, head_office
from tests.support.processes import done
from tests.support.shops import Shop, check_inside, converge, looking_into

EXAMPLES = int(os.environ.get("OPENAPI_EXAMPLES", "60"))
SERVER_ERROR = 500
often = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
LARGEST = (1 << 63) - 1
numbers = st.sampled_from((0, 1, 2, 500, LARGEST)) | st.integers(0, LARGEST)
beyond = st.sampled_from((-1, LARGEST + 1, -LARGEST - 2, 1 << 70))
scraps = st.none() | st.booleans() | st.integers() | beyond | st.text(max_size=8)
values = st.recursive(
    scraps,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
DEEP = b"[" * 3_000 + b"]" * 3_000


class Asking:
    """A device that says anything to a head office, in good form; `ids` are those it may know."""

    def __init__(self, office: HeadOffice, device: DeviceIdentity, ids: list[bytes]) -> None:
        self.office = office
        self.device = device
        self.ids = ids
        self.code = office.code()
        status, body = self.ask("GET", "/v1/openapi.json")
        assert status == 200
        self.document: dict[str, Any] = json.loads(body)
        self.schemas: dict[str, Any] = self.document["components"]["schemas"]

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.office.port, timeout=20)
        try:
            line.request(method, path, body, headers)
            answered = line.getresponse()
            return answered.status, answered.read()
        finally:
            line.close()

    def sealed(self, kind: str, head: bytes, rows: list[bytes]) -> bytes:
        return seal(head, rows, private=self._key(kind), purpose=f"{kind} request")

    def _key(self, kind: str) -> bytes:
        """Return the device's key; who asks to be taken in has another."""
        return bytes(range(32)) if kind == "enroll" else self.device.private_key

    def message(self, kind: str, fields: dict[str, Any]) -> bytes:
        """Return the sealed message of these fields, from this device, whatever else they say."""
        ours = {
            "device": _text(self.device.device),
            "token": self.device.token,
            "public_key": _text(public_key(self._key(kind))),
            "code": self.code,
        }
        said = {name: ours.get(name, value) for name, value in fields.items()}
        rows = [json.dumps(row).encode() for row in said.pop("rows", [])]
        return self.sealed(kind, json.dumps(said).encode(), rows)

    def fields(self, kind: str) -> st.SearchStrategy[dict[str, Any]]:
        """Return what the schema allows to be asked at a kind's endpoint."""
        content = self.document["paths"][PATHS[kind]]["post"]["requestBody"]["content"]
        (media,) = content.values()
        name = media["schema"]["contentSchema"]["$ref"].rpartition("/")[2]
        return made_of(self.schemas[name], self.schemas, self.ids)

    def check_answered(self, kind: str, body: bytes) -> str:
        """Assert that a request gets a whole signed reply and no 5xx; return what came of it."""
        status, answer = self.ask("POST", PATHS[kind], body)
        assert status < SERVER_ERROR, (kind, status, answer)
        opened = unseal(answer)
        reply = reply_in(opened)
        assert opened.is_from(self.device.server_key, f"{kind} reply")
        assert self.office.alive
        return reply.code if isinstance(reply, Problem) else "done"


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    folder = tmp_path_factory.mktemp("openapi")
    with head_office(folder / "office") as office:
        shop, stranger = (Shop(folder / name) for name in ("01机", "02机"))
        for one in (shop, stranger):
            office.enroll(one.home)
        member = shop.enroll("13900000001")
        shop.sell("500.00", member)
        converge(shop.home, stranger.home)
        device = load_device(stranger.home)
        assert device is not None
        yield Asking(office, device, [parse_id(member), *_ids_in(office.home)])
        assert "Traceback" not in office.said()
        shop.sell("20.00", member)
        assert done(shop.redeem(member, 100))
        converge(shop.home)
        check_inside(shop.home)


def _ids_in(home: Path) -> list[bytes]:
    """Return the ids of everything in a book: streams, counters, branches, operations."""
    asked = "SELECT stream_id FROM stream UNION SELECT counter_id FROM counter"
    with looking_into(home) as storage, storage.reading() as reader:
        rows = reader.all(
            f"{asked} UNION SELECT branch_id FROM branch UNION SELECT op FROM operation"
        )
    return [row[0] for row in rows]


def made_of(
    shape: dict[str, Any], schemas: dict[str, Any], ids: list[bytes]
) -> st.SearchStrategy[Any]:
    """Return what a schema of ours allows; an id is one of these now and then."""
    if "$ref" in shape:
        return made_of(schemas[shape["$ref"].rpartition("/")[2]], schemas, ids)
    if "anyOf" in shape:
        return st.one_of(made_of(one, schemas, ids) for one in shape["anyOf"])
    match shape.get("type"):
        case "object":
            return _object_of(shape, schemas, ids)
        case "array":
            return st.lists(made_of(shape["items"], schemas, ids), max_size=3)
        case _:
            return _scalar_of(shape, ids)


def _object_of(
    shape: dict[str, Any], schemas: dict[str, Any], ids: list[bytes]
) -> st.SearchStrategy[Any]:
    if "properties" not in shape:
        inner = made_of(shape["additionalProperties"], schemas, ids)
        return st.dictionaries(st.text(max_size=10), inner, max_size=3)
    needed = set(shape.get("required", ()))
    fields = {name: made_of(one, schemas, ids) for name, one in shape["properties"].items()}
    optional = {name: fields.pop(name) for name in list(fields) if name not in needed}
    return st.fixed_dictionaries(fields, optional=optional)


def _scalar_of(shape: dict[str, Any], ids: list[bytes]) -> st.SearchStrategy[Any]:
    if "enum" in shape:
        return st.sampled_from(shape["enum"])
    match shape.get("type"):
        case "null":
            return st.none()
        case "integer":
            return numbers.filter(lambda one: _is_within(one, shape))
        case "string" if "contentEncoding" in shape:
            size = {24: 16, 44: 32}.get(shape.get("minLength", 0), 0)
            raw = st.binary(min_size=size, max_size=size or 32)
            return (raw | st.sampled_from(ids) if size == ID_BYTES else raw).map(_text)
        case "string":
            return st.text(max_size=20)
        case _:
            return values


def _is_within(number: int, shape: dict[str, Any]) -> bool:
    return bool(shape.get("minimum", 0) <= number <= shape.get("maximum", LARGEST))


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def test_the_document_names_every_endpoint_and_is_well_formed(asking: Asking) -> None:
    paths = asking.document["paths"]

    assert set(paths) == {*PATHS.values(), "/v1/health", "/v1/openapi.json"}
    for schema in asking.schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    for path, methods in paths.items():
        others = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"} - {
            method.upper() for method in methods
        }
        for method in others:
            assert asking.ask(method, path)[0] in {204, 405}, (method, path)


@pytest.mark.parametrize("kind", PATHS)
@often
@given(data=st.data())
def test_any_message_of_the_right_shape_is_answered(
    asking: Asking, kind: str, data: st.DataObject
) -> None:
    fields = data.draw(asking.fields(kind))

    said = asking.check_answered(kind, asking.message(kind, fields))

    assert said not in {"bad_signature", "bad_token", "unknown_device", "code_unknown"}


@pytest.mark.parametrize("kind", PATHS)
@often
@given(data=st.data())
def test_a_message_with_one_field_of_another_shape_is_answered(
    asking: Asking, kind: str, data: st.DataObject
) -> None:
    fields = data.draw(asking.fields(kind))
    name = data.draw(st.sampled_from(sorted(set(fields) - {"type", "rows"})))
    fields[name] = data.draw(beyond | values)

    asking.check_answered(kind, asking.message(kind, fields))


@pytest.mark.parametrize("kind", PATHS)
@often
@given(body=st.binary(max_size=200), lines=st.lists(st.binary(max_size=60), max_size=3))
def test_bytes_of_any_kind_are_malformed(
    asking: Asking, kind: str, body: bytes, lines: list[bytes]
) -> None:
    assert asking.check_answered(kind, body) == "malformed"
    sealed = asking.sealed(kind, body, lines)
    assert asking.check_answered(kind, sealed) == "malformed"


@pytest.mark.parametrize("kind", PATHS)
def test_json_that_nests_without_end_is_malformed(asking: Asking, kind: str) -> None:
    row = b'{"op":' + DEEP + b"}"

    assert asking.check_answered(kind, asking.sealed(kind, DEEP, [])) == "malformed"
    head = msgspec.json.encode({"type": kind, "deep": msgspec.Raw(DEEP)})
    assert asking.check_answered(kind, asking.sealed(kind, head, [row])) == "malformed"


@often
@given(
    method=st.sampled_from(("GET", "POST", "PUT", "HEAD", "OPTIONS", "TRACE")),
    path=st.text("abcxyz019/%.?&=-_~:;@", max_size=30),
    body=st.binary(max_size=50),
)
def test_a_place_that_nobody_published_is_answered_too(
    asking: Asking, method: str, path: str, body: bytes
) -> None:
    assert asking.ask(method, f"/{path}", body)[0] < SERVER_ERROR


def test_a_body_beyond_the_limit_is_too_large(asking: Asking) -> None:
    status, _ = asking.ask("POST", PATHS["push"], bytes(8 * 1024 * 1024 + 1))

    assert status == 413
