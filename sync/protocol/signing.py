"""Ed25519 over bytes: who said this. Keys are 32 raw bytes wherever they are kept or sent.

Every message is signed by its sender over what it says and what it is for, so a signature can
never be lent to another purpose: the purpose is in front of the signed bytes.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

KEY_BYTES = 32
SIGNATURE_BYTES = 64


def public_key(private: bytes) -> bytes:
    """Return the public half of a private key."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sign(private: bytes, purpose: str, message: bytes) -> bytes:
    """Return the signature of `message` for one purpose."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(_purposed(purpose, message))


def is_signed(public: bytes, signature: bytes, *, purpose: str, message: bytes) -> bool:
    """Say whether the holder of `public` signed `message` for this purpose."""
    if len(public) != KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(public)
        key.verify(signature, _purposed(purpose, message))
    except (InvalidSignature, ValueError):
        return False
    return True


def _purposed(purpose: str, message: bytes) -> bytes:
    return b"guitai/1 " + purpose.encode("ascii") + b"\n" + message
