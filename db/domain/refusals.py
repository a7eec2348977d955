"""Refusals: the rules' expected ways of saying no.

A refusal is an answer for the cashier, not a fault. It carries the numbers the screen needs and
no wording; the desktop turns it into a sentence, the command line into a code and details.
Subclasses are `@dataclass(eq=False)` and never frozen: a context manager assigns `__traceback__`.
"""

import re


class Refusal(Exception):
    """The rules do not allow what was asked; nothing was changed."""

    @property
    def code(self) -> str:
        """Return the snake-case name that scripts may match on, such as `phone_taken`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    @property
    def details(self) -> dict[str, object]:
        """Return the numbers of this refusal by name; bytes ids stay bytes."""
        fields = getattr(self, "__dataclass_fields__", {})
        return {name: getattr(self, name) for name in fields}
