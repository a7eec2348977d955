"""`guitai office risk`: what counters that are cut off may cost, and what they hold."""

import typer

from db.domain.clock import iso_of
from db.domain.money import amount_text
from desktop.cli.answers import Document, answer
from desktop.cli.office_home import open_office_home
from desktop.cli.pages.risk import risk_page
from sync.server.risk import CounterRisk, office_risk


def risk_(ctx: typer.Context) -> None:
    """How many points can be overspent that head office has not heard of, at most."""
    with open_office_home(ctx.obj) as office:
        found = office_risk(office.storage)
    counters = found.counters
    answer(
        ctx.obj,
        {
            "at": iso_of(found.at_ms, ctx.obj.timezone),
            "points_at_risk": found.points,
            "value_at_risk": amount_text(found.value),
            "by_floor": sum(each.floor for each in counters),
            "by_force": sum(each.forced for each in counters),
            "by_clones": sum(each.cloned for each in counters),
            "lent": {
                "points": sum(each.lent for each in counters),
                "coupons": sum(each.lent_coupons for each in counters),
                "gifts": sum(each.lent_gifts for each in counters),
                "value": amount_text(sum(each.lent_value for each in counters)),
            },
            "risks": [_counter(each, ctx.obj.timezone) for each in counters],
        },
        risk_page,
    )


def _counter(each: CounterRisk, timezone: str) -> Document:
    return {
        "counter": each.counter,
        "branch": each.branch,
        "state": each.state,
        "last_seen_at": iso_of(each.last_seen_at, timezone),
        "points_at_risk": each.points,
        "lent": {
            "points": each.lent,
            "coupons": each.lent_coupons,
            "gifts": each.lent_gifts,
            "value": amount_text(each.lent_value),
        },
    }
