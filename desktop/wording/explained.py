"""Why a sale earned what it did, in sentences: the same ones on screen, on paper and in commands.

The steps are the engine's own (`db.domain.explanation`), in the order of the computation; nothing
is computed here. A step without a sentence says nothing: it would say a code.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from desktop.wording.explained_offers import coupon_award_said, offer_said
from desktop.wording.lists import CAPS, COMBINATIONS, ROUNDINGS, SILENCES, word_of
from desktop.wording.speech import Voice, exact_said, money_said, points_said, share_said

Step = Mapping[str, Any]


def explained(say: Voice, steps: Sequence[Step]) -> Iterator[str]:
    """Yield the sentences of an explanation, in the order of the computation."""
    return (sentence for _, sentence in _said(say, steps))


def counted(say: Voice, steps: Sequence[Step]) -> list[str]:
    """Return the sentences of what counted, in the order of the computation."""
    return [sentence for step, sentence in _said(say, steps) if "why" not in step]


def withheld(say: Voice, steps: Sequence[Step]) -> list[str]:
    """Return the sentences of what gave nothing, and why."""
    return [sentence for step, sentence in _said(say, steps) if "why" in step]


def receipt_explanation_lines(say: Voice, steps: Sequence[Step]) -> list[str]:
    """Return what a receipt says on request: the program's version, and what counted."""
    marks = [f"{step['program']}@{step['version']}" for step in steps if step["step"] == "program"]
    return [say(f"方案 {mark}", f"Program {mark}") for mark in marks] + counted(say, steps)


def _said(say: Voice, steps: Sequence[Step]) -> Iterator[tuple[Step, str]]:
    """Yield each step that says something; a single line says nothing that its sum does not."""
    many = sum(step["step"] == "line" for step in steps) > 1
    for step in steps:
        is_idle = step["step"] == "line" and not many and not step.get("why")
        if step["step"] in _SENTENCES and not is_idle:
            yield step, _SENTENCES[step["step"]](say, step)


def _redemption(say: Voice, step: Step) -> str:
    worth, points = money_said(step["value"]), points_said(step["points"])
    return say(f"用 {points} 分，抵 {worth}", f"{points} points pay {worth}")


def _stored_value(say: Voice, step: Step) -> str:
    parts = [
        say(f"{name[0]} {money_said(step[purse])}", f"{money_said(step[purse])} of {name[1]}")
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


def _top_up(say: Voice, step: Step) -> str:
    pay, bonus, last = money_said(step["pay"]), money_said(step["bonus"]), step["bonus_expires_on"]
    if step["bonus"] == "0.00":
        return say(f"充值 {pay}", f"{pay} paid in")
    if last is None:
        return say(f"充值 {pay}，送 {bonus}", f"{pay} paid in, {bonus} on top")
    return say(
        f"充值 {pay}，送 {bonus}，{last} 到期", f"{pay} paid in, {bonus} on top until {last}"
    )


def _discount(say: Voice, step: Step) -> str:
    value = money_said(step["value"])
    if step["source"].startswith("tier:"):
        off = f" {share_said(step['share'])}" if "share" in step else ""
        return say(
            f"{say.named(step['source'])}优惠{off}：减 {value}",
            f"{say.named(step['source'])} discount{off}: {value} off",
        )
    return say(f"整单优惠：减 {value}", f"Order discount: {value} off")


def _rule(say: Voice, step: Step) -> str:
    name = say.named(f"rule:{step['rule']}")
    if not step["gives"]:
        return f"{name}{say('：', ': ')}{word_of(say, SILENCES, step.get('why', ''))}"
    gives = say("；", "; ").join(_gives(say, given) for given in step["gives"])
    return f"{name}{say('：', ': ')}{gives}"


def _gives(say: Voice, given: Step) -> str:
    exact = exact_said(given.get("exact", ""))
    match given["award"]:
        case "per_amount":
            base, per = money_said(given["base"]), money_said(given["per_amount"])
            rate = exact_said(str(given["points"]))
            return say(
                f"{base}，每 {per} 得 {rate} 分，共 {exact} 分",
                f"{base} at {rate} per {per} gives {exact}",
            )
        case "bands":
            base = money_said(given["base"])
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
        case "coupon":
            coupon = say.named(f"coupon:{given['coupon']}")
            return say(f"送券 {coupon}", f"a coupon: {coupon}")
        case "tag":
            return say(f"加标签 {given['tag']}", f"the tag {given['tag']}")
        case _:
            points = points_said(given["points"])
            return say(f"得 {points} 分", f"gives {points}")


def _multiplier(say: Voice, step: Step) -> str:
    parts = say.listed([f"{say.named(part['source'])} ×{part['value']}" for part in step["parts"]])
    if len(step["parts"]) == 1:
        return say(f"倍数：{parts}", f"Multiplier: {parts}")
    how = word_of(say, COMBINATIONS, step["combine"])
    return say(f"倍数：{parts}，{how}", f"Multipliers: {parts}; {how}")


def _rounding(say: Voice, step: Step) -> str:
    given = points_said(step["points"])
    if step["remainder"] == "0":
        return say(f"合计 {given} 分", f"In all {given} points")
    how, exact = word_of(say, ROUNDINGS, step["rounding"]), exact_said(step["exact"])
    return say(
        f"合计 {exact} 分，{how}，得 {given} 分",
        f"In all {exact}, {how}: {given} points",
    )


def _cap(say: Voice, step: Step) -> str:
    cap, limit = word_of(say, CAPS, step["cap"]), points_said(step["limit"])
    before, after = points_said(step["before"]), points_said(step["after"])
    return say(
        f"{cap} {limit} 分：{before} 减为 {after} 分",
        f"{cap[:1].upper()}{cap[1:]} is {limit}: {before} becomes {after}",
    )


def _line(say: Voice, step: Step) -> str:
    line, base = step["line"], money_said(step["base"])
    if step.get("why"):
        why = say("运费不积分", "delivery earns nothing")
        if step["why"] == "excluded":
            why = say("此商品不积分", "this line earns nothing")
        return say(f"第 {line} 行：{why}", f"Line {line}: {why}")
    times = "" if step["multiplier"] == "1" else f" ×{step['multiplier']}"
    earned = points_said(step["earned"])
    return say(f"第 {line} 行：{base}{times}，{earned} 分", f"Line {line}: {base}{times}, {earned}")


_SENTENCES: Final[Mapping[str, Callable[[Voice, Step], str]]] = {
    "discount": _discount,
    "promotion": offer_said,
    "coupon": offer_said,
    "redemption": _redemption,
    "stored_value": _stored_value,
    "top_up": _top_up,
    "rule": _rule,
    "multiplier": _multiplier,
    "rounding": _rounding,
    "cap": _cap,
    "line": _line,
    "coupon_award": coupon_award_said,
}
