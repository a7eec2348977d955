"""What is wrong with a program's stored value: its ladder, its maximum, how its bonus ends."""

from collections.abc import Iterator
from itertools import pairwise

from msgspec import UNSET

from db.domain.exact import minor
from db.domain.program.offer_document import StoredValue
from db.domain.program.reading import Problem


def check_stored_value(value: StoredValue, path: str) -> Iterator[Problem]:
    """Yield the problems of the ladder and the maximum.

    A higher payment never earns a lower bonus: nobody should be better off paying in twice less.
    """
    for i, step in enumerate(value.ladder):
        if minor(step.pay) == 0:
            yield Problem(f"{path}.ladder[{i}].pay", "not_above_zero", {"value": step.pay})
    for i, (before, step) in enumerate(pairwise(value.ladder), start=1):
        if minor(step.pay) <= minor(before.pay):
            yield Problem(f"{path}.ladder[{i}].pay", "not_ascending")
        elif minor(step.bonus) < minor(before.bonus):
            yield Problem(f"{path}.ladder[{i}].bonus", "not_ascending")
    if value.bonus_expiry.kind == "inactivity":
        yield Problem(f"{path}.bonus_expiry.kind", "bonus_ends_by_date")
    yield from _check_maximum(value, path)


def _check_maximum(value: StoredValue, path: str) -> Iterator[Problem]:
    if value.max_balance is UNSET:
        return
    most = minor(value.max_balance)
    if most == 0:
        yield Problem(f"{path}.max_balance", "not_above_zero", {"value": value.max_balance})
        return
    for i, step in enumerate(value.ladder):
        if minor(step.pay) + minor(step.bonus) > most:
            yield Problem(
                f"{path}.ladder[{i}]", "above_max_balance", {"max_balance": value.max_balance}
            )
