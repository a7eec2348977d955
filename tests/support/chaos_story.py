"""Two counters and a head office with chaos between them: `python -m tests.support.chaos_story`.

The counters are homes that real commands work on, head office is a process that is killed now and
then, and every word between them passes a proxy that misbehaves. At any moment what a counter was
told is stored is stored; once the line is good, all of them hold the same.
"""

import json
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.chaos_faults import FAULTS
from tests.support.chaos_proxy import ChaosProxy, Plan, chaos_proxy
from tests.support.offices import HeadOffice
from tests.support.processes import Answer, done
from tests.support.programs import a_document
from tests.support.shops import (
    Shop,
    check_agreement,
    converge,
    exchanged,
    looking_into,
    sales_in,
)
from tests.support.teller import told

LINE_TROUBLES = frozenset(
    {"offline", "timeout", "status", "redirected", "not_ours", "wrong_signature"}
)
"""What a bad line may be called; anything else would blame head office or ourselves."""
DEEDS = {
    "sync": 10,
    "sell": 8,
    "redeem": 4,
    "look up": 3,
    "enrol": 3,
    "top up": 2,
    "spend value": 2,
    "undo": 2,
    "return": 2,
    "adjust": 1,
    "close the shift": 1,
    "office dies": 1,
}
MEMORY = Path("/dev/shm")
"""Where a story lives, if the machine has it: no disk fails here."""
_PAY_30 = ("sale", "add", "--amount", "30", "--tender", "stored_value=30")
_VALUE = {"ladder": [{"pay": "200.00", "bonus": "20.00"}], "max_balance": "5000.00"}


@dataclass(slots=True)
class Story:
    """One seed's chaos; `said` is what happened, for whoever must find out why."""

    seed: int
    office: HeadOffice
    proxy: ChaosProxy
    shops: list[Shop]
    die: random.Random
    members: list[str] = field(default_factory=list)
    topped_up: dict[str, Shop] = field(default_factory=dict)
    sales: dict[str, Shop] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)

    def run(self, deeds: int) -> None:
        """Do so many things on the bad line, then heal it and compare everything."""
        for shop in self.shops:
            self._join(shop)
        names, weights = list(DEEDS), list(DEEDS.values())
        for _ in range(deeds):
            self.act(self.die.choices(names, weights)[0], self.die.choice(self.shops))
        for shop in self.shops:
            self.check_acknowledged(shop)
        self.heal()
        self.check_the_end()

    def act(self, deed: str, shop: Shop) -> None:
        """Do one thing at one counter; every act ends as commands may end."""
        if deed == "office dies":
            self._check_office()
            self.office.kill()
            self.office.start(wait=self.die.random() < 0.5)
        elif deed == "sync":
            self._sync(shop)
            self.check_acknowledged(shop)
        elif deed == "enrol":
            self._enrol(shop)
        elif (words := self._words(deed, shop)) is not None:
            answer = self._told(shop, *words)
            if deed == "top up" and answer.code == 0:
                self.topped_up[words[2]] = shop
            if "sale_id" in answer.document and words[1] == "add":
                self.sales[answer.document["sale_id"]] = shop

    def heal(self) -> None:
        """Let the line be good and head office live."""
        self.proxy.plan.heal()
        self.office.wait_for_answer()
        for shop in self.shops:
            self._join(shop)
        converge(*(shop.home for shop in self.shops))

    def check_the_end(self) -> None:
        """Assert that all hold the same, whole, and every confirmed sale once."""
        homes = [shop.home for shop in self.shops]
        check_agreement(self.office.home, *homes)
        for home in (self.office.home, *homes):
            assert done(told(home, "verify"))["ok"], home
        assert sales_in(self.office.home) == sorted(self.sales)
        for shop in self.shops:
            self.check_acknowledged(shop)
            assert shop.waiting == 0
        self._check_office()

    def check_acknowledged(self, shop: Shop) -> None:
        """Assert that head office stored, byte for byte, what this counter believes it has."""
        with looking_into(shop.home) as counter, counter.reading() as here:
            believed = here.all(
                "SELECT o.stream_id, o.sequence, o.hash FROM operation AS o JOIN stream AS s"
                " ON s.stream_id = o.stream_id AND o.sequence <= s.acked_sequence"
            )
        with looking_into(self.office.home) as office, office.reading() as there:
            stored = set(there.all("SELECT stream_id, sequence, hash FROM operation"))
        assert set(believed) <= stored, f"{shop.home.name} believes what head office has not"

    def _check_office(self) -> None:
        """Assert that nothing which came over the line was a bug there."""
        assert "Traceback" not in self.office.said(), self.office.said()

    def _join(self, shop: Shop) -> None:
        """Ask to be taken in; what a bad line answers is trouble with a sentence."""
        if done(told(shop.home, "sync", "status"))["enrolled"]:
            return
        code = self.office.code()
        for _ in range(4):
            answer = self._told(shop, "sync", "enroll", self.proxy.address, code)
            if answer.code == 0:
                return
            trouble = answer.document["trouble"]
            assert trouble["code"] == "office_unreachable", trouble
            assert trouble["details"]["reason"] in LINE_TROUBLES, trouble

    def _sync(self, shop: Shop) -> None:
        if not done(told(shop.home, "sync", "status"))["enrolled"]:
            return self._join(shop)
        said = exchanged(self._told(shop, "sync", "now"))
        assert said["trouble"] is None or said["trouble"] in LINE_TROUBLES, said
        assert said["online"] is (said["trouble"] is None), said
        assert said["rejected"] == said["quarantined"] == 0, said
        return None

    def _enrol(self, shop: Shop) -> None:
        phone = f"139{self.seed % 1000:03d}{len(self.members):05d}"
        answer = self._told(shop, "member", "add", "--phone", phone, "--name", "张小芳")
        assert answer.code == 0, answer
        self.members.append(answer.document["member_id"])

    def _words(self, deed: str, shop: Shop) -> tuple[str, ...] | None:
        """Return the command for a deed; nothing when there is nobody to do it with."""
        here = [sale for sale, seller in self.sales.items() if seller is shop]
        payers = [member for member, where in self.topped_up.items() if where is shop]
        member = self.die.choice(self.members) if self.members else ""
        payer = self.die.choice(payers) if payers else ""
        who = ("--member", member) if member and self.die.random() < 0.8 else ()
        spend = ("--redeem", "100") if who and self.die.random() < 0.3 else ()
        amount = f"{self.die.randrange(5, 900)}.{self.die.randrange(100):02d}"
        points = str(100 * self.die.randrange(1, 6))
        sale = self.die.choice(here) if here else ""
        last = here[-1] if here else ""
        words = {
            "sell": ("sale", "add", "--amount", amount, *who, *spend),
            "redeem": ("points", "redeem", member, points),
            "look up": ("member", "show", member),
            "adjust": ("points", "adjust", member, "+40", "--reason", "补登"),
            "top up": ("value", "top-up", payer or member, "200"),
            "spend value": (*_PAY_30, "--member", payer),
            "undo": ("sale", "undo", last),
            "return": ("sale", "return", sale, "--reason", "坏了"),
            "close the shift": ("shift", "close"),
        }[deed]
        return None if "" in words else words

    def _told(self, shop: Shop, *words: str) -> Answer:
        """Have a command run; it does it, refuses it by a rule, or the line is in trouble."""
        answer = told(shop.home, *words)
        about = f"{shop.home.name}: {' '.join(words)} -> {answer.code} {answer.told.strip()}"
        self.said.append(about)
        self.counted[f"exit {answer.code}"] += 1
        assert answer.code in ((0, 4) if words[0] == "sync" else (0, 3)), about
        assert "Traceback" not in answer.told, about
        said = answer.told.strip() or answer.document.get("trouble")
        assert answer.code == 0 or said, f"without a sentence: {about}"
        return answer


def tell(seed: int, folder: Path, *, deeds: int, faults: tuple[str, ...] = ()) -> Story:
    """Tell one seed's story in an empty folder; raise `AssertionError` with its last events."""
    with ExitStack() as stack:
        office = an_office(folder)
        stack.callback(office.kill)
        proxy = stack.enter_context(chaos_proxy(office.port, Plan(seed, faults)))
        shops = [Shop(folder / name, branch=name) for name in ("南店", "北店")]
        story = Story(seed, office, proxy, shops, random.Random(seed))
        try:
            story.run(deeds)
        except BaseException as broken:
            broken.add_note(f"seed {seed}, {dict(proxy.met)}\n" + "\n".join(story.said[-60:]))
            raise
    return story


def an_office(folder: Path) -> HeadOffice:
    """Make and start a head office whose program has stored value as well."""
    program = folder / "program.json"
    program.write_text(json.dumps(a_document(stored_value=_VALUE)), encoding="utf-8")
    office = HeadOffice(folder / "office")
    done(told(office.home, "office", "init", "--sandbox", "--program", str(program)))
    office.start()
    return office


def main(arguments: list[str]) -> int:
    """Tell stories for so many seconds, from a seed on; print what each came to."""
    seconds = float(arguments[0]) if arguments else 60.0
    seed = int(arguments[1]) if len(arguments) > 1 else random.randrange(1 << 32)
    ends, stories, met = time.monotonic() + seconds, 0, Counter[str]()
    while time.monotonic() < ends or stories == 0:
        where = MEMORY if MEMORY.is_dir() else None
        with tempfile.TemporaryDirectory(prefix="chaos", dir=where) as folder:
            story = tell(seed, Path(folder), deeds=60)
        met.update(story.proxy.met)
        stories += 1
        print(f"seed {seed}: {dict(story.counted)}, faults met: {len(story.proxy.met) - 1}")
        seed += 1
    unmet = [fault for fault in FAULTS if not met[fault]]
    print(f"{stories} stories, {met.total()} requests, {met.total() - met['whole']} misfortunes")
    print(f"every digest agrees; faults never met: {unmet or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
