"""Preview: the door through which anyone can try a program on a member's story.

It runs a scenario (PROGRAM.md §5) through the functions that the counter uses, without a database.
A refused step changes nothing and the story goes on; the times in the scenario decide everything.
"""

from datetime import UTC, date, datetime
from typing import Any

from msgspec import UNSET

from db.domain.basket import MemberFacts
from db.domain.exact import rate
from db.domain.money import amount_text
from db.domain.preview_acts import Acts
from db.domain.preview_book import Book
from db.domain.program import Program
from db.domain.refusals import Refusal
from db.domain.scenario import KINDS, Scenario, Step, read_scenario
