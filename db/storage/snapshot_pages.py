"""The pages of an image file in clear and under a key, as SQLCipher lays them out.

An image is encrypted on every disk it lies on, under a key that was made for that one file.
Ciphertext cannot be compressed, so it travels as clear pages inside sealed chunks and is encrypted
anew where it arrives. Each page is AES-256-CBC over all but its last 16 bytes, which hold the IV;
the first page keeps SQLCipher's salt in its first 16 (https://www.zetetic.net/sqlcipher/design/,
without the HMAC: whole chunks are authenticated instead).
"""

from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

from db.storage.system import Chance

PAGE_BYTES: Final = 65_536
"""As large as SQLite allows: few calls for many bytes."""
IV_BYTES: Final = 16
CLEAR_BYTES: Final = PAGE_BYTES - IV_BYTES
"""What of a page is anything at all."""
SALT_BYTES: Final = 16


def clear_pages(pages: bytes, key: bytes, *, first: bool) -> bytes:
    """Return whole encrypted pages in clear, without their IVs; `first` begins with page 1."""
    clear = bytearray()
    for start in range(0, len(pages), PAGE_BYTES):
        skipped = SALT_BYTES if first and start == 0 else 0
        ends = start + CLEAR_BYTES
        opening = Cipher(AES256(key), CBC(pages[ends : start + PAGE_BYTES])).decryptor()
        clear += bytes(skipped) + opening.update(pages[start + skipped : ends])
    return bytes(clear)


def encrypted_pages(clear: bytes, key: bytes, chance: Chance, *, first: bool) -> bytes:
    """Return clear pages as SQLCipher writes them; `first` says that page 1 is among them.

    The IVs are drawn by `chance`; the salt, which an unauthenticated file has no use for, too.
    """
    pages = bytearray()
    for start in range(0, len(clear), CLEAR_BYTES):
        skipped = SALT_BYTES if first and start == 0 else 0
        drawn = chance(IV_BYTES + skipped)
        iv = drawn[:IV_BYTES]
        sealing = Cipher(AES256(key), CBC(iv)).encryptor()
        pages += drawn[IV_BYTES:]
        pages += sealing.update(clear[start + skipped : start + CLEAR_BYTES])
        pages += iv
    return bytes(pages)
