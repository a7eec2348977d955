"""A counter process under load: `python -m tests.support.load_driver HOME --seed N [--sync]`.

It writes a line when it tries an act and another one after the act's commit. Whoever kills it then
knows what must be in the file, what may be there (the act that was under way), and that nothing
else is. With `--sync` it exchanges with head office meanwhile, the way the window does: one thread
for the line, short pieces of storage work handed to the one writer between two sales.
"""

import argparse
import json
import os
import queue
import random
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from db.domain.ids import MemberId, OperationId, text_of
from db.domain.refusals import Refusal
from db.storage.home import database_path
from db.storage.home_lock import home_lock
from db.storage.keys import database_key
from db.storage.system import system_chance
from db.storage.unit_of_work import Storage, UnitOfWork
from sync.client.agent import SyncAgent, SyncState
from sync.client.device import connect, load_device
from sync.client.leasing import lease_exactly
from sync.client.storage_access import directly_on
from tests.support.load_acts import Cashier

Piece = Callable[[UnitOfWork], Any]
PAUSE_MS_AFTER_FAILURE = 50
SYNC_EVERY = 5
LEASE_EVERY = 17
LEASE_POINTS = 200
ANSWER_WITHIN_MS = 1_000


def say(**facts: Any) -> None:
    """Write one line at once, in one piece: what was said survives the death of this process."""
    os.write(sys.stdout.fileno(), (json.dumps(facts) + "\n").encode())


def open_home(home: Path) -> Storage:
    """Open a home whose key lies inside it."""
    key = database_key(home, os_store=False, chance=system_chance, create=False)
    return Storage(database_path(home), key)


class Till:
    """The one thread that writes: acts of its own, and the agent's pieces between them."""

    def __init__(self, home: Path, *, seed: int, block: int) -> None:
        self.home = home
        self.storage = open_home(home)
        self.die = random.Random(seed)
        self.stopping = False
        self.agent: SyncAgent | None = None
        self._pieces: queue.Queue[tuple[Piece, Future[Any]]] = queue.Queue()
        with self.storage.reading() as reader:
            members = reader.all("SELECT member_id FROM member WHERE state = 'active' ORDER BY 1")
        self.cashier = Cashier(self.die, block, members=[row[0] for row in members])

    def act(self) -> None:
        """Try one act in one transaction, and say how it ended."""
        with self.storage.begin() as work:
            op = OperationId(work.new_id())
        say(tried=text_of(op))
        try:
            with self.storage.begin() as work:
                kind = self.cashier.act(work, op)
        except Refusal as refusal:
            say(refused=text_of(op), code=refusal.code)
            return
        say(done=text_of(op), kind=kind)

    def start_agent(self) -> None:
        """Exchange with head office from now on."""
        device = load_device(self.home)
        assert device is not None, "the home is not enrolled"
        self.agent = SyncAgent(
            self._hand_over,
            connect(self.storage, device),
            device=device,
            changed=_say_state,
            chance=lambda count: PAUSE_MS_AFTER_FAILURE.to_bytes(count, "big"),
        )
        self.agent.start()

    def ask_for_points(self) -> None:
        """Ask head office for an exact lease, as a cashier does for the member before him."""
        device = load_device(self.home)
        if device is None or not self.cashier.members:
            return
        office = connect(self.storage, device, limit_ms=ANSWER_WITHIN_MS)
        member_id = MemberId(self.die.choice(self.cashier.members))
        run = directly_on(self.storage)
        lease_exactly(run, office, device, member_id=member_id, points=LEASE_POINTS)

    def serve_agent(self, *, until: float) -> None:
        """Carry out the agent's pieces, and wait for more until then (monotonic seconds)."""
        while (left := until - time.monotonic()) > 0 or not self._pieces.empty():
            try:
                piece, outcome = self._pieces.get(timeout=max(left, 0.001))
            except queue.Empty:
                return
            try:
                with self.storage.begin() as work:
                    done = piece(work)
            except Exception as error:  # noqa: BLE001 - it belongs to the agent, who asked
                outcome.set_exception(error)
            else:
                outcome.set_result(done)

    def _hand_over(self, piece: Piece, /) -> Any:
        outcome: Future[Any] = Future()
        self._pieces.put((piece, outcome))
        return outcome.result()


def _say_state(state: SyncState) -> None:
    if state.last_error not in (None, "offline", "timeout", "not_ours", "status"):
        say(line=state.last_error)


def main() -> None:
    """Work until so many acts are done, or until killed or stopped."""
    options = _options()
    till = Till(options.home, seed=options.seed, block=options.block)
    signal.signal(signal.SIGTERM, lambda *_: setattr(till, "stopping", True))
    if options.sync:
        till.start_agent()
    say(ready=True)
    done = 0
    while not till.stopping and (options.acts == 0 or done < options.acts):
        till.act()
        done += 1
        if options.sync and done % LEASE_EVERY == 0:
            till.ask_for_points()
        if till.agent is not None and done % SYNC_EVERY == 0:
            till.agent.sync_now()
        till.serve_agent(until=time.monotonic() + options.pace_ms / 1000)
        if done % options.checkpoint == 0:
            till.storage.checkpoint()
    say(closed=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--block", type=int, default=0, help="of phone numbers: one a counter")
    parser.add_argument("--acts", type=int, default=0, help="0: until killed")
    parser.add_argument("--pace-ms", type=int, default=0, help="between two acts")
    parser.add_argument("--checkpoint", type=int, default=50, help="after so many acts")
    parser.add_argument("--sync", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    with home_lock(_options().home):
        main()
