"""Operations that no counter of ours writes: each is kept, none blocks the chain behind it."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from db.domain.ids import MemberId, text_of
from db.domain.operations import Operation, read_operation
from db.storage.unit_of_work import Storage
from sync.client.exchange import exchange_once
from sync.client.outbox import next_batch
from sync.client.storage_access import directly_on
from sync.protocol.messages import Fact
from tests.support.checkers import value
from tests.support.makers import a_member, a_sale, an_adjustment
from tests.unit.sync.conftest import Joining

TOO_LARGE = 1 << 63
SOME_ID = text_of(bytes(range(16)))
SHARES = [{"lot": SOME_ID, "points": 900}]
NO_SALE = {"lines": [], "gross": 0, "tenders": {}}
POISON: dict[str, dict[str, Any]] = {
    "a member that is no id": {"m": "nobody"},
    "a counter that is no id": {"dev": "nobody"},
    "a clock no column holds": {"hlc": TOO_LARGE},
    "a token that is none": {"gtok": [{"x": 1}]},
    "a token without ids": {
        "gtok": [{"g": "x", "m": "y", "s": "z", "n": 1, "until": 1, "lots": [], "sig": "ab"}]
    },
    "a due no column holds": {"t": "sale", "b": {**NO_SALE, "due": TOO_LARGE}},
    "points no column holds": {"b": {"points": TOO_LARGE, "reason": "x"}},
    "spends that are no list": {"t": "redeem", "b": {"points": 1, "value": 1, "spends": 5}},
    "spends of nothing": {"t": "redeem", "b": {"points": 1, "value": 1, "spends": [5]}},
    "a reference that is no id": {"ref": "nobody"},
    "a branch that is no id": {"store": "nobody"},
    "a day that is none": {"t": "sale", "bd": "never", "b": {**NO_SALE, "due": 0}},
    "a due that nothing holds": {"t": "sale", "b": {**NO_SALE, "due": 1 << 70}},
    "a due that nothing can write": {"t": "sale", "b": {**NO_SALE, "due": 1 << 64}},
    "holds that are no list": {"t": "sale", "b": {**NO_SALE, "holds": 5}},
    "holds of nothing": {"t": "sale", "b": {**NO_SALE, "holds": [5]}},
    "coupons that are no list": {"t": "sale", "b": {**NO_SALE, "coupons": 5}},
    "value that is none": {"t": "sale", "b": {**NO_SALE, "value": 5}},
    "what is lent is none": {"t": "gift_redeem", "b": {"lent": 5}},
    "points given back by a counter": {
        "t": "lease_reclaim",
        "b": {"lease": SOME_ID, "shares": SHARES},
    },
}


@pytest.fixture
def member_id(joining: Joining, storage: Storage) -> MemberId:
    """Return a member whom head office knows."""
    joining.join()
    member = a_member(storage)
    exchange_once(directly_on(storage), joining.remote(), joining.device(), renew=False)
    return member.member_id


@pytest.mark.parametrize("case", POISON)
def test_what_cannot_be_applied_is_kept_and_the_chain_goes_on(
    joining: Joining, storage: Storage, member_id: MemberId, case: str
) -> None:
    an_adjustment(storage, member_id, 50)

    reply = pushed(joining, storage, lambda fields: fields.update(POISON[case]))

    assert (reply.answer, reply.upto) == ("ack", 2)
    assert [verdict.status for verdict in reply.verdicts] == ["quarantined"]
    balance = "SELECT coalesce(sum(remaining), 0) FROM lot"
    assert value(joining.office.storage, balance) == 0


@pytest.mark.parametrize("restored", [5, [5], [{"lease": "nobody"}]])
def test_fields_that_a_kind_does_not_have_are_nobodys_business(
    joining: Joining, storage: Storage, member_id: MemberId, restored: object
) -> None:
    an_adjustment(storage, member_id, 50)

    reply = pushed(joining, storage, lambda fields: fields["b"].update(restored=restored))

    assert (reply.answer, reply.upto, reply.verdicts) == ("ack", 2, ())


def test_a_void_whose_figures_are_none_is_kept_and_the_chain_goes_on(
    joining: Joining, storage: Storage, member_id: MemberId
) -> None:
    sold = a_sale(storage, member_id)
    exchange_once(directly_on(storage), joining.remote(), joining.device(), renew=False)
    an_adjustment(storage, member_id, 50)
    body = {"manner": "void", "reason": "x", "returned_amount": "x", "returned_earned": []}
    void = {"t": "reversal", "ref": text_of(sold.sale_id), "b": body}

    reply = pushed(joining, storage, lambda fields: fields.update(void))

    assert (reply.answer, reply.upto) == ("ack", 3)
    assert [verdict.status for verdict in reply.verdicts] == ["quarantined"]


def test_a_counter_cannot_grant_itself_a_lease(
    joining: Joining, storage: Storage, member_id: MemberId
) -> None:
    an_adjustment(storage, member_id, 50)

    def grant(fields: dict[str, Any]) -> None:
        token = {"g": SOME_ID, "m": fields["m"], "s": fields["s"], "n": 900, "until": 1 << 50}
        fields.update({"t": "lease_grant", "b": {"token": {**token, "lots": SHARES}}})

    reply = pushed(joining, storage, grant)

    assert [verdict.status for verdict in reply.verdicts] == ["quarantined"]
    assert value(joining.office.storage, "SELECT count(*) FROM lease") == 0


def pushed(joining: Joining, storage: Storage, change: Callable[[dict[str, Any]], None]) -> Any:
    """Push the one operation that waits, changed."""
    batch = directly_on(storage)(lambda work: next_batch(work, joining.device()))
    assert batch is not None
    true: Operation = read_operation(bytes(batch.rows[0].op))
    fields = msgspec.json.decode(true.raw)
    change(fields)
    raw = msgspec.json.encode(fields, order="sorted")
    changed = msgspec.structs.replace(batch, rows=(Fact(op=msgspec.Raw(raw)),))
    return joining.remote().push(changed)
