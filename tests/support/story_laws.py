"""Laws that every answered story keeps, whatever the program: stated over the preview's answers.

A law that fails says its name; the caller adds the seed.
"""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from db.domain.preview.preview import preview
from db.domain.program.program import Program, load_program
from tests.support.random_stories import QUIET, cut_up

Answer = dict[str, Any]
Story = dict[str, Any]
STATE = ("available", "pending", "lots", "tier", "qualifying", "stored_value", "coupons")
FIGURES = ("earned", "redeemed", "redeemed_value", "due")


def minor(text: str) -> int:
    """Return a decimal string in 分."""
    sign = -1 if text.startswith("-") else 1
    whole, _, part = text.lstrip("-").partition(".")
    return sign * (int(whole) * 100 + int(part.ljust(2, "0") or 0))


def state(answer: Answer) -> Answer:
    """Return how things stand after a step."""
    return {name: answer[name] for name in STATE}


def check_parts_add_up(_program: Program, story: Story, answers: list[Answer]) -> None:
    """A sale's and a return's lines add up to it, to the point and to the 分."""
    for step, answer in zip(story["steps"], answers, strict=True):
        lines = answer["per_line"]
        if not lines:
            continue
        assert sum(line["earned"] for line in lines) == answer["earned"], step
        assert sum(line["redeemed"] for line in lines) == answer["redeemed"], step
        values = sum(minor(line["redeemed_value"]) for line in lines)
        assert values == minor(answer["redeemed_value"]), step
        if (sale := step.get("sale")) is None:
            continue
        gross = minor(sale["amount"]) if "amount" in sale else _gross(sale)
        discounts = sum(minor(line["discount"]) for line in lines)
        assert gross - discounts - values == minor(answer["due"]) >= 0, step
        assert all(minor(line["discount"]) >= 0 for line in lines), step


def check_refusals_change_nothing(program: Program, story: Story, answers: list[Answer]) -> None:
    """A story without its refused steps goes on to the same end."""
    refused = [answer["refused"] is not None for answer in answers]
    for answer, no in zip(answers, refused, strict=True):
        if no:
            assert all(not answer[name] or answer[name] == "0.00" for name in FIGURES), answer
    if not any(refused):
        return
    steps = [step for step, no in zip(story["steps"], refused, strict=True) if not no]
    kept = [answer for answer, no in zip(answers, refused, strict=True) if not no]
    assert preview(program, story | {"steps": steps})["steps"] == kept


def check_redemptions_stay_within(program: Program, story: Story, answers: list[Answer]) -> None:
    """Never more points than there are, whole steps, within share and amount and due."""
    rule = program.money
    at_once = program.pending_days == 0
    for step, answer in zip(story["steps"], answers, strict=True):
        points, value = answer["redeemed"], minor(answer["redeemed_value"])
        if points <= 0:
            continue
        assert answer["available"] >= (answer["earned"] if at_once else 0), step
        if step.get("redeem", {}).get("for", "money") != "money":
            continue
        assert rule is not None, step
        assert points % rule.points_per_step == 0, step
        assert points >= rule.min_points, step
        if "sale" in step:
            assert value <= (value + minor(answer["due"])) * rule.max_share, step


def check_points_come_from_somewhere(program: Program, story: Story, answers: list[Answer]) -> None:
    """What is held is what was brought, earned and adjusted, less what was spent: no more ever.

    Where points never expire it is exactly that.
    """
    held = 0 if story["member"] is None else story["member"]["balance"]
    never = program.expiry.kind == "never"
    for step, answer in zip(story["steps"], answers, strict=True):
        if answer["refused"] is None:
            held += answer["earned"] - answer["redeemed"]
            held += step.get("adjust", {}).get("points", 0)
        holds = answer["available"] + answer["pending"]
        assert holds == held if never else holds <= held, (step, holds, held)


def check_money_comes_from_somewhere(
    _program: Program, story: Story, answers: list[Answer]
) -> None:
    """Principal is what was paid in and not spent: stored value makes no money."""
    paid_in = 0
    for step, answer in zip(story["steps"], answers, strict=True):
        if "top_up" in step and answer["refused"] is None:
            paid_in += minor(step["top_up"]["pay"])
        assert 0 <= minor(answer["stored_value"]["principal"]) <= paid_in, step
        assert minor(answer["stored_value"]["bonus"]) >= 0, step


def check_everything_returned_is_nothing(
    program: Program, story: Story, answers: list[Answer], rng: Random
) -> None:
    """After any beginning: a sale, all of it returned in any portions, and all is as before."""
    sales = [step for step in story["steps"] if "sale" in step]
    if not sales:
        return
    sale = sales[-1]["sale"] | {"id": "LAST"}
    at = story["steps"][-1]["at"]
    sold = _told_on(program, story, [QUIET, {"sale": sale}], at=at)[-1]
    if sold["refused"] is not None:
        return
    cut = cut_up(rng, sale, due=minor(sold["due"]))
    told = _told_on(program, story, [QUIET, {"sale": sale}, *cut], at=at)
    before, _, *back = told
    assert all(answer["refused"] is None for answer in back), (sale, back)
    for name in ("earned", "redeemed"):
        assert sum(answer[name] for answer in told) == 0, (name, sale)
    for name in ("redeemed_value", "due"):
        assert sum(minor(answer[name]) for answer in told) == 0, (name, sale)
    left, right = state(before), state(back[-1])
    if before["available"] < _usable(before, at):  # points are owed: which lot pays is no matter
        left.pop("lots")
        right.pop("lots")
    assert right == left, sale


def check_words_do_not_matter(
    program: Program, document: dict[str, Any], story: Story, answers: list[Answer]
) -> None:
    """The order of a document's and a story's fields changes nothing."""
    turned = load_program(json.dumps(_turned(document)).encode())
    assert preview(turned, _turned(story))["steps"] == answers
    assert turned.mark == program.mark


Law = Callable[[Program, Story, list[Answer]], None]
LAWS: tuple[Law, ...] = (
    check_parts_add_up,
    check_refusals_change_nothing,
    check_redemptions_stay_within,
    check_points_come_from_somewhere,
    check_money_comes_from_somewhere,
)


def check_story(document: dict[str, Any], story: Story, rng: Random) -> list[Answer]:
    """Answer a story and hold it to every law; return the answers."""
    program = load_program(json.dumps(document).encode())
    answers: list[Answer] = preview(program, story)["steps"]
    for law in LAWS:
        law(program, story, answers)
    check_everything_returned_is_nothing(program, story, answers, rng)
    check_words_do_not_matter(program, document, story, answers)
    return answers


def _gross(sale: dict[str, Any]) -> int:
    return sum(line["quantity"] * minor(line["unit_price"]) for line in sale["lines"])


def _told_on(program: Program, story: Story, more: list[Answer], *, at: str) -> list[Answer]:
    """Return the answers of more steps at the end of a story."""
    steps = [*story["steps"], *({"at": at, **step} for step in more)]
    answers: list[Answer] = preview(program, story | {"steps": steps})["steps"]
    return answers[len(story["steps"]) :]


def _usable(answer: Answer, at: str) -> int:
    day = at[:10]
    return sum(lot["points"] for lot in answer["lots"] if lot["available_on"] <= day)


def _turned(value: Any) -> Any:
    """Return the same JSON with every object's keys in the opposite order."""
    if isinstance(value, dict):
        return {key: _turned(value[key]) for key in reversed(value)}
    if isinstance(value, list):
        return [_turned(item) for item in value]
    return value
