"""The line to head office over HTTP: `requests`, bounded in time and size, trusting no status.

Redirects are not followed: a captive portal answers with them, head office never does. TLS goes
by the machine's own trust store, so that a company's certificate authority works; what is sent
and believed rests on signatures, not on TLS (SYNC.md §1).
"""

import ssl
from http import HTTPStatus
from typing import Any

import requests
import truststore
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, ReadTimeoutError

from db.domain.clock import Clock
from sync.client.remote_office import LineAnswer
from sync.protocol.frames import SEALED_BYTES_MAX
from sync.protocol.office import OfficeUnreachable
from sync.protocol.version import MEDIA_TYPE, PATHS

LIMIT_MS = 20_000
"""How long one exchange of messages may take in the background."""
LOOKUP_LIMIT_MS = 1_000
"""How long the cashier waits for head office before the local book answers."""
CONNECT_MS_MAX = 3_000
_CHUNK_BYTES = 65_536
_RETRY_SECONDS_MAX = 3_600
_NO_TLS_THERE = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE")
"""What OpenSSL says, older and newer, when plain HTTP answers its greeting."""


class HttpLine:
    """Carries sealed messages to one address.

    Args:
        address: head office's address, checked by `office_address`.
        clock: measures the limit.
        limit_ms: how long one call may take altogether.
    """

    def __init__(self, address: str, *, clock: Clock, limit_ms: int = LIMIT_MS) -> None:
        self._address = address
        self._clock = clock
        self._limit_ms = limit_ms
        self._session = requests.Session()
        self._session.mount("https://", _TrustingTheMachine())
        self._session.headers.update({"Content-Type": MEDIA_TYPE, "Accept": MEDIA_TYPE})

    def carry(self, kind: str, sealed: bytes) -> LineAnswer:
        """Return what answered.

        Raises:
            OfficeUnreachable: when nothing did in time, or what did was no answer at all.
        """
        started = self._clock.mono_ms()
        try:
            with self._session.post(
                self._address + PATHS[kind],
                data=sealed,
                timeout=(min(self._limit_ms, CONNECT_MS_MAX) / 1000, self._limit_ms / 1000),
                allow_redirects=False,
                stream=True,
            ) as response:
                if response.is_redirect or response.is_permanent_redirect:
                    raise OfficeUnreachable("redirected", response.headers.get("Location", ""))
                body = self._read(response, started)
                return LineAnswer(response.status_code, body, _retry_ms(response))
        except requests.exceptions.SSLError as error:
            raise OfficeUnreachable(_tls_reason(error), str(error)) from error
        except (requests.exceptions.Timeout, ReadTimeoutError) as error:
            raise OfficeUnreachable("timeout") from error
        except (requests.exceptions.RequestException, HTTPError, OSError) as error:
            raise OfficeUnreachable("offline", type(error).__name__) from error

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _read(self, response: requests.Response, started: int) -> bytes:
        """Return the body, read as it comes: a server that drips is out of time as well.

        `iter_content` would wait for a whole chunk, however slowly its bytes arrive.
        """
        body = bytearray()
        while chunk := response.raw.read1(_CHUNK_BYTES, decode_content=True):
            body += chunk
            if len(body) > SEALED_BYTES_MAX:
                raise OfficeUnreachable("too_large")
            if self._clock.mono_ms() - started > self._limit_ms:
                raise OfficeUnreachable("timeout")
        return bytes(body)


def _tls_reason(error: requests.exceptions.SSLError) -> str:
    """Return whether the other end speaks plain http, or its encryption cannot be trusted."""
    return "plain_http" if any(word in str(error) for word in _NO_TLS_THERE) else "tls"


def _retry_ms(response: requests.Response) -> int | None:
    """Return the pause that `Retry-After` asks for in seconds; its other form is ignored."""
    text = response.headers.get("Retry-After", "")
    busy = response.status_code in {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
    }
    if not busy or not text.isdecimal():
        return None
    return min(int(text), _RETRY_SECONDS_MAX) * 1000


class _TrustingTheMachine(HTTPAdapter):
    """Checks certificates against the operating system's trust store."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        options["ssl_context"] = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().init_poolmanager(*args, **options)
