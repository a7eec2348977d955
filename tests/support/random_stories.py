"""Stories out of a seed: what one member does over some weeks, some of it against the rules."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from tests.support.random_programs import CATEGORIES, SKUS

STARTS = (
    "2027-12-28T10:00",  # into a leap year
    "2028-01-31T03:59",  # 31 January, a minute before the cut
    "2028-02-28T23:30",
    "2028-03-11T23:00",  # New York's clocks go forward at night
    "2028-11-04T23:00",  # and back
    "2028-06-01T12:00",
)
Step = dict[str, Any]


def random_story(rng: Random, document: dict[str, Any]) -> dict[str, Any]:
    """Return a scenario of four to twelve steps; the last is a quiet one."""
    zone = ZoneInfo(document.get("timezone", "Asia/Shanghai"))
    at = datetime.fromisoformat(rng.choice(STARTS)).replace(tzinfo=zone)
    teller = _Teller(rng, document)
    steps = []
    for _ in range(rng.randint(4, 12)):
        at += timedelta(
            minutes=rng.choice((0, 1, 90, 1_440, 1_440, 3_000)), days=rng.choice((0, 0, 0, 9, 31))
        )
        steps.append({"at": at.isoformat(), **teller.step()})
    steps.append({"at": at.isoformat(), **QUIET})
    return {"member": _member(rng, at - timedelta(days=400)), "steps": steps}


QUIET: Step = {"adjust": {"points": 0}}
"""A step that does nothing but show how things stand."""


def _member(rng: Random, joined: datetime) -> dict[str, Any] | None:
    if rng.random() < 0.04:
        return None
    return {
        "joined_on": joined.date().isoformat(),
        "birthday": rng.choice(("", "02-29", "1990-02-29", "01-01", "11-05")),
        "balance": rng.choice((0, 50, 333, 2_000)),
    }


class _Teller:
    """Tells one step after another, knowing which sales there were."""

    def __init__(self, rng: Random, document: dict[str, Any]) -> None:
        self.rng = rng
        self.document = document
        self.sales: list[tuple[str, int]] = []

    def step(self) -> Step:
        """Return the next step, without its time."""
        kinds = ("sale",) * 8 + ("return",) * 5 + ("void", "redeem", "adjust", "event", "review")
        kind = self.rng.choice((*kinds, "top_up", "top_up"))
        step: Step = getattr(self, f"_{kind}")()
        return step

    def _sale(self) -> Step:
        rng = self.rng
        sale_id = f"S{len(self.sales) + 1}"
        sale: dict[str, Any] = {"id": sale_id, "redeem_points": self._points()}
        if rng.random() < 0.3:
            sale["amount"] = money(rng.randint(0, 20_000))
            lines = 0
        else:
            lines = rng.randint(1, 4)
            sale["lines"] = [self._line() for _ in range(lines)]
            sale["order_discount"] = money(rng.choice((0, 0, 0, 33, 250)))
        if rng.random() < (0.15 if "stored_value" in self.document else 0.01):
            sale["tenders"] = {"stored_value": money(rng.randint(1, 3_000))}
        if "coupons" in self.document and rng.random() < 0.15:
            sale["coupons"] = [rng.choice(self.document["coupons"])["code"]]
        self.sales.append((sale_id, lines))
        return {"sale": sale}

    def _line(self) -> dict[str, Any]:
        rng = self.rng
        price, quantity = rng.randint(0, 4_000), rng.randint(1, 5)
        return {
            "sku": rng.choice(SKUS),
            "category": rng.choice(CATEGORIES),
            "quantity": quantity,
            "unit_price": money(price),
            "discount": money(rng.choice((0, 0, min(7, price * quantity)))),
            "kind": rng.choice(("goods",) * 9 + ("delivery",)),
        }

    def _return(self) -> Step:
        sale_id, lines = self._some_sale()
        asked: dict[str, Any] = {"sale": sale_id}
        if self.rng.random() < 0.7:
            if lines:
                wanted = {"line": self.rng.randint(1, lines), "quantity": self.rng.randint(1, 2)}
                asked["lines"] = [wanted]
            else:
                asked["amount"] = money(self.rng.randint(1, 5_000))
        return {"return": asked}

    def _void(self) -> Step:
        return {"void": {"sale": self._some_sale()[0]}}

    def _redeem(self) -> Step:
        if self.rng.random() < 0.2:
            return {"redeem": {"points": 60, "for": "gift:CUP"}}
        return {"redeem": {"points": self._points() or 100}}

    def _adjust(self) -> Step:
        return {"adjust": {"points": self.rng.randint(-60, 120)}}

    def _event(self) -> Step:
        events = ("signup", "profile_completed", "birthday", "survey", "referred_friend")
        return {"event": self.rng.choice(events)}

    def _top_up(self) -> Step:
        return {"top_up": {"pay": money(self.rng.choice((1_000, 5_000, 20_000)))}}

    def _review(self) -> Step:
        return {"review": self.rng.choice(("expiry", "tiers"))}

    def _points(self) -> int:
        """Return a wish for points: mostly none, mostly whole steps, sometimes too many."""
        rng, money_rule = self.rng, self.document.get("redemption", {}).get("money")
        if money_rule is None or rng.random() < 0.55:
            return 0
        step: int = money_rule["points_per_step"]
        wish = rng.choice((step, 2 * step, 6 * step, rng.randint(1, 50) * step))
        return wish + (rng.random() < 0.05)

    def _some_sale(self) -> tuple[str, int]:
        return self.rng.choice(self.sales) if self.sales else ("S0", 0)


def money(minor: int) -> str:
    """Return 分 as a decimal string."""
    return f"{minor // 100}.{minor % 100:02d}"


def cut_up(rng: Random, sale: dict[str, Any], *, due: int) -> list[Step]:
    """Return the returns that bring all of a sale back, cut anyhow, in any order.

    `due` is what its tenders paid, in 分: a bare amount comes back in parts of that.
    """
    if "amount" in sale:
        left, parts = due, []
        while left > 1 and rng.random() < 0.7:
            part = rng.randint(1, left - 1)
            parts.append({"return": {"sale": sale["id"], "amount": money(part)}})
            left -= part
        return [*parts, {"return": {"sale": sale["id"]}}]
    units = [
        line for line, row in enumerate(sale["lines"], start=1) for _ in range(row["quantity"])
    ]
    rng.shuffle(units)
    kept = rng.randint(0, len(units))
    steps: list[Step] = [
        {"return": {"sale": sale["id"], "lines": [{"line": line}]}} for line in units[:kept]
    ]
    if kept < len(units):
        steps.append({rng.choice(("return", "void")): {"sale": sale["id"]}})
    return steps
