"""Which addresses may be a head office's."""

import pytest

from sync.client.address import OfficeAddressInvalid, office_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" https://office.example/ ", "https://office.example"),
        ("http://127.0.0.1:8787", "http://127.0.0.1:8787"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:8787", "http://[::1]:8787"),
        ("https://10.0.0.1/base", "https://10.0.0.1/base"),
    ],
)
def test_https_anywhere_and_plain_http_on_this_machine(typed: str, kept: str) -> None:
    assert office_address(typed) == kept


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("http://office.example", "insecure"),
        ("http://10.0.0.1", "insecure"),
        ("office.example", "malformed"),
        ("ftp://office.example", "malformed"),
        ("https://", "malformed"),
        ("https://a:port", "malformed"),
        ("https://a?x=1", "malformed"),
        ("", "malformed"),
        ("https://[", "malformed"),
    ],
)
def test_everything_else_is_refused_with_its_reason(typed: str, reason: str) -> None:
    with pytest.raises(OfficeAddressInvalid) as refused:
        office_address(typed)

    assert refused.value.reason == reason
