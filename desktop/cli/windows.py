"""`guitai counter | gallery | demo`: the commands that need Qt, imported when they are said."""

from pathlib import Path
from typing import Annotated

import typer

from desktop.cli.home import home_path
from desktop.cli.parts import part


def counter(ctx: typer.Context) -> None:
    """Open the counter's window."""
    raise typer.Exit(part("desktop.app", "run_counter")(home_path(ctx.obj)))


def gallery() -> None:
    """Every component in every state."""
    raise typer.Exit(part("desktop.widgets.gallery_window", "run_gallery")())


def demo(
    out: Annotated[Path | None, typer.Option()] = None,
    keep: Annotated[bool, typer.Option()] = False,
    days: Annotated[int, typer.Option(min=5, max=365)] = 60,
) -> None:
    """Head office and a counter on sample data."""
    raise typer.Exit(part("desktop.cli.demo", "run_demo")(out=out, keep=keep, days=days))
