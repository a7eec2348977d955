"""A bar on stderr for what takes longer than a second; nothing where nobody looks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from desktop.cli.invocation import Invocation

Tell = Callable[[int, int], None]
"""Says how many are done, of how many."""


@contextmanager
def progress(call: Invocation, zh: str, en: str) -> Iterator[Tell]:
    """Show a bar while the block lasts; what it hands out moves it."""
    console = Console(stderr=True)
    with Progress(
        TextColumn(zh if call.language == "zh" else en),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task("", total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield tell
