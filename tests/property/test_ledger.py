"""Laws of the ledger: nothing is lost, nothing comes from nowhere, and order does not matter."""

from collections import Counter
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain.ids import LeaseId, LotId, MemberId
from db.domain.ledger import (
    EXPIRED,
    ISSUED,
    REDEEMED,
    Account,
    EntryKind,
    Movement,
    fold,
    lease_account,
    member_account,
)
from db.domain.refusals import Refusal
from tests.support.checkers import check_ledger, rows, value
from tests.support.histories import Step, a_counter, histories
from tests.support.makers import a_redemption
from tests.support.storage_fixtures import MadeHome

EXAMPLES = 30
accounts = st.sampled_from(
    [
        ISSUED,
        REDEEMED,
        EXPIRED,
        *(member_account(MemberId(bytes([n] * 16))) for n in range(3)),
        *(lease_account(LeaseId(bytes([n] * 16))) for n in range(2)),
    ]
)


@st.composite
def movements(draw: st.DrawFn) -> Movement:
    debit = draw(accounts)
    credit = draw(accounts.filter(lambda account: account != debit))
    return Movement(
        draw(st.sampled_from(EntryKind)),
        debit,
        credit,
        draw(st.integers(min_value=1, max_value=10**9)),
        MemberId(bytes(16)),
        LotId(bytes(16)),
    )


def settled(balances: Counter[Account]) -> dict[Account, int]:
    return {account: points for account, points in balances.items() if points}


@given(st.data(), st.lists(movements(), max_size=30))
def test_balances_are_the_fold_of_the_movements_in_any_order(
    data: st.DataObject, moved: list[Movement]
) -> None:
    shuffled = data.draw(st.permutations(moved))

    assert settled(fold(shuffled)) == settled(fold(moved))


@given(st.lists(movements(), max_size=30))
def test_all_accounts_together_hold_nothing(moved: list[Movement]) -> None:
    assert sum(fold(moved).values()) == 0


@given(st.lists(movements(), max_size=20), st.lists(movements(), max_size=20))
def test_what_two_histories_leave_is_the_sum_of_what_each_leaves(
    here: list[Movement], there: list[Movement]
) -> None:
    together = fold(here)
    together.update(fold(there))  # a Counter adds

    assert settled(fold(here + there)) == settled(together)


@settings(max_examples=EXAMPLES)
@given(history=histories)
def test_after_any_history_what_is_kept_is_what_was_moved(
    made_home: MadeHome, history: list[Step]
) -> None:
    with a_counter(made_home) as counter:
        counter.play(history)

        check_ledger(counter.storage)


@settings(max_examples=EXAMPLES)
@given(history=histories)
def test_after_any_history_the_maintained_rows_are_the_sums_of_the_acts(
    made_home: MadeHome, history: list[Step]
) -> None:
    with a_counter(made_home) as counter:
        counter.play(history)

        assert rows(
            counter.storage,
            "SELECT member_id, visits, spend FROM member_total WHERE visits <> 0 ORDER BY 1",
        ) == rows(
            counter.storage,
            "SELECT member_id, count(*), sum(due - (SELECT coalesce(sum(paid), 0)"
            " FROM goods_return AS r WHERE r.sale_id = s.sale_id)) FROM sale AS s"
            " WHERE member_id IS NOT NULL AND reversed_by IS NULL AND returned_whole = 0"
            " GROUP BY 1 ORDER BY 1",
        )
        assert rows(
            counter.storage,
            "SELECT business_day, returns, returned_amount, returned_earned FROM counter_day"
            " WHERE returns <> 0 ORDER BY 1",
        ) == rows(
            counter.storage,
            "SELECT r.business_day, count(*), sum(r.paid), sum(r.earned) FROM goods_return AS r"
            " JOIN sale AS s USING (sale_id) WHERE s.reversed_by IS NULL GROUP BY 1 ORDER BY 1",
        )
        assert rows(
            counter.storage,
            "SELECT business_day, sales, amount, earned FROM counter_day WHERE sales <> 0"
            " ORDER BY 1",
        ) == rows(
            counter.storage,
            "SELECT business_day, count(*), sum(due), sum(earned) FROM sale"
            " WHERE reversed_by IS NULL GROUP BY 1 ORDER BY 1",
        )


@settings(max_examples=EXAMPLES)
@given(history=histories, wanted=st.integers(min_value=1, max_value=2_000))
def test_a_redemption_never_overdraws(
    made_home: MadeHome, history: list[Step], wanted: int
) -> None:
    with a_counter(made_home) as counter:
        counter.play(history)
        member_id = counter.members[0]
        assert member_id is not None
        before = value(
            counter.storage,
            "SELECT coalesce(sum(remaining), 0) FROM lot WHERE member_id = ?",
            member_id,
        )

        with suppress(Refusal):
            redeemed = a_redemption(counter.storage, member_id, wanted)
            assert wanted <= before
            assert redeemed.balance == before - wanted

        lots = rows(
            counter.storage,
            "SELECT l.remaining FROM movement AS t JOIN lot AS l ON l.lot_id = t.lot_id"
            " WHERE t.op = (SELECT op FROM points_entry WHERE kind = 'redeem'"
            "               ORDER BY entered_at DESC, op DESC LIMIT 1) AND t.entry = 'redeem'",
        )
        owed = value(
            counter.storage,
            "SELECT count(*) FROM sale WHERE reversed_by IS NOT NULL OR returned_earned <> 0",
        )
        assert owed or all(remaining >= 0 for (remaining,) in lots)
