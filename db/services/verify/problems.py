"""What a check of a file found: named problems, the first of them kept, all of them counted."""

from dataclasses import dataclass

KEPT_MAX = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not hold: a word for it, where, and what was met."""

    name: str
    where: str
    detail: str = ""


class ProblemList:
    """Keeps the first problems of many."""

    def __init__(self) -> None:
        self.count = 0
        self._kept: list[Problem] = []

    def add(self, name: str, where: str, detail: str = "") -> None:
        """Note a problem."""
        self.count += 1
        if len(self._kept) < KEPT_MAX:
            self._kept.append(Problem(name, where, detail))

    @property
    def first(self) -> tuple[Problem, ...]:
        """Return the first twenty."""
        return tuple(self._kept)
