"""What figures are asked about: who may ask, which days, which branch, which stages of life."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from db.domain.analytics.lifecycle import LifecycleDays
from db.domain.ids import BranchId
from db.domain.staff import Permission, require
from desktop.cli.home import Home, open_home
from desktop.cli.invalid import InvalidInput
from desktop.cli.invocation import Invocation
from desktop.cli.reading import day_of


@contextmanager
def open_figures(call: Invocation) -> Iterator[Home]:
    """Open the home for somebody who may see reports; a sandbox lets everybody."""
    with open_home(call) as home:
        if not home.identity.sandbox:
            require(home.actor(), Permission.REPORTS)
        yield home


def today_of(home: Home) -> date:
    """Return the business day of the home's clock."""
    return home.identity.calendar.day_of(home.storage.clock.wall_ms())


def last_day(home: Home, text: str | None) -> date:
    """Return the day that ends a window: the one written, else today."""
    return today_of(home) if text is None else day_of(text)


def first_day(text: str | None, *, last: date) -> date | None:
    """Return the day that begins a window, if one is written; it must not lie behind the last."""
    first = None if text is None else day_of(text)
    if first is not None and first > last:
        raise InvalidInput("days_reversed")
    return first


def branch_asked(home: Home, name: str | None) -> BranchId | None:
    """Return the branch that a name names; nothing for all of them."""
    if name is None:
        return None
    with home.storage.begin() as work:
        branch_id = work.branches.branch_named(name)
    if branch_id is None:
        raise InvalidInput("no_such_branch", name=name)
    return branch_id


def stages_asked(text: str | None) -> LifecycleDays:
    """Return the days between stages of life that `NEW,ACTIVE,LOST` writes, else the usual ones."""
    if text is None:
        return LifecycleDays()
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != len(("new", "active", "lost")) or not all(
        part.isascii() and part.isdigit() for part in parts
    ):
        raise InvalidInput("not_stages", text=text)
    new, active, lost = (int(part) for part in parts)
    if not (new > 0 and 0 < active < lost):
        raise InvalidInput("not_stages", text=text)
    return LifecycleDays(new, active, lost)
