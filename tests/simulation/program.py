"""The program of a universe: points that expire, tiers, events, gifts, coupons, stored value."""

import json

from tests.support.coupon_makers import COUPONS
from tests.support.programs import SPEND, a_document
from tests.support.reward_makers import GIFTS, TIERS, on
from tests.support.value_makers import VALUE


def the_program(timezone: str, *, version: int = 1, effective_on: str = "2026-01-01") -> bytes:
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
        },
    )
    return json.dumps(document).encode()
