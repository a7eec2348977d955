"""What may be said of the drawer: a reason in words, and an amount a drawer holds."""

import pytest

from db.domain.drawer import checked_move, checked_reason
from db.domain.money import AMOUNT_MINOR_MAX, NotAnAmount
from db.domain.points import REASON_CHARACTERS_MAX
from db.domain.reversals import ReasonMissing


def test_a_reason_is_kept_without_the_spaces_around_it_and_not_endless() -> None:
    assert checked_reason(" 存银行 ") == "存银行"
    assert len(checked_reason("长" * 1_000)) == REASON_CHARACTERS_MAX


@pytest.mark.parametrize("text", ["", "  ", "\u3000"])
def test_a_blank_reason_is_none(text: str) -> None:
    with pytest.raises(ReasonMissing):
        checked_reason(text)


@pytest.mark.parametrize("amount", [1, -1, AMOUNT_MINOR_MAX, -AMOUNT_MINOR_MAX])
def test_cash_moves_either_way(amount: int) -> None:
    assert checked_move(amount) == amount


@pytest.mark.parametrize(
    ("amount", "reason"),
    [(0, "zero"), (AMOUNT_MINOR_MAX + 1, "too_large"), (-AMOUNT_MINOR_MAX - 1, "too_large")],
)
def test_nothing_and_too_much_do_not_move(amount: int, reason: str) -> None:
    with pytest.raises(NotAnAmount) as refusal:
        checked_move(amount)

    assert refusal.value.reason == reason
