"""A bar on stderr for what takes longer than a second; nothing where nobody looks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from desktop.cli.invocation import Invocation


@contextmanager
def progress(call: Invocation, total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar while the block lasts; call what it hands out with how many are done."""
    console = Console(stderr=True)
    with Progress(
        TextColumn("导入" if call.language == "zh" else "Importing"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task("", total=total)

        def step(count: int) -> None:
            bar.advance(task, count)

        yield step
