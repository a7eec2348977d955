"""The seal of a receipt: who sold this, provable to every counter of the shop without a line.

A counter signs what it sold; head office has signed the counter's key when it joined. Whoever
knows head office's key needs no list of counters.
"""

from db.domain.receipt_code import Seal
from sync.protocol.signing import is_signed, public_key, sign

KEY_PROOF = "receipt-key"
RECEIPT = "receipt"


def sealed(signed: bytes, *, private_key: bytes, proof: bytes) -> Seal:
    """Return a counter's seal over the bytes of a receipt's facts."""
    return Seal(public_key(private_key), proof, sign(private_key, RECEIPT, signed))


def is_genuine(signed: bytes, seal: Seal, *, server_key: bytes) -> bool:
    """Say whether a counter of this head office sealed these bytes."""
    known = is_signed(server_key, seal.proof, purpose=KEY_PROOF, message=seal.key)
    return known and is_signed(seal.key, seal.signature, purpose=RECEIPT, message=signed)
