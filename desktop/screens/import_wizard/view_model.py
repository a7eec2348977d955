"""The import wizard: choose a list, say what its columns are, look, bring it in; or take one back.

The list comes in by small parts, each a transaction of its own, so a sale never waits for more than
one of them, and stopping keeps whole parts. The same file brought again goes on in its batch.
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from db.domain.ids import BatchId, OperationId
from db.domain.member_sheet import FIELDS, MemberSheet, SheetFault, SheetMember
from db.domain.refusals import Refusal
from db.domain.staff import Actor
from db.domain.trouble import Trouble
from db.queries.import_batches import ImportLine, import_batches, phones_known
from db.services.import_members import ImportMembers, MembersImported, import_members
from db.services.imports import (
    REVERT_MS_MAX,
    BatchNotRevertible,
    BatchReverted,
    RevertBatch,
    open_batch,
    revert_batch,
)
from db.storage.unit_of_work import UnitOfWork
from desktop.runtime.desk import Desk
from desktop.runtime.runner import Series
from desktop.screens.import_wizard.sheet_file import ListFile, read_list
from desktop.screens.import_wizard.state import FieldChoice, FormerImport, ImportState, Step
from desktop.screens.import_wizard.words import ImportWords, sample
from desktop.tables.records import TableFault
from desktop.widgets.banner import Notice
from desktop.widgets.chip import ChipKind
from desktop.wording.import_words import field_name, table_fault_text
from desktop.wording.refusals import refusal_text
from desktop.wording.troubles import trouble_text

PART_MEMBERS = 40


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of the list came to, and under which batch."""

    batch_id: BatchId
    brought: MembersImported


class ImportViewModel(QObject):
    """The wizard.

    Signals:
        changed: the state to draw.
        left: back to the counter.
    """

    changed = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Start with nothing chosen."""
        super().__init__(parent)
        self._desk = desk
        self._words = ImportWords(self)
        self._former: tuple[ImportLine, ...] = ()
        self._notice: Notice | None = None
        self._step = Step.CHOOSE
        self._file: ListFile | None = None
        self._sheet: MemberSheet | None = None
        self._batch: BatchId | None = None
        self._actor: Actor | None = None
        self._skipped: list[SheetFault] = []
        self._asked = Series()
        self._busy = False
        self._forget()

    def state(self) -> ImportState:
        """Return what the screen shows now."""
        file, sheet = self._file, self._sheet
        good = () if sheet is None else sheet.members
        return ImportState(
            step=self._step,
            steps=self._words.steps(self._step),
            title=self._words.title(self._step, stopped=self._stopped),
            text=self._text(),
            confirm=self._words.confirm(self._step, members=len(good)),
            may_confirm=self._may_confirm(),
            columns=() if file is None else file.heading,
            fields=() if file is None else tuple(self._field(file, each) for each in FIELDS),
            rows=self._words.preview_rows(sheet) if self._step is Step.PREVIEW and sheet else (),
            percent=100 * self._done // max(1, len(good)),
            former=tuple(self._former_line(line) for line in self._former),
            may_revert=self._batch is not None and self._step is Step.DONE and self._added > 0,
            notice=self._notice,
        )

    def redraw(self) -> None:
        """Say the state, for instance in another language."""
        self.changed.emit(self.state())

    def enter(self) -> None:
        """Begin anew, unless an import is running or waits for a word."""
        if self._step in {Step.CHOOSE, Step.DONE}:
            self._forget()
            self._notice = None
            self._ask_former()
        self.redraw()

    def open(self, path: Path) -> None:
        """Read a file, beside the shop; what is wrong with it is said."""
        if self._busy or self._step is Step.RUNNING:
            return
        self._busy, self._notice = True, None
        wanted = self._asked.next()

        def read(file: ListFile) -> None:
            self._busy = False
            if wanted():
                self._on_read(file)

        self._desk.runner.chore(partial(read_list, path), done=read, failed=self._on_unreadable)

    def choose_column(self, place: int, column: int) -> None:
        """Say which of the file's columns (from 1; 0 is none) the field at this place is."""
        assert self._file is not None, "columns are chosen of a file"
        self._stop_looking()
        self._file = self._file.with_column(FIELDS[place], column - 1 if column else None)
        self.redraw()

    def confirm(self) -> None:
        """Do what the button says."""
        match self._step:
            case Step.COLUMNS:
                self._look()
            case Step.PREVIEW:
                self._begin()
            case Step.DONE:
                self.leave()
            case _:
                return

    def back(self) -> None:
        """Go a step back; stop while it runs; leave at the first step."""
        match self._step:
            case Step.COLUMNS:
                self._stop_looking()
                self._step = Step.CHOOSE
            case Step.PREVIEW:
                self._step = Step.COLUMNS
            case Step.RUNNING:
                self._stopped = True
            case _:
                self.leave()
                return
        self.redraw()

    def leave(self) -> None:
        """Go back to the counter."""
        self.left.emit()

    def revert(self, place: int | None = None) -> None:
        """Take an import back: one of before by its place, or the one that was just made."""
        batch = self._batch if place is None else self._former[place].batch_id
        if batch is None or self._desk.staff is None or self._busy:
            return
        self._busy = True
        command = RevertBatch(
            op=OperationId(self._desk.new_id()), batch_id=batch, by=self._desk.actor
        )
        self._desk.runner.submit(
            partial(revert_batch, command=command),
            done=self._on_reverted,
            refused=self._on_refused,
            failed=self._on_failed,
        )

    def _stop_looking(self) -> None:
        """Let no answer arrive to a list that is looked at otherwise now."""
        self._asked.drop()
        self._busy = False

    def _forget(self) -> None:
        self._asked.drop()
        self._step = Step.CHOOSE
        self._file, self._sheet = None, None
        self._batch, self._actor = None, None
        self._done = self._added = self._points = 0
        self._skipped = []
        self._stopped = False

    def _on_read(self, file: ListFile) -> None:
        self._forget()
        self._file, self._step = file, Step.COLUMNS
        self.redraw()

    def _on_unreadable(self, trouble: Trouble) -> None:
        self._busy = False
        text = table_fault_text(trouble) if isinstance(trouble, TableFault) else ""
        self._notice = Notice(ChipKind.ERROR, text or trouble_text(trouble))
        self.redraw()

    def _look(self) -> None:
        """Read the rows by the columns, beside the shop; then see who is a member already."""
        if self._busy:
            return
        file, home, today = self._file, self._desk.facts.home, self._desk.facts.day
        assert file is not None, "one looks at a file"
        self._busy = True
        wanted = self._asked.next()

        def parsed(sheet: MemberSheet) -> None:
            if wanted():
                self._compare(sheet)

        self._desk.runner.chore(
            partial(file.members, region=home.region, today=today),
            done=parsed,
            failed=self._on_failed,
        )

    def _compare(self, sheet: MemberSheet) -> None:
        phones = [each.phone for each in sheet.members]

        def looked(known: frozenset[str]) -> None:
            self._busy = False
            self._sheet, self._step = _without(sheet, known), Step.PREVIEW
            self.redraw()

        self._desk.runner.read(
            lambda reader: phones_known(reader, phones),
            done=looked,
            failed=self._on_failed,
            series=self._asked,
        )

    def _begin(self) -> None:
        assert self._sheet is not None, "what comes in was looked at"
        self._step, self._stopped = Step.RUNNING, False
        self._actor = self._desk.actor
        self._skipped = list(self._sheet.faults)
        self.redraw()
        self._next()

    def _next(self) -> None:
        """Bring the next part in, or end."""
        assert self._sheet is not None and self._file is not None, "a list is being brought in"  # noqa: PT018 - one thought
        assert self._actor is not None, "somebody began it"
        part = self._sheet.members[self._done : self._done + PART_MEMBERS]
        if not part or self._stopped:
            self._step = Step.DONE
            self._ask_former()
            self.redraw()
            return
        service = partial(
            _bring,
            by=self._actor,
            source=self._file.source,
            members=part,
            left_out=0 if self._done else len(self._sheet.faults),
        )
        self._desk.runner.submit(
            service, done=self._on_part, refused=self._on_refused, failed=self._on_failed
        )

    def _on_part(self, part: Part) -> None:
        self._batch = part.batch_id
        self._done += PART_MEMBERS
        self._added += part.brought.added
        self._points += part.brought.points
        self._skipped += part.brought.skipped
        self.redraw()
        self._next()

    def _on_refused(self, refusal: Refusal) -> None:
        text = refusal_text(refusal)
        if isinstance(refusal, BatchNotRevertible):
            text = self._words.not_revertible(refusal)
        self._end_with(text)

    def _on_failed(self, trouble: Trouble) -> None:
        self._end_with(trouble_text(trouble))

    def _end_with(self, text: str) -> None:
        """Say what went wrong; an import that ran stops behind its last whole part."""
        self._busy = False
        self._notice = Notice(ChipKind.ERROR, text)
        if self._step is Step.RUNNING:
            self._stopped, self._step = True, Step.DONE
        self.redraw()

    def _on_reverted(self, reverted: BatchReverted) -> None:
        self._busy = False
        self._notice = Notice(ChipKind.OK, self._words.reverted(reverted.members))
        self._forget()
        self._ask_former()

    def _ask_former(self) -> None:
        self._desk.runner.read(import_batches, done=self._on_former, failed=self._on_failed)

    def _on_former(self, former: tuple[ImportLine, ...]) -> None:
        self._former = former
        self.redraw()

    def _former_line(self, line: ImportLine) -> FormerImport:
        open_still = self._desk.now_ms - line.started_at <= REVERT_MS_MAX
        return FormerImport(
            text=self._words.former(line, calendar=self._desk.facts.home.calendar),
            may_revert=open_still and line.reverted_at is None and line.added > 0,
        )

    def _field(self, file: ListFile, field: str) -> FieldChoice:
        place = file.columns.get(field)
        return FieldChoice(
            title=field_name(field),
            chosen=0 if place is None else place + 1,
            sample="" if place is None else sample(field, file.sample(place)),
        )

    def _may_confirm(self) -> bool:
        match self._step:
            case Step.COLUMNS:
                return self._file is not None and "phone" in self._file.columns
            case Step.PREVIEW:
                return self._sheet is not None and bool(self._sheet.members)
            case Step.DONE:
                return True
            case _:
                return False

    def _text(self) -> str:
        match self._step:
            case Step.CHOOSE:
                return self._words.choose_text()
            case Step.COLUMNS if self._file is not None:
                rows = len(self._file.records) - self._file.start - 1
                return self._words.columns_text(self._file.name, rows)
            case Step.PREVIEW if self._sheet is not None:
                return self._words.preview_text(len(self._sheet.members), len(self._sheet.faults))
            case Step.RUNNING if self._sheet is not None:
                done = min(self._done, len(self._sheet.members))
                return self._words.running_text(done, len(self._sheet.members))
            case _:
                return self._words.done_text(self._added, self._points, len(self._skipped))


def _without(sheet: MemberSheet, known: frozenset[str]) -> MemberSheet:
    """Return the list with those who are members already among its faults."""
    faults = [*sheet.faults]
    faults += [SheetFault(each.row, "phone_taken") for each in sheet.members if each.phone in known]
    faults.sort(key=lambda fault: fault.row)
    members = tuple(each for each in sheet.members if each.phone not in known)
    return MemberSheet(sheet.rows, members, tuple(faults), sheet.ignored)


def _bring(
    work: UnitOfWork,
    *,
    by: Actor,
    source: str,
    members: tuple[SheetMember, ...],
    left_out: int,
) -> Part:
    """Bring a part of a list in, under the batch of its source; `left_out` rows were no members."""
    batch_id = open_batch(work, kind="members", source=source, by=by)
    brought = import_members(work, ImportMembers(by=by, batch_id=batch_id, members=members))
    work.imports.count(batch_id, added=0, updated=0, skipped=left_out)
    return Part(batch_id, brought)
