"""An order-free digest of a set of operations: the sum of their SHA-256, modulo 2^256.

Both ends keep one per bucket of the feed. Adding needs no order and no list, so a comparison costs
one addition an operation; what differs in one byte differs in the sum. (PowerSync's bucket
checksums are the model; theirs is 32 bits wide.)
"""

import hashlib

SUM_BYTES = 32
EMPTY = bytes(SUM_BYTES)
"""The digest of no operations."""
_MODULUS = 1 << (8 * SUM_BYTES)


def added(total: bytes, raw: bytes) -> bytes:
    """Return the digest after one more operation with these bytes."""
    one = int.from_bytes(hashlib.sha256(raw).digest(), "big")
    return ((int.from_bytes(total, "big") + one) % _MODULUS).to_bytes(SUM_BYTES, "big")
