"""Who has just been enrolled: his code shows until he buys, and can be put into a file."""

from PySide6.QtCore import QObject, Signal

from db.domain.ids import MemberId
from db.queries.member_card import MemberCard
from desktop.runtime.papers import Papers
from desktop.screens.counter import words
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind


class Newcomer(QObject):
    """One newcomer, or nobody.

    Signals:
        said: whether his code was written.
    """

    said = Signal(object)

    def __init__(self, papers: Papers | None, parent: QObject) -> None:
        """Start with nobody; without papers nothing is written."""
        super().__init__(parent)
        self.member_id: MemberId | None = None
        self._papers = papers

    @property
    def can_save(self) -> bool:
        """Say whether his code can be written into a file."""
        return self._papers is not None

    def stands_at(self, card: MemberCard | None) -> bool:
        """Say whether whoever is attached is he."""
        return card is not None and card.member_id == self.member_id

    def save(self) -> None:
        """Write his code as a PDF."""
        if self._papers is not None and self.member_id is not None:
            self._papers.save_member_card(
                self.member_id,
                done=lambda path: self.said.emit(Notice(ChipKind.OK, words.saved(path))),
                failed=lambda: self.said.emit(Notice(ChipKind.WARN, words.not_saved())),
            )
