"""Promotions and coupons of other shop systems, translated into programs and stories of ours.

Their promotions stand in one list, so all of them run in the order lane, in list order unless they
carry priorities; a basket that gets goods on top is told with those goods lying in it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.support.programs import DAY, a_document

SHIPPING = "SHIPPING"
GROUP_SIZE = "group_size"


def document_of(fact: dict[str, Any], **overrides: Any) -> dict[str, Any]:
    """Return a program that holds the vector's promotions and earns nothing."""
    rule = fact["rule"]
    promotions = [
        promotion_of(promotion, fact, place)
        for place, promotion in enumerate(rule["promotions"])
        if promotion.get("enabled", True) and not promotion.get("expired")
    ]
    best = "best" in rule.get("order_level", rule.get("stacking", ""))
    lanes = {"order": "best" if best else "all"}
    return a_document(earning=[], promotions=promotions, lanes=lanes) | overrides


def promotion_of(promotion: dict[str, Any], fact: dict[str, Any], place: int) -> dict[str, Any]:
    """Return one promotion of ours; earlier ones of the list have a higher priority."""
    effects = promotion.get("effects") or [bought(promotion)]
    ours: dict[str, Any] = {
        "id": promotion["id"],
        "lane": "order",
        "priority": promotion.get("priority", -place),
        "exclusive": promotion.get("exclusive", False),
    }
    gives = [give for effect in effects for give in effects_of(effect, promotion)]
    ours["give"] = gives[0] if len(gives) == 1 else gives
    if (target := target_of(effects[0], fact["cart"])) != "order":
        ours["target"] = target
    if "code" in promotion:
        ours["code"] = promotion["code"]
    gates, whens = conditions_of(promotion, fact["cart"], target=ours.get("target", "order"))
    if whens:
        ours["when"] = {"all": whens}
    limits = promotion.get("coupon", {}) | promotion
    if "max_usage" in limits:
        ours["limit_total"] = limits["max_usage"]
    if "per_customer" in limits:
        ours["limit_per_member"] = limits["per_customer"]
    return ours | gates


def effects_of(effect: dict[str, Any], promotion: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield our effects for one of theirs."""
    limits = {
        ours: effect[theirs]
        for theirs, ours in (("cap", "max_value"), ("max_units", "max_units"))
        if theirs in effect
    }
    if promotion.get("times", 1) > 1:
        limits["times"] = promotion["times"]
    yield from ({**give, **limits} for give in _EFFECTS[effect["type"]](effect))


def _percent(text: str) -> str:
    return f"{Decimal(text) / 100:f}"


def _percent_off(effect: dict[str, Any]) -> list[dict[str, Any]]:
    target = effect["target"]
    if isinstance(target, dict) and "every_nth_unit" in target:
        nth = {"n": target["every_nth_unit"], "percent_off": _percent(effect["percent"])}
        return [{"nth_item": nth}]
    return [{"percent_off": _percent(effect["percent"])}]


def _amount_off(effect: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"amount_off": effect["amount"], "per": effect.get("per", "order")}]


def bought(promotion: dict[str, Any]) -> dict[str, Any]:
    """Return a free-units effect with what must be bought said in itself, not as a condition."""
    effect = dict(promotion.get("effect", {}))
    if "points_on_coupon" in effect:
        points = Decimal(effect["points_on_coupon"]) / Decimal(effect["points_per_free_unit"])
        effect |= {"buy": 0, "get": int(points)}
        return effect
    for condition in promotion.get("conditions", ()):
        if effect.get("buy") == 0 and condition["type"] == "min_qty" and "skus" in condition:
            effect |= {"buy": condition["qty"], "buy_skus": condition["skus"], "max_grants": 1}
    return effect


def _free_units(effect: dict[str, Any]) -> list[dict[str, Any]]:
    pair = {"buy": effect["buy"], "get": effect["get"]}
    if "max_grants" in effect:
        pair["times"] = effect["max_grants"]
    if "each_of_skus" in effect:
        return [
            pair | {"of": {"sku": [sku]}, "free": {"sku": [sku]}} for sku in effect["each_of_skus"]
        ]
    free = effect.get("skus") or [effect["chosen"]]
    return [pair | {"of": {"sku": effect.get("buy_skus", free)}, "free": {"sku": free}}]


def _bands(effect: dict[str, Any]) -> list[dict[str, Any]]:
    by_quantity = effect["type"].endswith("by_qty")
    reduction = "amount_off" if "amount" in effect["type"] else "percent_off"
    start = "from_quantity" if by_quantity else "from"
    read = str if reduction == "amount_off" else _percent
    bands = [{start: 1 if by_quantity else "0.00", reduction: read(effect["base"])}]
    for tier in effect["tiers"]:
        lower = tier["from_qty"] if by_quantity else tier["from"]
        bands.append({start: lower, reduction: read(tier.get("amount") or tier["percent"])})
    return [{"bands": bands}]


def _groups(effect: dict[str, Any]) -> list[dict[str, Any]]:
    if "percent" in effect:
        group = {"size": effect[GROUP_SIZE], "percent_off": _percent(effect["percent"])}
        return [{"group": group}]
    group = {"size": effect[GROUP_SIZE], "amount_off": effect["amount"]}
    return [{"group": group, "per": "unit"}]


def _flexi(effect: dict[str, Any]) -> list[dict[str, Any]]:
    """So much off every unit, and more off one of them: where the first gets the more."""
    first, further = Decimal(effect["first"]), Decimal(effect["additional"])
    assert first >= further, "an amount off all units but one cannot be written"
    most = {"max_units": effect["max_items"]} if effect["max_items"] else {}
    gives = [{"amount_off": f"{first - further}", "per": "unit", "max_units": 1}]
    if further:
        gives.append({"amount_off": effect["additional"], "per": "unit"} | most)
    return gives


def _shipping(effect: dict[str, Any]) -> list[dict[str, Any]]:
    if effect.get("percent", "100") == "100":
        return [{"delivery": "free"}]
    return [{"percent_off": _percent(effect["percent"])}]


_EFFECTS = {
    "percent_off": _percent_off,
    "amount_off": _amount_off,
    "free_units": _free_units,
    "fixed_unit_price": lambda effect: [{"fixed_price": effect["price"]}],
    "tiered_amount_off": _bands,
    "tiered_percent_off": _bands,
    "tiered_percent_off_by_qty": _bands,
    "amount_off_per_unit_in_groups": _groups,
    "percent_off_in_groups": _groups,
    "flexi": _flexi,
    "shipping_percent_off": _shipping,
    "free_shipping": _shipping,
}


def target_of(effect: dict[str, Any], cart: dict[str, Any]) -> Any:
    """Return our target: a word, or a condition on lines."""
    if effect["type"] == "shipping_percent_off" and effect["percent"] != "100":
        return {"sku": [SHIPPING]}
    target = effect.get("target", "order")
    if isinstance(target, str):
        return target
    leaves: list[dict[str, Any]] = lines_of(target)
    price = {
        ours: target[theirs]
        for theirs, ours in (("price_min", "min"), ("price_max", "max"))
        if theirs in target
    }
    if price:
        leaves.append({"price": price})
    if not leaves:
        return "order"
    return leaves[0] if len(leaves) == 1 else {"all": leaves}


def lines_of(which: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the leaves that choose lines by sku and category."""
    names = (("skus", "sku"), ("categories", "category"))
    return [{ours: which[theirs]} for theirs, ours in names if which.get(theirs)]


def conditions_of(
    promotion: dict[str, Any], cart: dict[str, Any], *, target: Any
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the gates over the target, and the conditions of `when`."""
    gates: dict[str, Any] = {}
    whens: list[dict[str, Any]] = []
    for condition in promotion.get("conditions", ()):
        lines = lines_of(condition)
        if condition["type"] == "contains":
            whens += lines
        elif condition["type"] == "customer_group":
            whens.append({"tag": [condition["group"]]})
        elif condition["type"] == "nth_order":
            whens.append({"visit_number": {"min": condition["n"], "max": condition["n"]}})
        elif condition["type"] == "min_amount" and not lines:
            whens.append({"spend": {"min": condition["amount"]}})
        elif condition["type"] == "min_amount":
            gates |= {"target": lines[0], "spend": {"min": condition["amount"]}}
        elif not lines:
            gates["quantity"] = {"min": condition["qty"]}
        else:
            whens += [*lines, {"quantity": {"min": condition["qty"]}}]
    whens += dates_of(promotion | promotion.get("coupon", {}))
    return gates, whens


def dates_of(limits: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the condition on days that `valid_from` and `valid_to` write."""
    names = (("valid_from", "from"), ("valid_to", "to"))
    days = {ours: day_of(limits[theirs]) for theirs, ours in names if theirs in limits}
    return [{"date": days}] if days else []


def day_of(text: str) -> str:
    """Return an ISO day; `+1 day` counts from the day of the story."""
    if text[0] in "+-":
        return (DAY + timedelta(days=int(text.split(maxsplit=1)[0]))).isoformat()
    return date.fromisoformat(text).isoformat()


def sale_of(fact: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return the vector's basket as a sale of a scenario, the goods on top lying in it."""
    cart = fact["cart"]
    lines = [
        {
            "sku": line["sku"],
            "category": line.get("category", ""),
            "quantity": line["qty"],
            "unit_price": line["unit_price"],
        }
        for line in [*cart["lines"], *_on_top(fact)]
    ]
    if "shipping" in cart:
        lines.append({"sku": SHIPPING, "kind": "delivery", "unit_price": cart["shipping"]})
    return {"lines": lines, "codes": codes_of(fact)} | more


def codes_of(fact: dict[str, Any]) -> list[str]:
    """Return the codes typed: those of the cart, else of all promotions that give something."""
    if "codes" in fact["cart"]:
        return list(fact["cart"]["codes"])
    return [promotion["code"] for promotion in fact["rule"]["promotions"] if "code" in promotion]


def _on_top(fact: dict[str, Any]) -> list[dict[str, Any]]:
    extra: list[dict[str, Any]] = []
    prices = {line["sku"]: line["unit_price"] for line in fact["cart"]["lines"]}
    for promotion in fact["rule"]["promotions"]:
        effect = bought(promotion)
        if effect.get("counting") != "extra":
            continue
        skus = effect.get("buy_skus", effect.get("skus"))
        paid = sum(line["qty"] for line in fact["cart"]["lines"] if line["sku"] in skus)
        sku = effect.get("chosen") or effect["skus"][0]
        groups = paid // effect["buy"] if effect["buy"] else 1
        if count := min(groups, effect.get("max_grants", groups)) * effect["get"]:
            extra.append({"sku": sku, "qty": count, "unit_price": prices.get(sku, "1.00")})
    return extra
