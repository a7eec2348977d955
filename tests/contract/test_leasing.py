"""Leases, alike whatever answers: one ask, one grant, and never more than there is."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sync.client.leasing import give_back, lease_exactly
from sync.client.storage_access import directly_on
from sync.protocol.messages import LeaseAsk
from tests.contract.conftest import Ground, Joining, Till
from tests.support.checkers import check_ledger, rows, value
from tests.support.makers import a_redemption

TILLS = 6
MEMBERS = 6
_BALANCES = """
SELECT coalesce(sum(remaining), 0),
       (SELECT coalesce(sum(s.granted - s.spent), 0) FROM lease AS l
        JOIN lease_lot AS s ON s.lease_id = l.lease_id
        WHERE l.member_id = ?1 AND l.state <> 'reclaimed')
FROM lot WHERE member_id = ?1
"""
_POSSIBLE = "SELECT count(*) FROM conflict WHERE kind = 'possible_duplicate' AND subject IN (?, ?)"


def exact(till: Till, points: int, *, member: bytes | None = None) -> LeaseAsk:
    return LeaseAsk(
        ask=os.urandom(16), member=member or till.members[0], purpose="exact", points=points
    )


def with_points(joining: Joining, points: int) -> Till:
    """Return a till whose member has so many points, at head office too."""
    till = joining()
    till.sells(member=till.registers(), amount=points * 100)
    assert till.exchange().trouble is None
    return till


def test_one_ask_is_one_grant_however_often_it_comes(ground: Ground, joining: Joining) -> None:
    till = with_points(joining, 1_000)
    ask = exact(till, 50)

    first, again = till.asks(ask), till.asks(ask)

    assert [row.op for row in first.rows] == [row.op for row in again.rows]
    assert len(first.rows) == 1
    assert value(ground.book, "SELECT granted FROM lease WHERE lease_id = ?", ask.ask) == 50
    check_ledger(ground.book)


def test_more_than_there_is_is_refused_with_what_is_free(ground: Ground, joining: Joining) -> None:
    till = with_points(joining, 1_000)
    free = rows(ground.book, _BALANCES, till.members[0])[0][0]

    reply = till.asks(exact(till, 1_001))

    assert reply.rows == ()
    assert [(no.code, no.free) for no in reply.refused] == [("not_enough", free)]


def test_what_was_not_spent_comes_back_with_the_close(ground: Ground, joining: Joining) -> None:
    till = with_points(joining, 1_000)
    member, run = till.members[0], directly_on(till.storage)
    lease_exactly(run, till.remote, till.device, member_id=member, points=800)
    a_redemption(till.storage, member, 300)
    give_back(run, member)
    assert till.exchange().trouble is None

    available, leased = rows(ground.book, _BALANCES, member)[0]

    assert available + leased == 700
    check_ledger(ground.book)


def test_many_who_ask_at_once_for_one_member_never_get_more_than_he_has(
    ground: Ground, joining: Joining
) -> None:
    owner = joining()
    tills = [owner, *(joining() for _ in range(TILLS - 1))]
    for _ in range(MEMBERS):
        owner.sells(member=owner.registers(), amount=100_000)
    assert owner.exchange().trouble is None
    free = {member: rows(ground.book, _BALANCES, member)[0][0] for member in owner.members}

    def ask_for_all(till: Till) -> list[tuple[bytes, str]]:
        said = []
        for member, points in free.items():
            reply = till.asks(exact(till, points // 3, member=member))
            said.append((member, reply.refused[0].code if reply.refused else "granted"))
        return said

    with ThreadPoolExecutor(TILLS) as pool:
        answers = Counter(each for asked in pool.map(ask_for_all, tills) for each in asked)

    for member, points in free.items():
        assert (answers[member, "granted"], answers[member, "not_enough"]) == (3, TILLS - 3)
        assert rows(ground.book, _BALANCES, member)[0][0] == points - 3 * (points // 3)
    check_ledger(ground.book)


def test_one_phone_registered_at_two_counters_at_once_is_one_conflict(
    ground: Ground, joining: Joining
) -> None:
    one, two = joining(), joining("外滩店")
    phone = one.phone()
    members = [one.registers(phone=phone, name="张小芳"), two.registers(phone=phone, name="王伟")]

    with ThreadPoolExecutor(2) as pool:
        reports = [pool.submit(till.exchange) for till in (one, two)]

    assert [each.result().trouble for each in reports] == [None, None]
    assert value(ground.book, _POSSIBLE, *members) == 1


def test_one_phone_and_one_name_at_two_counters_at_once_are_one_member(
    ground: Ground, joining: Joining
) -> None:
    one, two = joining(), joining("外滩店")
    phone = one.phone()
    members = [till.registers(phone=phone, name="李娜") for till in (one, two)]
    for till, member in zip((one, two), members, strict=True):
        till.sells(2, member=member)

    with ThreadPoolExecutor(2) as pool:
        reports = [pool.submit(till.exchange) for till in (one, two)]

    assert [each.result().trouble for each in reports] == [None, None]
    standing = rows(
        ground.book, "SELECT state FROM member WHERE member_id IN (?, ?) ORDER BY 1", *members
    )
    assert standing == [("active",), ("merged",)]
    check_ledger(ground.book)
