"""A campaign of histories: `python -m tests.property.histories --count 100000 [--first SEED]`.

Each seed makes a program (a sample of the demo, or a random one) and a member's story, and holds
the answers to every law of `tests.support.story_laws`. A seed that fails is named and goes on to
fail alone: `--first SEED --count 1`.
"""

import argparse
import json
import sys
import time
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from db.domain.program.reading import InvalidProgram
from tests.support.random_programs import random_document
from tests.support.random_stories import random_story
from tests.support.story_laws import check_story

SAMPLES = Path(__file__).parents[2] / "resources" / "demo"
SHOWN_MAX = 20


@cache
def samples() -> tuple[dict[str, Any], ...]:
    """Return the programs that ship with the demo."""
    paths = sorted(SAMPLES.rglob("*.json"))
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    return tuple(document for document in documents if "format" in document)


def live(seed: int) -> Counter[str]:
    """Live one history and hold it to the laws; return what became of its steps."""
    rng = Random(seed)
    document = rng.choice(samples()) if rng.random() < 0.25 else random_document(rng)
    story = random_story(rng, document)
    answers = check_story(document, story, rng)
    told: Counter[str] = Counter()
    for step, answer in zip(story["steps"], answers, strict=True):
        kind = next(name for name in step if name != "at")
        told["refused" if answer["refused"] else kind] += 1
    return told


def main(words: list[str]) -> int:
    """Run the campaign; return 1 if a law was broken."""
    parser = argparse.ArgumentParser(prog="histories")
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args(words)
    started, told = time.monotonic(), Counter[str]()
    broken: list[int] = []
    for seed in range(asked.first, asked.first + asked.count):
        try:
            told += live(seed)
        except (AssertionError, InvalidProgram) as fault:
            broken.append(seed)
            if len(broken) <= SHOWN_MAX:
                print(f"seed {seed}: {type(fault).__name__}: {str(fault)[:300]}", flush=True)
    seconds = time.monotonic() - started
    steps = ", ".join(f"{count:,} {name}" for name, count in told.most_common())
    print(f"{asked.count:,} histories in {seconds:.0f} s, {len(broken)} broken: {steps}")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
