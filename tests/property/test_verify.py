"""Laws of verification: every history is proved, and no single corruption goes unnoticed."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from db.domain.staff import Actor, Role
from db.services.verify import verify_home
from db.storage.home import database_path
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.histories import Player, Step, steps
from tests.support.storage_fixtures import NOW_MS, MadeHome, seeded_chance


@given(history=steps)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_history_of_a_counter_is_proved(made_home: MadeHome, history: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        shutil.copytree(made_home.folder, home)
        clock = FixedClock(NOW_MS)
        storage = Storage(database_path(home), made_home.key, clock=clock, chance=seeded_chance(3))

        Player(storage, clock, Actor(made_home.made.staff_id, Role.MANAGER)).play(history)
        verification = verify_home(storage)
        storage.close()

    assert verification.problems == ()
