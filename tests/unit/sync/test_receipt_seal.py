"""The seal of a receipt: proved by head office's key alone, and by nothing else."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.ids import BranchId, SaleId
from db.domain.receipt_code import ReceiptFacts, Seal, SoldLine, facts_bytes
from sync.protocol.receipt_seal import KEY_PROOF, RECEIPT, is_genuine, sealed
from sync.protocol.signing import public_key, sign
from tests.unit.sync.conftest import Joining

OFFICE, COUNTER, STRANGER = bytes(range(32)), bytes(range(32, 64)), bytes(range(64, 96))
FACTS = ReceiptFacts(
    SaleId(b"s" * 16), BranchId(b"b" * 16), date(2026, 11, 24), None, 900, (SoldLine(1, 900, 9, 0),)
)
SIGNED = facts_bytes(FACTS) or b""
PROOF = sign(OFFICE, KEY_PROOF, public_key(COUNTER))
SEAL = sealed(SIGNED, private_key=COUNTER, proof=PROOF)


def genuine(signed: bytes, seal: Seal) -> bool:
    return is_genuine(signed, seal, server_key=public_key(OFFICE))


def test_what_a_counter_of_the_shop_sealed_is_genuine() -> None:
    assert genuine(SIGNED, SEAL)


@pytest.mark.parametrize(
    "seal",
    [
        sealed(SIGNED, private_key=STRANGER, proof=PROOF),
        sealed(SIGNED, private_key=STRANGER, proof=sign(STRANGER, KEY_PROOF, public_key(STRANGER))),
        replace(SEAL, signature=sign(COUNTER, "push request", SIGNED)),
        replace(SEAL, proof=sign(OFFICE, RECEIPT, public_key(COUNTER))),
        Seal(bytes(32), bytes(64), bytes(64)),
    ],
    ids=["another's key", "another office", "another purpose", "proof of another kind", "zeroes"],
)
def test_what_anybody_else_sealed_is_not(seal: Seal) -> None:
    assert not genuine(SIGNED, seal)


@given(at=st.integers(0, len(SIGNED) - 1), change=st.integers(1, 255))
def test_one_changed_byte_is_no_receipt_of_ours(at: int, change: int) -> None:
    forged = bytearray(SIGNED)
    forged[at] ^= change

    assert not genuine(bytes(forged), SEAL)


def test_a_counter_that_joins_can_prove_what_it_sells(joining: Joining) -> None:
    joining.join()
    identity = joining.device()
    seal = sealed(SIGNED, private_key=identity.private_key, proof=identity.proof)

    assert is_genuine(SIGNED, seal, server_key=identity.server_key)
