"""A process that runs commands one after another: `python -m tests.support.teller`.

A command's work takes milliseconds and its start half a second. Stories of thirty commands are
told by this one process, which runs the same `desktop.cli.app.run` as the `guitai` command does.
"""

import atexit
import json
import os
import subprocess
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

from tests.support.processes import ROOT, Answer, environment


def told(home: Path, *words: str) -> Answer:
    """Have a command run on a home; as `tests.support.processes.guitai`, only sooner."""
    asked = json.dumps(["--home", str(home), "--json", *words])
    teller = _teller()
    assert teller.stdin is not None
    assert teller.stdout is not None
    teller.stdin.write(asked + "\n")
    teller.stdin.flush()
    reply = teller.stdout.readline()
    assert reply, "the teller died"
    code, said, beside = json.loads(reply)
    return Answer(code, json.loads(said) if said.strip() else {}, beside)


@cache
def _teller() -> subprocess.Popen[str]:
    teller = subprocess.Popen(
        [sys.executable, "-m", "tests.support.teller"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    atexit.register(_dismiss, teller)
    return teller


def _dismiss(teller: subprocess.Popen[str]) -> None:
    teller.kill()
    teller.communicate()


def main() -> None:
    """Run what is asked, a line at a time."""
    from desktop.cli.app import run

    for line in sys.stdin:
        said, beside = TextIOWrapper(BytesIO(), encoding="utf-8"), StringIO()
        with redirect_stdout(said), redirect_stderr(beside):
            try:
                code = run(json.loads(line), os.environ)
            except Exception:  # noqa: BLE001 - a bug is an answer too: exit code 1
                traceback.print_exc()
                code = 1
        said.flush()
        sys.stdout.write(json.dumps([code, _text_in(said), beside.getvalue()]) + "\n")
        sys.stdout.flush()


def _text_in(said: TextIOWrapper) -> str:
    said.seek(0)
    return said.read()


if __name__ == "__main__":
    main()
