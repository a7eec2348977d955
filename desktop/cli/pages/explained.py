"""Why a sale earned what it did, in sentences: each rule, its base and rate, what came of it."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from db.domain.exact import rate_text
from desktop.cli.pages.tongue import Tongue, money, points

Step = dict[str, Any]


def explained(say: Tongue, steps: list[Step]) -> Iterator[str]:
    """Yield the sentences of an explanation, in the order of the computation."""
    many = sum(step["step"] == "line" for step in steps) > 1
    sentences = {
        "discount": _discount,
        "redemption": _redemption,
        "stored_value": _stored_value,
        "rule": _rule,
        "multiplier": _multiplier,
        "rounding": _rounding,
        "cap": _cap,
        "line": _line,
    }
    for step in steps:
        is_idle = step["step"] == "line" and not many and not step.get("why")
        if step["step"] in sentences and not is_idle:
            yield sentences[step["step"]](say, step)


def _redemption(say: Tongue, step: Step) -> str:
    worth = money(step["value"])
    return say(f"用 {step['points']:,} 分，抵 {worth}", f"{step['points']:,} points pay {worth}")


def _stored_value(say: Tongue, step: Step) -> str:
    parts = [
        say(f"{name[0]} {money(step[purse])}", f"{money(step[purse])} of {name[1]}")
        for purse, name in (("principal", ("本金", "principal")), ("bonus", ("赠金", "bonus")))
        if step[purse] != "0.00"
    ]
    earns = {
        "principal": say("；赠金不积分", "; bonus earns nothing"),
        "none": say("；储值不积分", "; stored value earns nothing"),
    }
    said = earns.get(step["earns"], "")
    if step["earns"] == "principal" and step["bonus"] == "0.00":
        said = ""
    return say("储值付 ", "Stored value pays ") + say.listed(parts) + said


def _discount(say: Tongue, step: Step) -> str:
    value = money(step["value"])
    if step["source"].startswith("tier:"):
        off = f" {percent(step['share'])}" if "share" in step else ""
        return say(
            f"{say.named(step['source'])}优惠{off}：减 {value}",
            f"{say.named(step['source'])} discount{off}: {value} off",
        )
    return say(f"整单优惠：减 {value}", f"Order discount: {value} off")


def _rule(say: Tongue, step: Step) -> str:
    name = say.named(f"rule:{step['rule']}")
    if not step["gives"]:
        return f"{name}{say('：', ': ')}{say.word('silence', step.get('why', ''))}"
    gives = say("；", "; ").join(_gives(say, given) for given in step["gives"])
    return f"{name}{say('：', ': ')}{gives}"


def _gives(say: Tongue, given: Step) -> str:
    exact = given.get("exact", "")
    match given["award"]:
        case "per_amount":
            base, per, rate = money(given["base"]), money(given["per_amount"]), given["points"]
            return say(
                f"{base}，每 {per} 得 {rate} 分，共 {exact} 分",
                f"{base} at {rate} per {per} gives {exact}",
            )
        case "bands":
            base = money(given["base"])
            if given["mode"] == "marginal":
                return say(f"{base} 分段计，共 {exact} 分", f"{base} in bands gives {exact}")
            return say(f"{base} 按所在档计，共 {exact} 分", f"{base} at its band gives {exact}")
        case "per_item":
            units, per, rate = given["units"], given["per_item"], given["points"]
            return say(
                f"{units} 件，每 {per} 件得 {rate} 分，共 {exact} 分",
                f"{units} items at {rate} per {per} give {exact}",
            )
        case "multiply":
            return say(f"积分 ×{given['factor']}", f"points ×{given['factor']}")
        case _:
            return say(f"得 {given['points']:,} 分", f"gives {given['points']:,}")


def _multiplier(say: Tongue, step: Step) -> str:
    parts = say.listed([f"{say.named(part['source'])} ×{part['value']}" for part in step["parts"]])
    if len(step["parts"]) == 1:
        return say(f"倍数：{parts}", f"Multiplier: {parts}")
    how = say.word("combine", step["combine"])
    return say(f"倍数：{parts}，{how}", f"Multipliers: {parts}; {how}")


def _rounding(say: Tongue, step: Step) -> str:
    given = points(step["points"])
    if step["remainder"] == "0":
        return say(f"合计 {given} 分", f"In all {given} points")
    how = say.word("rounding", step["rounding"])
    return say(
        f"合计 {step['exact']} 分，{how}，得 {given} 分",
        f"In all {step['exact']}, {how}: {given} points",
    )


def _cap(say: Tongue, step: Step) -> str:
    cap, limit = say.word("cap", step["cap"]), points(step["limit"])
    before, after = points(step["before"]), points(step["after"])
    return say(
        f"{cap} {limit} 分：{before} 减为 {after} 分",
        f"{cap[:1].upper()}{cap[1:]} is {limit}: {before} becomes {after}",
    )


def _line(say: Tongue, step: Step) -> str:
    line, base = step["line"], money(step["base"])
    if step.get("why"):
        why = say("运费不积分", "delivery earns nothing")
        if step["why"] == "excluded":
            why = say("此商品不积分", "this line earns nothing")
        return say(f"第 {line} 行：{why}", f"Line {line}: {why}")
    times = "" if step["multiplier"] == "1" else f" ×{step['multiplier']}"
    return say(
        f"第 {line} 行：{base}{times}，{points(step['earned'])} 分",
        f"Line {line}: {base}{times}, {points(step['earned'])} points",
    )


def percent(share: str, decimals: int = 1) -> str:
    """Return a share as people read it: `0.1` and `1/10` are 10%."""
    return f"{rate_text(round(Fraction(share) * 100, decimals))}%"
