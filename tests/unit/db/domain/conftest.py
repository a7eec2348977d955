"""Programs are read anew in every session of tests, though one process holds several.

A mutation run tests each mutant in a fork of the process that ran the tests before: programs
remembered from there would have been compiled by the code without the mutant.
"""

import pytest

from db.domain.program.program import load_program


@pytest.fixture(autouse=True, scope="session")
def _programs_read_anew() -> None:
    load_program.cache_clear()
