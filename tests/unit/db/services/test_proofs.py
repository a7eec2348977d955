"""A sale and a redemption whose points nobody proved to be his are refused whole."""

import json
from dataclasses import replace

import pytest

from db.domain.basket import Basket
from db.domain.ids import MemberId, OperationId, StaffId
from db.domain.program.program import default_program_document
from db.domain.staff import Actor, Role
from db.domain.verification import MIDDLE_FOUR, ProofNeeded
from db.queries.sale_detail import sale_detail
from db.services.points import RedeemPoints, redeem_points
from db.services.sales import Sell, sell
from db.storage.programs import ProgramRow
from db.storage.unit_of_work import Storage
from tests.support.makers import a_member, an_adjustment

CASHIER = Actor(StaffId(b"c" * 16), Role.CASHIER)
MANAGER = Actor(StaffId(b"m" * 16), Role.MANAGER)


@pytest.fixture
def member(storage: Storage) -> MemberId:
    """Return a member with 5,000 points in a shop that asks for a proof from ¥20.00 on."""
    document = json.loads(default_program_document("guitai", "店"))
    document["verify"] = {"redeem_above": {"online": "20.00", "offline": "5.00"}}
    with storage.begin() as work:
        row = ProgramRow("guitai", 1, document["effective_on"], json.dumps(document).encode())
        work.programs.replace_all([row])
    member_id = a_member(storage, by=MANAGER).member_id
    an_adjustment(storage, member_id, 5_000, by=MANAGER)
    return member_id


def a_command(storage: Storage, member: MemberId, points: int) -> Sell:
    with storage.begin() as work:
        return Sell(
            op=OperationId(work.new_id()),
            by=CASHIER,
            basket=Basket.of_amount(10_000),
            member_id=member,
            redeem_points=points,
        )


def test_below_the_limit_nobody_is_asked(storage: Storage, member: MemberId) -> None:
    command = a_command(storage, member, 1_900)
    with storage.begin() as work:
        assert sell(work, command).redeemed_value == 1_900


def test_without_a_proof_nothing_is_sold_and_with_one_it_is_recorded(
    storage: Storage, member: MemberId
) -> None:
    command = a_command(storage, member, 2_000)
    with pytest.raises(ProofNeeded), storage.begin() as work:
        sell(work, command)

    with storage.begin() as work:
        sold = sell(work, replace(command, proof=MIDDLE_FOUR))
        again = sell(work, replace(command, proof=MIDDLE_FOUR))

    assert sold == again
    with storage.reading() as reader:
        assert sale_detail(reader, sold.sale_id) is not None
        raw = reader.value("SELECT raw FROM operation WHERE op = ?", (command.op,))
    assert json.loads(raw)["b"]["proof"] == MIDDLE_FOUR


def test_a_manager_answers_for_it(storage: Storage, member: MemberId) -> None:
    command = replace(a_command(storage, member, 2_000), by=MANAGER)
    with storage.begin() as work:
        assert sell(work, command).redeemed == 2_000


def test_points_for_another_till_are_guarded_too(storage: Storage, member: MemberId) -> None:
    with storage.begin() as work:
        op = OperationId(work.new_id())
    command = RedeemPoints(op=op, member_id=member, by=CASHIER, points=2_000)
    with pytest.raises(ProofNeeded), storage.begin() as work:
        redeem_points(work, command)

    with storage.begin() as work:
        assert redeem_points(work, replace(command, proof=MIDDLE_FOUR)).value == 2_000
