"""Tells a scanner from a person by speed: a scanner types six characters without a breath.

Pure: it is told the time of each key. A burst is six characters or more with gaps of at most 35 ms,
closed by Enter or Tab just as fast; people need 60 ms and more for a key.
"""

from dataclasses import dataclass, field

GAP_MS = 35
LENGTH_MIN = 6
LENGTH_MAX = 512  # a burst longer than any code is a stuck key or a paste: let it go


@dataclass(slots=True)
class Burst:
    """The characters that came one right after the other, until now.

    `raw` and `gaps_ms` are those of the last code, its prefix included.
    """

    gap_ms: int = GAP_MS
    length_min: int = LENGTH_MIN
    prefix: str = ""
    raw: str = ""
    gaps_ms: tuple[int, ...] = ()
    _text: list[str] = field(default_factory=list)
    _gaps_ms: list[int] = field(default_factory=list)
    _last_ms: int = 0
    _closed_ms: int | None = None

    def continues(self, at_ms: int) -> bool:
        """Say whether a key at this time belongs to the characters held so far."""
        fast = 0 <= at_ms - self._last_ms <= self.gap_ms
        return fast and 0 < len(self._text) < LENGTH_MAX

    def take(self, character: str, at_ms: int) -> None:
        """Hold one more character."""
        if self._text:
            self._gaps_ms.append(at_ms - self._last_ms)
        self._text.append(character)
        self._last_ms = at_ms

    def close(self, at_ms: int) -> str | None:
        """Return the code that a suffix key at this time completes, or None: a person typed."""
        if not self.would_close(at_ms):
            return None
        self.raw, self.gaps_ms = "".join(self._text), tuple(self._gaps_ms)
        self.forget()
        self._closed_ms = at_ms
        return self.raw.removeprefix(self.prefix)

    def would_close(self, at_ms: int) -> bool:
        """Say whether a suffix key at this time completes a code."""
        return self.continues(at_ms) and len(self._text) >= self.length_min

    def is_second_suffix(self, at_ms: int) -> bool:
        """Say whether a suffix key only repeats the one before: some scanners send CR and LF."""
        return self._closed_ms is not None and 0 <= at_ms - self._closed_ms <= self.gap_ms

    def forget(self) -> None:
        """Start again; the characters were typed by a person."""
        self._text.clear()
        self._gaps_ms.clear()
