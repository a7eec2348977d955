"""Reading and writing the files that a command names; a wrong path is the caller's, not a bug."""

from pathlib import Path
from typing import Any

import msgspec

from db.domain.trouble import Trouble
from desktop.cli.invalid import InvalidInput

FILE_BYTES_MAX = 256 * 1024 * 1024


class FileNotWritable(Trouble):
    """The answer could not be put where it was wanted."""

    code = "file_not_writable"

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file


def read_bytes(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        InvalidInput: when it cannot be read, or is larger than `FILE_BYTES_MAX`.
    """
    try:
        if path.stat().st_size > FILE_BYTES_MAX:
            raise InvalidInput("file_too_large", file=str(path))
        return path.read_bytes()
    except OSError as error:
        raise InvalidInput("file_not_readable", file=str(path)) from error


def read_json(path: Path) -> Any:
    """Return the JSON document in a file.

    Raises:
        InvalidInput: when it cannot be read, or is no JSON.
    """
    try:
        return msgspec.json.decode(read_bytes(path).removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError) as error:
        raise InvalidInput("not_json", file=str(path), problem=str(error)) from error


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; raise `FileNotWritable` when it cannot be."""
    partial = path.with_name(path.name + ".new")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        raise FileNotWritable(str(path)) from error
