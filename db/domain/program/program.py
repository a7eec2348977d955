"""The program in force: the document, and its rules compiled once into functions and numbers.

`load_program` is the only way in: it accepts a document whole or says everything that is wrong
with it. What this engine cannot compute yet is said too (`not_supported_yet`), never ignored.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import msgspec
from msgspec import UNSET

from db.domain.awards import denominator_of
from db.domain.clock import BusinessCalendar
from db.domain.conditions import ALWAYS, Compiled, compile_condition, minute_of
from db.domain.earning import EarningRule, EarningTerms, cap_of, compile_rule
from db.domain.expiry import ExpiryRule, compile_expiry
from db.domain.offers.offers import Offers, compile_offers
from db.domain.program.check import check_document
from db.domain.program.document import Condition
from db.domain.program.offer_document import ProgramDocument
from db.domain.program.reading import InvalidProgram, read_document
from db.domain.program.walk import walk
from db.domain.redemption import RedemptionRule, compile_redemption
from db.domain.rewards import reward_rules
from db.domain.stored_value.terms import ValueTerms, compile_stored_value
from db.domain.tiers import TierLadder, compile_tiers


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """A checked program, ready to compute; `document` keeps every field as written."""

    document: ProgramDocument
    effective_on: date
    calendar: BusinessCalendar
    rules: tuple[EarningRule, ...]
    terms: EarningTerms
    net_of: frozenset[str]
    excluded: Compiled | None
    pending_days: int
    expiry: ExpiryRule
    money: RedemptionRule | None
    ladder: TierLadder
    stored_value: ValueTerms | None
    offers: Offers
    reads_tags: bool

    @property
    def program_id(self) -> str:
        """Return the program's id."""
        return self.document.id

    @property
    def version(self) -> int:
        """Return the version that every sale keeps."""
        return self.document.version

    @property
    def mark(self) -> str:
        """Return `id@version`, as a sale records it."""
        return f"{self.document.id}@{self.document.version}"


@lru_cache(maxsize=32)
def load_program(raw: bytes) -> Program:
    """Return the program that a JSON document writes, compiled; equal bytes compile once.

    Raises:
        InvalidProgram: with every problem found and its path.
    """
    document = read_document(raw)
    if problems := check_document(document):
        raise InvalidProgram(problems)
    return _compiled(document)


def default_program_document(program_id: str, name: str) -> bytes:
    """Return the program of a new shop (DECISIONS 32): 1 元 = 1 point, 100 points = ¥1.00."""
    document = {
        "format": "guitai.program/1",
        "id": program_id,
        "version": 1,
        "name": {"zh": name, "en": name},
        "effective_on": "2020-01-01",
        "currency": "CNY",
        "timezone": "Asia/Shanghai",
        "day_cut": "04:00",
        "points": {
            "name": {"zh": "积分", "en": "points"},
            "rounding": "down",
            "pending_days": 0,
            "expiry": {"kind": "never"},
        },
        "earning": [
            {
                "id": "spend",
                "name": {"zh": "消费积分", "en": "Points on spend"},
                "give": {"points": 1, "per_amount": "1.00"},
            }
        ],
        "redemption": {
            "money": {"points_per_step": 100, "value_per_step": "1.00", "max_share": "1"}
        },
        "offline": {
            "lease": {"share": "0.2", "points_max": 2000, "all_counters_share": "0.5", "hours": 72},
            "spend_fresh": False,
            "floor": None,
            "forced_reclaim_days": None,
        },
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2)


def _compiled(document: ProgramDocument) -> Program:
    points = document.points
    rules = (*(compile_rule(rule) for rule in document.earning), *reward_rules(document))
    excluded = compile_condition(points.base.exclude)
    return Program(
        document=document,
        effective_on=date.fromisoformat(document.effective_on),
        calendar=BusinessCalendar(document.timezone, minute_of(document.day_cut)),
        rules=rules,
        terms=EarningTerms(
            rounding=points.rounding,
            combine=points.combine_multipliers,
            per_sale=cap_of(points.caps, "per_sale"),
            per_day=cap_of(points.caps, "per_day"),
            per_month=cap_of(points.caps, "per_month"),
            denominator=denominator_of(award for rule in rules for award in rule.awards),
        ),
        net_of=frozenset(points.base.net_of),
        excluded=None if excluded is ALWAYS else excluded,
        pending_days=points.pending_days,
        expiry=compile_expiry(points.expiry),
        money=compile_redemption(document.redemption.money),
        ladder=compile_tiers(document.tiers),
        stored_value=compile_stored_value(document.stored_value),
        offers=compile_offers(document),
        reads_tags=any(
            isinstance(part, Condition) and part.tag is not UNSET for _, part in walk(document, "$")
        ),
    )
