"""The format of a file that a command writes: as asked, else as its name ends."""

from pathlib import Path

import pytest

from desktop.cli.invalid import InvalidInput
from desktop.cli.reading import form_of

FORMS = ("table", "json", "csv", "pdf")


@pytest.mark.parametrize(
    ("asked", "out", "form"),
    [
        (None, None, "table"),
        (None, "day.pdf", "pdf"),
        (None, "DAY.CSV", "csv"),
        (None, "day", "table"),
        ("json", "day.pdf", "json"),
    ],
)
def test_a_file_is_what_was_asked_for_or_what_its_name_says(
    asked: str | None, out: str | None, form: str
) -> None:
    assert form_of(asked, None if out is None else Path(out), allowed=FORMS) == form


@pytest.mark.parametrize(("asked", "out"), [(None, "day.xlsx"), ("xlsx", "day.pdf")])
def test_a_format_that_cannot_be_written_is_refused(asked: str | None, out: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        form_of(asked, Path(out), allowed=FORMS)

    assert refused.value.code == "unknown_value"
