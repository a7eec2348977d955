"""What can be put on paper or into a file, as far as screens may ask for it.

Files lie in the home's `papers` folder. What they hold is read from one snapshot and drawn on the
errand thread; answers come on the screen's thread, a full disk as trouble.
"""

from collections.abc import Callable
from pathlib import Path

from db.domain.ids import MemberId
from db.domain.trouble import Trouble
from db.queries.member_card import MemberCard, member_card
from db.queries.reports.day import DayReport
from db.storage.errors import StorageUnavailable
from desktop.reports.day_report_csv import day_report_csv
from desktop.reports.day_report_pdf import day_report_pdf
from desktop.reports.member_card_pdf import CardFace, card_face, member_card_pdf
from desktop.runtime.desk import Desk, Person
from desktop.runtime.disk_room import DiskRoom
from desktop.wording.people import role_name

FOLDER = "papers"
Saved = Callable[[Path], None]
Failed = Callable[[], None]


class Papers:
    """Makes files of a counter's home."""

    def __init__(
        self,
        desk: Desk,
        home: Path,
        *,
        language: Callable[[], str],
        room: DiskRoom | None = None,
    ) -> None:
        """Write into a home, in the language that is on, while its disk has room to spare."""
        self._desk = desk
        self._folder = home / FOLDER
        self._language = language
        self._room = room

    def save_member_card(self, member_id: MemberId, *, done: Saved, failed: Failed) -> None:
        """Write a member's code as a PDF and name the file."""
        facts, now_ms = self._desk.facts, self._desk.now_ms

        def draw(card: MemberCard | None) -> None:
            if card is None:
                failed()
                return
            shop, language = facts.home.branch_name, self._language()
            face = card_face(card, shop=shop, language=language)
            self._save(
                f"{card.number}.pdf",
                lambda: member_card_pdf(face, language=language),
                done=done,
                failed=failed,
            )

        self._desk.runner.read(
            lambda reader: member_card(
                reader, member_id, home=facts.home, program=facts.program, now_ms=now_ms
            ),
            done=draw,
        )

    def save_badge(self, code: str, person: Person, *, done: Saved, failed: Failed) -> None:
        """Write a person's badge as a PDF and name the file."""
        language = self._language()
        face = CardFace(
            shop=self._desk.facts.home.branch_name,
            name=person.name,
            tier=role_name(person.role),
            number=code,
            badge=True,
        )
        self._save(
            f"badge-{person.staff_id.hex()[-8:]}.pdf",
            lambda: member_card_pdf(face, language=language),
            done=done,
            failed=failed,
        )

    def save_report_pdf(self, report: DayReport, *, done: Saved, failed: Failed) -> None:
        """Write a day report as a PDF and name the file."""
        calendar, language = self._desk.facts.home.calendar, self._language()
        made_by = "" if self._desk.staff is None else self._desk.staff.name
        self._save(
            f"{_name(report)}.pdf",
            lambda: day_report_pdf(report, calendar=calendar, language=language, made_by=made_by),
            done=done,
            failed=failed,
        )

    def save_report_csv(self, report: DayReport, *, done: Saved, failed: Failed) -> None:
        """Write a day report as a CSV and name the file."""
        calendar, language = self._desk.facts.home.calendar, self._language()
        self._save(
            f"{_name(report)}.csv",
            lambda: day_report_csv(report, calendar=calendar, language=language),
            done=done,
            failed=failed,
        )

    def _save(self, name: str, draw: Callable[[], bytes], *, done: Saved, failed: Failed) -> None:
        path = self._folder / name
        if self._room is not None and not self._room.to_spare():
            failed()
            return

        def write() -> Path:
            content = draw()
            try:
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(content)
            except OSError as error:
                raise StorageUnavailable("input_output", str(path)) from error
            return path

        def on_trouble(_trouble: Trouble) -> None:
            failed()

        self._desk.runner.errand(write, done=done, failed=on_trouble)


def _name(report: DayReport) -> str:
    if report.day_from == report.day_to:
        return f"day-{report.day_from}"
    return f"days-{report.day_from}-{report.day_to}"
