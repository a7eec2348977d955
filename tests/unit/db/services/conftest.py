"""What the tests of the services share."""

import pytest

from db.services.set_up import HomeMade
from tests.support.storage_fixtures import MadeHome


@pytest.fixture
def made(made_home: MadeHome) -> HomeMade:
    """Return what `init` answered: the manager's id, code and PIN."""
    return made_home.made
