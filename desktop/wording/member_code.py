"""A member's number as a QR code: the number alone, never a phone or a name."""

from functools import lru_cache

import qrcode
from qrcode.constants import ERROR_CORRECT_M

from desktop.widgets.qr_view import Matrix

CACHE_MAX = 32


@lru_cache(maxsize=CACHE_MAX)
def code_matrix(number: str) -> Matrix:
    """Return the modules of a member number's code, version 1 at level M, without quiet zone."""
    code = qrcode.QRCode(version=1, error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(number)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())
