"""Which words the two ends speak.

The server is rolled out first and understands every version ever shipped; a counter that is too
old for an answer stops pulling and keeps pushing (SYNC.md §2.12).
"""

from functools import cache
from importlib.metadata import PackageNotFoundError, version

PROTOCOL = 1
"""The version of the frames and messages in this package."""
MEDIA_TYPE = "application/vnd.guitai.frames"
"""What both ends call a sealed message over HTTP."""
PATHS = {
    "enroll": "/v1/enroll",
    "push": "/v1/push",
    "pull": "/v1/pull",
    "lease": "/v1/lease",
    "snapshot": "/v1/snapshot",
    "chunk": "/v1/chunk",
    "find": "/v1/find",
}
"""Where head office answers which message."""
CAPS = ("marks", "roll", "stopped")
"""What this version can do beyond the first words of the protocol; both ends may ask for it."""


@cache
def app_version() -> str:
    """Return which version of Guitai runs here; nothing where it is not installed."""
    try:
        return version("guitai")
    except PackageNotFoundError:
        return ""
