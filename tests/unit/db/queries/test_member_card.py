"""The member card: one member's figures, as of a time that is said."""

import json
from collections.abc import Sequence
from datetime import date

import pytest

from db.domain.ids import MemberId, text_of
from db.domain.leases import LeaseToken, LotShare
from db.domain.program.program import load_program
from db.queries.member_card import MemberCard, member_card
from db.storage.database import Reader, Row
from db.storage.home import HomeIdentity
from db.storage.programs import ProgramRow
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.makers import a_member, a_redemption, a_sale
from tests.support.programs import a_document

TIERS = {
    "measure": "net_spend",
    "window": "lifetime",
    "levels": [
        {"code": "basic", "name": {"zh": "普通", "en": "Basic"}, "from": "0"},
        {"code": "gold", "name": {"zh": "金卡", "en": "Gold"}, "from": "1000.00"},
    ],
}
DOCUMENT = json.dumps(
    a_document(tiers=TIERS, points={"expiry": {"kind": "months", "after": 12}})
).encode()
PROGRAM = load_program(DOCUMENT)


def card_of(storage: Storage, member_id: MemberId, home: HomeIdentity) -> MemberCard:
    with storage.reading() as reader:
        card = member_card(
            reader, member_id, home=home, program=PROGRAM, now_ms=storage.clock.wall_ms()
        )
    assert card is not None
    return card


@pytest.fixture(autouse=True)
def tiered(storage: Storage) -> None:
    """Give the shop a program with two levels."""
    with storage.begin() as work:
        work.programs.put(ProgramRow("p", 1, "2026-01-01", DOCUMENT))
        work.forget()


def test_a_card_says_who_he_is_what_he_has_and_how_he_stands(
    storage: Storage, home: HomeIdentity
) -> None:
    member = a_member(storage, birthday="05-12", gender="female")
    a_sale(storage, member.member_id, amount=12_800)
    a_redemption(storage, member.member_id, 100)

    card = card_of(storage, member.member_id, home)

    assert (card.number, card.phone, card.name) == (member.number, "+8613812345678", "张小芳")
    assert (card.available, card.pending, card.redeemable) == (28, 0, 28)
    assert (card.visits, card.spend, card.last_on) == (1, 12_800, date(2026, 11, 21))
    assert (card.tier_name_zh, card.tier_name_en) == ("普通", "Basic")
    assert card.to_next == ("gold", 87_200)
    assert card.next_expiry is not None
    assert card.next_expiry[1] == 28
    assert card.home_branch == "南京东路店"
    assert card.as_of_ms == storage.clock.wall_ms()
    assert not card.waiting


def test_a_card_of_nobody_is_nothing(storage: Storage, home: HomeIdentity) -> None:
    with storage.reading() as reader:
        card = member_card(reader, MemberId(bytes(16)), home=home, program=PROGRAM, now_ms=0)

    assert card is None


def test_a_merged_member_answers_as_his_survivor(storage: Storage, home: HomeIdentity) -> None:
    survivor = a_member(storage)
    merged = a_member(storage, phone="139 1234 5678")
    with storage.begin() as work:
        work.sql.run(
            "UPDATE member SET state = 'merged', alias_of = ? WHERE member_id = ?",
            (survivor.member_id, merged.member_id),
        )

    assert card_of(storage, merged.member_id, home).member_id == survivor.member_id


def test_with_a_head_office_the_figures_are_as_of_the_last_contact_and_wait_to_be_sent(
    storage: Storage, home: HomeIdentity, clock: FixedClock
) -> None:
    member = a_member(storage)
    a_sale(storage, member.member_id)
    with storage.begin() as work:
        work.settings.put("authority", "office")
        work.settings.put("last_contact_at", str(clock.at_ms))
        work.forget()
    contact = clock.at_ms
    clock.advance(3_600_000)
    with storage.begin() as work:
        joined = work.home

    before = card_of(storage, member.member_id, joined)
    with storage.begin() as work:
        work.operations.acknowledge(home.stream_id, upto=2, durable=2)
    after = card_of(storage, member.member_id, joined)

    assert (before.as_of_ms, before.waiting) == (contact, True)
    assert (after.as_of_ms, after.waiting) == (contact, False)
    assert before.redeemable == 0  # nothing may be spent without a lease


def test_a_card_promises_what_a_lease_holds_here(storage: Storage, home: HomeIdentity) -> None:
    member_id = a_member(storage).member_id
    a_sale(storage, member_id, amount=12_800)
    with storage.begin() as work:
        work.settings.put("authority", "office")
        work.forget()
        joined, (lot,) = work.home, work.ledger.lots(member_id)
        token = LeaseToken(
            g=text_of(work.new_id()),
            m=text_of(member_id),
            s=text_of(home.stream_id),
            n=100,
            until=work.at_ms + 60_000,
            lots=(LotShare(text_of(lot.lot_id), 100),),
        )
        work.leases.add(token)

    assert card_of(storage, member_id, joined).redeemable == 100


class CountingReader(Reader):
    """Counts the statements that go through it."""

    def __init__(self, reader: Reader) -> None:
        self.asked = 0
        self._reader = reader

    def one(self, sql: str, params: Sequence[object] = ()) -> Row | None:
        self.asked += 1
        return self._reader.one(sql, params)


def test_a_card_costs_at_most_five_statements(storage: Storage, home: HomeIdentity) -> None:
    member = a_member(storage)
    a_sale(storage, member.member_id)

    with storage.reading() as reader:
        counting = CountingReader(reader)
        member_card(
            counting, member.member_id, home=home, program=PROGRAM, now_ms=storage.clock.wall_ms()
        )

    assert counting.asked <= 5
