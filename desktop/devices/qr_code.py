"""A QR code as modules, the one way for screens, PDF and receipts."""

from functools import lru_cache

CACHE_MAX = 32
Matrix = tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=CACHE_MAX)
def code_matrix(payload: str) -> Matrix:
    """Return the modules of the smallest code at level M that holds a payload, no quiet zone."""
    import qrcode  # noqa: PLC0415 - it brings Pillow, 40 ms that no start waits for
    from qrcode.constants import ERROR_CORRECT_M  # noqa: PLC0415 - as above

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(payload)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())
