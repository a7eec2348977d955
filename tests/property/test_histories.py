"""Generated histories keep every law, and nothing about the machine changes an answer.

The campaign of many is `python -m tests.property.histories`; here a few hundred run each time.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain.basket import Basket, BasketLine
from db.domain.preview.preview import preview
from db.domain.program.program import load_program
from tests.property.histories import live
from tests.support.programs import a_program, sold
from tests.support.random_programs import random_document
from tests.support.random_stories import random_story

ROOT = Path(__file__).parents[2]
SEEDS = 25


@settings(max_examples=200)
@given(seed=st.integers(min_value=0, max_value=1 << 40))
def test_a_generated_history_keeps_every_law(seed: int) -> None:
    live(seed)


def digest() -> str:
    """Return a digest of what some generated stories answer."""
    answers = hashlib.sha256()
    for seed in range(SEEDS):
        rng = Random(seed)
        document = random_document(rng)
        story = random_story(rng, document)
        told = preview(load_program(json.dumps(document).encode()), story)
        answers.update(json.dumps(told).encode())
    return answers.hexdigest()


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/St_Johns"])
def test_the_machines_time_zone_changes_nothing(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here = digest()
    monkeypatch.setenv("TZ", zone)
    time.tzset()

    try:
        assert digest() == here
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("locale", "seed"), [("C", "1"), ("zh_CN.GB18030", "2"), ("tr_TR.UTF-8", "random")]
)
def test_locale_and_hashing_change_nothing(locale: str, seed: str) -> None:
    script = "from tests.property.test_histories import digest; print(digest())"
    environment = {**os.environ, "LC_ALL": locale, "PYTHONHASHSEED": seed}

    said = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.strip() == digest()


@given(
    less=st.integers(min_value=0, max_value=50_000),
    more=st.integers(min_value=0, max_value=50_000),
    rounding=st.sampled_from(["down", "half_up", "up"]),
    points=st.integers(min_value=0, max_value=7),
    per=st.sampled_from(["1.00", "0.70", "3.33"]),
    whole=st.booleans(),
    multiplier=st.sampled_from(["1", "3/2", "2"]),
)
def test_who_pays_more_never_earns_less(
    less: int, more: int, rounding: str, points: int, per: str, whole: bool, multiplier: str
) -> None:
    program = a_program(
        points={"rounding": rounding, "caps": {"per_sale": 300}},
        earning=[
            {"id": "r", "give": {"points": points, "per_amount": per, "whole_steps": whole}},
            {"id": "m", "when": {"spend": {"min": "100.00"}}, "give": {"multiply": multiplier}},
            {
                "id": "b",
                "give": {
                    "bands": [
                        {"from": "0", "points": 1, "per_amount": "5.00"},
                        {"from": "50.00", "points": 2, "per_amount": "5.00"},
                    ]
                },
            },
        ],
    )
    low, high = sorted((less, more))

    def earned(amount: int) -> int:
        return sold(program, Basket((BasketLine(unit_price=amount),))).earned

    assert earned(low) <= earned(high)
