"""A counter process under load: `python -m tests.support.load_driver HOME --seed N`.

It writes a line when it tries an act and another one after the act's commit. Whoever kills it then
knows what must be in the file, what may be there (the act that was under way), and that nothing
else is. With `--sync` it exchanges with head office meanwhile, the way the window does: one thread
for the line, short pieces of storage work handed to the one writer.
"""

import argparse
import json
import os
import random
import sys
from pathlib import Path
from typing import Any

from db.domain.ids import OperationId, text_of
from db.domain.refusals import Refusal
from db.storage.home import database_path
from db.storage.keys import database_key
from db.storage.system import system_chance
from db.storage.unit_of_work import Storage
from tests.support.load_acts import Cashier


def say(**facts: Any) -> None:
    """Write one line at once, in one piece: what was said survives the death of this process."""
    os.write(sys.stdout.fileno(), (json.dumps(facts) + "\n").encode())


def open_home(home: Path) -> Storage:
    """Open a home whose key lies inside it."""
    key = database_key(home, os_store=False, chance=system_chance, create=False)
    return Storage(database_path(home), key)


def cashier_of(storage: Storage, *, seed: int, block: int) -> Cashier:
    """Return a cashier who knows the members of the book."""
    with storage.reading() as reader:
        members = reader.all("SELECT member_id FROM member WHERE state = 'active' ORDER BY 1")
    return Cashier(random.Random(seed), block, members=[row[0] for row in members])


def one_act(storage: Storage, cashier: Cashier) -> None:
    """Try one act in one transaction, and say how it ended."""
    with storage.begin() as work:
        op = OperationId(work.new_id())
    say(tried=text_of(op))
    try:
        with storage.begin() as work:
            kind = cashier.act(work, op)
    except Refusal as refusal:
        say(refused=text_of(op), code=refusal.code)
        return
    say(done=text_of(op), kind=kind)


def main() -> None:
    """Work until so many acts are done, or until killed."""
    options = _options()
    storage = open_home(options.home)
    cashier = cashier_of(storage, seed=options.seed, block=options.block)
    say(ready=True)
    done = 0
    while options.acts == 0 or done < options.acts:
        one_act(storage, cashier)
        done += 1
        if options.checkpoint and done % options.checkpoint == 0:
            storage.checkpoint()
    storage.close()
    say(closed=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--block", type=int, default=0)
    parser.add_argument("--acts", type=int, default=0, help="0: until killed")
    parser.add_argument("--checkpoint", type=int, default=0, help="after so many acts; 0: never")
    return parser.parse_args()


if __name__ == "__main__":
    main()
