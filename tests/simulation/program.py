"""The program of a universe: points that expire, tiers, events, gifts, coupons, stored value."""

import json

from tests.support.coupon_makers import COUPONS
from tests.support.programs import SPEND, a_document
from tests.support.reward_makers import GIFTS, TIERS, on
from tests.support.value_makers import VALUE

FLOOR_PER_COUNTER = 600
RISKS: dict[str, dict[str, object]] = {
    "": {},
    "fresh": {"spend_fresh": True},
    "forced": {"forced_reclaim_days": 1},
    "floor": {"floor": {"per_visit": 300, "per_counter": FLOOR_PER_COUNTER, "hours": 72}},
}
"""What a shop may accept beyond its leases; of the first two nothing may ever be overspent."""


def the_program(
    timezone: str, *, risk: str = "", version: int = 1, effective_on: str = "2026-01-01"
) -> bytes:
    """Return the document; later versions give one point more for a survey each time."""
    document = a_document(
        timezone=timezone,
        version=version,
        effective_on=effective_on,
        earning=[SPEND, on("signup", {"points": 40}), on("survey", {"points": 19 + version})],
        points={"expiry": {"kind": "days", "after": 12}},
        redemption=GIFTS,
        tiers=TIERS,
        coupons=COUPONS,
        stored_value=VALUE,
        offline={
            "lease": {"share": "0.4", "all_counters_share": "0.8", "hours": 48},
            "stored_value": {"share": "0.3", "amount_max": "100.00", "hours": 24},
            **RISKS[risk],
        },
    )
    return json.dumps(document).encode()
