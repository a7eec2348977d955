"""`guitai backup | restore | verify | doctor`: keeping a home whole, and saying how it is."""

from typing import Annotated

import typer

from db.services.verify import verify_home
from desktop.cli.answers import TROUBLE, answer, plain
from desktop.cli.home import open_home
from desktop.cli.progress import progress


def verify(ctx: typer.Context) -> None:
    """核对 Prove that the file is whole and every balance follows from its operations."""
    with open_home(ctx.obj) as home, progress(ctx.obj, "核对", "Checking") as tell_done:
        proof = verify_home(home.storage, progress=tell_done)
    document = {
        "ok": proof.ok,
        "operations": proof.operations,
        "transfers": proof.transfers,
        "streams": [
            {"stream": stream, "operations": operations} for stream, operations in proof.streams
        ],
        "problem_count": proof.problem_count,
        "problems": plain(proof.problems),
    }
    answer(ctx.obj, document)
    if not proof.ok:
        raise typer.Exit(TROUBLE)
