"""What head office says of itself to tools: its questions as an OpenAPI document.

The shapes are those of the messages, taken from the very structs that decode them; what travels
is their sealed form (`sync/protocol/frames.py`), which OpenAPI can only call bytes.
"""

from typing import Any

import msgspec

from sync.protocol.frames import SEALED_BYTES_MAX
from sync.protocol.messages import (
    ChunkRequest,
    EnrollReply,
    EnrollRequest,
    FindReply,
    FindRequest,
    LeaseReply,
    LeaseRequest,
    Problem,
    PullReply,
    PullRequest,
    PushReply,
    PushRequest,
    SnapshotReply,
    SnapshotRequest,
)
from sync.protocol.version import MEDIA_TYPE, PATHS, PROTOCOL

HEALTH_PATH = "/v1/health"
OPENAPI_PATH = "/v1/openapi.json"
_MESSAGES: dict[str, tuple[type[msgspec.Struct], type[msgspec.Struct]]] = {
    "enroll": (EnrollRequest, EnrollReply),
    "push": (PushRequest, PushReply),
    "pull": (PullRequest, PullReply),
    "lease": (LeaseRequest, LeaseReply),
    "snapshot": (SnapshotRequest, SnapshotReply),
    "find": (FindRequest, FindReply),
}
CHUNK_MEDIA_TYPE = "application/octet-stream"
_REFUSALS = ("400", "401", "403", "404", "409", "413")


def openapi_document() -> dict[str, Any]:
    """Return the document, OpenAPI 3.1."""
    structs = [struct for pair in _MESSAGES.values() for struct in pair]
    _, schemas = msgspec.json.schema_components(
        [*structs, ChunkRequest, Problem], ref_template="#/components/schemas/{name}"
    )
    paths: dict[str, Any] = {
        PATHS[kind]: {"post": _question(kind, asked, said)}
        for kind, (asked, said) in _MESSAGES.items()
    }
    paths[PATHS["chunk"]] = {"post": _chunk()}
    for path, summary in ((HEALTH_PATH, "A sign of life"), (OPENAPI_PATH, "This document")):
        body = {"application/json": {"schema": {"type": "object"}}}
        answer = {"200": {"description": summary, "content": body}}
        paths[path] = {"get": {"summary": summary, "responses": answer}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Guitai head office", "version": str(PROTOCOL)},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _question(kind: str, asked: type[msgspec.Struct], said: type[msgspec.Struct]) -> dict[str, Any]:
    refused = {"description": "A signed problem, or none of ours", "content": _sealed(Problem)}
    return {
        "operationId": kind,
        "summary": (asked.__doc__ or "").partition("\n")[0],
        "requestBody": {"required": True, "content": _sealed(asked)},
        "responses": {"200": {"description": "The reply", "content": _sealed(said)}}
        | dict.fromkeys(_REFUSALS, refused),
    }


def _chunk() -> dict[str, Any]:
    """Return the one question whose answer is plain bytes: they prove themselves by their name."""
    question = _question("chunk", ChunkRequest, Problem)
    shape = {"type": "string", "maxLength": SEALED_BYTES_MAX}
    content = {CHUNK_MEDIA_TYPE: {"schema": shape}, MEDIA_TYPE: {"schema": shape}}
    question["responses"]["200"] = {"description": "The chunk", "content": content}
    return question


def _sealed(message: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the content of a sealed message: bytes that hold a message of this shape."""
    shape = {"$ref": f"#/components/schemas/{message.__name__}"}
    sealed = {"type": "string", "maxLength": SEALED_BYTES_MAX, "contentSchema": shape}
    return {MEDIA_TYPE: {"schema": sealed}}
