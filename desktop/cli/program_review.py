"""`guitai program review ...`: what the authority writes at the end of a day or a period."""

from typing import Annotated

import typer

from db.domain.ids import text_of
from db.services.expiry import ExpiriesWritten, WriteExpiries, write_expiries
from db.services.tier_review import ReviewTiers, TierChange, TiersReviewed, review_tiers
from desktop.cli.answers import Document, answer
from desktop.cli.home import Home, open_home
from desktop.cli.pages.gifts import expiry_page, tiers_page
from desktop.cli.reading import one_of


def review(ctx: typer.Context, what: Annotated[str, typer.Argument()]) -> None:
    """Write points that ended and debts (expiry), or judge levels (tiers)."""
    one_of("WHAT", what, ("expiry", "tiers"))
    with open_home(ctx.obj) as home:
        if what == "expiry":
            runs = _expiry(home)
            written = {
                "members": sum(run.members for run in runs),
                "expired": sum(run.expired for run in runs),
                "repaid": sum(run.repaid for run in runs),
                "forgiven": sum(run.forgiven for run in runs),
            }
            answer(ctx.obj, written, expiry_page)
            return
        reviewed = _tiers(home)
        document: Document = {
            "members": sum(run.judged for run in reviewed),
            "changes": [_change(change) for run in reviewed for change in run.changes],
        }
        answer(ctx.obj, document, tiers_page, names=home.names)


def _change(change: TierChange) -> Document:
    return {
        "member_id": text_of(change.member_id),
        "number": change.number,
        "level_before": change.before or None,
        "level_after": change.after or None,
    }


def _expiry(home: Home) -> list[ExpiriesWritten]:
    """Go through all members, a transaction at a time, so that a counter sells meanwhile."""
    by, after = home.actor(), b""
    runs: list[ExpiriesWritten] = []
    while not runs or runs[-1].after is not None:
        with home.storage.begin() as work:
            runs.append(write_expiries(work, WriteExpiries(by=by, after=after)))
        after = runs[-1].after or b""
    return runs


def _tiers(home: Home) -> list[TiersReviewed]:
    by, after = home.actor(), b""
    runs: list[TiersReviewed] = []
    while not runs or runs[-1].after is not None:
        with home.storage.begin() as work:
            runs.append(review_tiers(work, ReviewTiers(by=by, after=after)))
        after = runs[-1].after or b""
    return runs
