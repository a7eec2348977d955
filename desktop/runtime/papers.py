"""What can be put on paper or into a file, as far as screens may ask for it.

The composition root brings the one that draws; a screen without one shows no such button.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from db.domain.ids import MemberId


class Papers(Protocol):
    """Makes files; answers come on the screen's thread."""

    def save_member_card(
        self,
        member_id: MemberId,
        *,
        done: Callable[[Path], None],
        failed: Callable[[], None],
    ) -> None:
        """Write a member's code as a PDF and name the file."""
