"""Tables in text files: from bytes to records, whatever wrote them.

Decoding is strict: a file is one of the encodings below as a whole, or it is refused; nothing is
silently garbled. Records are not lines: a quoted cell may hold line feeds.
"""

import codecs
import csv
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PLAIN: Final = ("utf-8", "gb18030")
"""GB18030 reads everything that GBK and GB2312 write."""
_SEPARATORS: Final = (",", "\t", ";", "|")
LOST: Final = "\ufffd"
"""Stands in a line of `mended_text` where a character could not be read."""
OTHER_ENCODING: Final = "\ufffc"
"""Stands in a line of `mended_text` that is written otherwise than the file."""
_BAD_SHARE: Final = 3
_CELL_CHARACTERS_MAX: Final = 131_072


def decode_text(raw: bytes) -> str | None:
    """Return the text that bytes write in UTF-8, UTF-16, GB18030 or GBK; None when in neither."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decoded(raw, encoding)
    if (wide := _wide_without_mark(raw)) is not None:
        return _decoded(raw, wide)
    for encoding in _PLAIN:
        if (text := _decoded(raw, encoding)) is not None:
            return text
    return None


def mended_text(raw: bytes) -> str | None:
    """Return a file line by line where it is in no encoding as a whole; None for what is no text.

    A NUL, which some programs leave between two cells, is dropped. Every line that had to be read
    otherwise carries `LOST` or `OTHER_ENCODING`, so that whoever takes its cells can leave that row
    out and say why. At most a line in three may be such a one.
    """
    lines = raw.replace(b"\0", b"").split(b"\n")
    own = "utf-8" if _reads_as_utf8(lines[0]) else "gb18030"
    if _decoded(lines[0], own) is None:
        return None
    mended = [_mended_line(line, own) for line in lines]
    bad = sum(LOST in line or OTHER_ENCODING in line for line in mended)
    return "\n".join(mended) if bad * _BAD_SHARE <= len(mended) else None


def _mended_line(line: bytes, own: str) -> str:
    """Return a line; GBK is hardly ever UTF-8 by chance, so what reads as UTF-8 is."""
    if own == "gb18030" and _reads_as_utf8(line):
        return _marked(line.decode("utf-8"), OTHER_ENCODING)
    if (text := _decoded(line, own)) is not None:
        return text
    if own == "utf-8" and (text := _decoded(line, "gb18030")) is not None:
        return _marked(text, OTHER_ENCODING)
    return _marked(line.decode(own, errors="replace"), LOST)


def _reads_as_utf8(line: bytes) -> bool:
    return not line.isascii() and _decoded(line, "utf-8") is not None


def _marked(line: str, mark: str) -> str:
    """Put a mark into the first cell, inside its quotes if it has any."""
    return line[0] + mark + line[1:] if line.startswith('"') else mark + line


def records_of(text: str) -> list[list[str]]:
    """Return the records of a table, the heading among them, empty ones left in place.

    The separator is the one that the first record with any shows most; Excel's `sep=;` line counts.

    Raises:
        csv.Error: when a quoted cell never ends, or one is larger than any cell of ours.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    separator = None
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == len("sep=;"):
        separator, text = first[-1], rest
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    csv.field_size_limit(_CELL_CHARACTERS_MAX)
    reader = csv.reader(
        [line + "\n" for line in lines], delimiter=separator or separator_of(lines), strict=True
    )
    return list(reader)


def separator_of(lines: list[str]) -> str:
    """Return the separator that the first lines use: a comma unless another is there more often."""
    for line in lines[:20]:
        counts = [(line.count(separator), separator) for separator in _SEPARATORS]
        best = max(counts, key=lambda pair: pair[0])
        if best[0]:
            return best[1]
    return ","


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _wide_without_mark(raw: bytes) -> str | None:
    """Return which UTF-16 it is where every other byte of the beginning is often zero."""
    head = raw[:400]
    if len(head) < 4 or len(raw) % 2:  # noqa: PLR2004 - two characters at least
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 8 < len(head) or min(even, odd):
        return None
    return "utf-16-le" if odd else "utf-16-be"
