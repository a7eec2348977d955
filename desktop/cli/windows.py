"""`guitai counter | gallery | demo`: the commands that need Qt, imported when they are said."""

from pathlib import Path
from typing import Annotated

import typer

from desktop.cli.home import home_path
from desktop.cli.parts import part


def counter(ctx: typer.Context) -> None:
    """Open the counter's window."""
    raise typer.Exit(part("desktop.app", "run_counter")(home_path(ctx.obj)))


def gallery(
    out: Annotated[Path | None, typer.Option()] = None,
    sheets: Annotated[bool, typer.Option()] = False,
) -> None:
    """Every component and every screen in every state."""
    raise typer.Exit(part("desktop.gallery.album", "run_gallery")(out, sheets_only=sheets))


def demo(
    out: Annotated[Path | None, typer.Option()] = None,
    keep: Annotated[bool, typer.Option()] = False,
    days: Annotated[int, typer.Option(min=5, max=365)] = 60,
) -> None:
    """Head office and a counter on sample data."""
    raise typer.Exit(part("desktop.cli.demo", "run_demo")(out=out, keep=keep, days=days))
