"""A replay of a program as CSV: both programs beside each other, the spread, and every member."""

from db.queries.program_replay import ProgramReplay
from desktop.reports.cells import plain
from desktop.reports.csv_text import csv_bytes
from desktop.reports.program_replay_tables import replay_tables, replay_title
from desktop.wording.speech import Speech


def program_replay_csv(replay: ProgramReplay, say: Speech) -> bytes:
    """Return the comparison as titled blocks, blank lines between them; `say` knows the names."""
    rows: list[tuple[str, ...]] = [
        (replay_title(say),),
        (replay.first_day.isoformat(), replay.last_day.isoformat()),
    ]
    for table in replay_tables(replay, say):
        rows += [(), (table.title,), tuple(column.title for column in table.columns)]
        rows += [tuple(plain(cell) for cell in row) for row in table.rows]
    return csv_bytes(rows)
