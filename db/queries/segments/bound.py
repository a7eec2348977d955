"""A statement in the making: its parameters, and the tables that it names before it asks.

Values are bound by number and never written into the text; a table that is wanted twice is made
once.
"""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Bound:
    """Parameters `?1`, `?2` ... and `WITH` tables, in the order in which they were asked for."""

    params: list[object] = field(default_factory=list)
    _tables: dict[str, str] = field(default_factory=dict)
    _names: dict[object, str] = field(default_factory=dict)

    def value(self, value: object) -> str:
        """Bind a value; return how the statement calls it."""
        self.params.append(value)
        return f"?{len(self.params)}"

    def table(self, key: object, prefix: str, text: Callable[[], str]) -> str:
        """Return the name of the table with this key, made where it is not there yet.

        Tables that the text needs are made first, and so stand before it.
        """
        if key not in self._names:
            made = text()
            name = self._names[key] = f"{prefix}{len(self._names)}"
            self._tables[name] = made
        return self._names[key]

    def beside(self, prefix: str) -> list[str]:
        """Return the names of the tables with a prefix."""
        return [name for name in self._tables if name.startswith(prefix)]

    @property
    def named(self) -> str:
        """Return the `WITH` clause; nothing without tables."""
        tables = ",\n".join(f"{name} AS ({text})" for name, text in self._tables.items())
        return f"WITH {tables}\n" if tables else ""
