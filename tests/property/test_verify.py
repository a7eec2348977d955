"""The law of verification: every history of the real services is proved."""

from hypothesis import given, settings

from db.services.verify.book import verify_home
from tests.support.histories import Step, a_counter, histories
from tests.support.storage_fixtures import MadeHome


@given(history=histories)
@settings(max_examples=40)
def test_every_history_of_a_counter_is_proved(made_home: MadeHome, history: list[Step]) -> None:
    with a_counter(made_home) as counter:
        counter.play(history)
        verification = verify_home(counter.storage)

    assert verification.problems == ()
