"""How wide text is on a receipt printer, and where it may be broken.

A printer with Chinese characters prints every character of its double-byte set two columns wide,
signs like × and ￥ too (Unicode calls those "ambiguous"); only ASCII is one column. So a column
count is known without asking the printer.
"""

_OPENING = frozenset("（《「『【〈“‘([")
_CLOSING = frozenset("）》」』】〉”’，。、；：！？％)],.;:!?%")


def width_of(text: str) -> int:
    """Return how many columns a text takes: one for ASCII, two for everything else."""
    return sum(1 if character < "\x7f" else 2 for character in text)


def fitted(text: str, columns: int) -> list[str]:
    """Break a text into lines of at most so many columns; no character is lost but spaces.

    Latin words stay whole where they fit; closing punctuation does not begin a line and opening
    punctuation does not end one. A blank text is one empty line. Columns must be 2 or more.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        rest = paragraph.rstrip()
        while width_of(rest) > columns:
            at = _break_before(rest, columns)
            lines.append(rest[:at].rstrip())
            rest = rest[at:].lstrip()
        lines.append(rest)
    return lines


def to_left(text: str, columns: int) -> str:
    """Return a text filled up with spaces on its right."""
    return text + " " * (columns - width_of(text))


def to_right(text: str, columns: int) -> str:
    """Return a text filled up with spaces on its left."""
    return " " * (columns - width_of(text)) + text


def _break_before(text: str, columns: int) -> int:
    """Return where the next line begins, for a text that is too wide."""
    taken, most = 0, 0
    while taken + width_of(text[most]) <= columns:
        taken += width_of(text[most])
        most += 1
    most = max(most, 1)
    for at in range(most, 0, -1):
        if _may_break(text[at - 1], text[at]):
            return at
    return most


def _may_break(before: str, after: str) -> bool:
    if after in _CLOSING or before in _OPENING:
        return False
    return before == " " or after == " " or before > "\x7f" or after > "\x7f"
