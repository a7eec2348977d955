"""A TCP proxy between counters and head office that misbehaves by a seeded plan.

Unlike `bad_line`, which the test tells what to do, it draws a fault for every request, keeps
connections open between them, and remembers what passed. Every wait ends by itself, and `close`
ends them all.
"""

import contextlib
import http.client
import random
import socket
import threading
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.chaos_faults import (
    FAULTS,
    MEET,
    PATIENCE_S,
    WHOLE,
    Meeting,
    Past,
    request_from,
)

KEPT = 8
"""How much of the past may come again."""


class Plan:
    """Draws the faults: each seed its own few of them, and how often (swarm testing)."""

    def __init__(self, seed: int, faults: tuple[str, ...] = ()) -> None:
        self.rng = random.Random(seed)
        count = self.rng.randrange(3, len(FAULTS) + 1)
        self.faults = faults or tuple(self.rng.sample(FAULTS, count))
        self.share = 1.0 if faults else self.rng.choice((0.15, 0.35, 0.7))
        self._lock = threading.Lock()

    def draw(self) -> str:
        """Return what befalls the next request."""
        with self._lock:
            return self.rng.choice(self.faults) if self.rng.random() < self.share else WHOLE

    def below(self, bound: int) -> int:
        """Return a number from 0 to below `bound`; 0 where there is no room."""
        with self._lock:
            return self.rng.randrange(bound) if bound > 0 else 0

    def heal(self) -> None:
        """Let everything pass from now on."""
        with self._lock:
            self.share = 0.0


class ChaosProxy:
    """Stands before a loopback port; `plan` may be replaced at any time."""

    def __init__(self, port: int, plan: Plan) -> None:
        self.plan = plan
        self.met: Counter[str] = Counter()
        """How many requests met which fault."""
        self._past = Past(port, deque(maxlen=KEPT), deque(maxlen=KEPT), threading.Event())
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Return what a counter takes for head office's address."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def close(self) -> None:
        """Close the line."""
        self._past.closing.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(timeout=PATIENCE_S)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        client.settimeout(PATIENCE_S)
        with contextlib.suppress(OSError, http.client.HTTPException), client:
            while not self._past.closing.is_set():
                asked = request_from(client)
                fault = self.plan.draw()
                self.met[fault] += 1
                if not MEET[fault](Meeting(self._past, client, asked, self.plan.below)):
                    return


@contextmanager
def chaos_proxy(port: int, plan: Plan) -> Iterator[ChaosProxy]:
    """Hand out a proxy to a loopback port and close it."""
    proxy = ChaosProxy(port, plan)
    try:
        yield proxy
    finally:
        proxy.close()
