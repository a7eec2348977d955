"""Where a migration can be killed: each moment has a function that is called when it comes."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from db.storage import migrate

Kill = Callable[[], None]


def _after(module: Any, name: str) -> Callable[[Kill], None]:
    """Return what lets a kill come when a function has done its work."""

    def arm(kill: Kill) -> None:
        real = getattr(module, name)

        def dying(*arguments: Any, **options: Any) -> None:
            real(*arguments, **options)
            kill()

        setattr(module, name, dying)

    return arm


MOMENTS: dict[str, Callable[[Kill], None]] = {
    "copied": _after(migrate, "copy_database"),
    "applied": _after(migrate, "_apply"),
    "checked": _after(migrate, "check_file"),
    "kept": _after(os, "link"),
    "switched": _after(Path, "replace"),
}
