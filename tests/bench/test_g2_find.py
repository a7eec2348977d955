"""G2: finding a member and drawing his card, beside the barest questions to the same connection.

Everything is asked warm, of a few dozen members in turn: that is a counter in the middle of its
day. The limits are asked of the very same connection, so encryption is in both.
"""

from collections.abc import Callable

import pytest

from db.domain.ids import MemberId
from db.domain.lookup.search_grams import grams_of_member
from db.queries.ledger_history import member_history
from db.queries.member_card import member_card
from db.queries.member_search import find_members
from db.storage.database import Reader
from db.storage.unit_of_work import Storage
from tests.bench.book import BUYER_EVERY, NOW_MS, Member
from tests.bench.measure import ALSO, LIMIT, OURS, PLAIN, Bar, Result, Workload, measured
from tests.bench.plain import bound, plain_by_phone, plain_card, plain_page, plain_search

BAR = Bar(wanted=3.0, ceiling=4.0)
ASKED = 64
_GET = "SELECT member_id, number, phone, name, tier, state FROM member WHERE member_row = ?"
_GET_BY_ID = "SELECT member_id, number, phone, name, tier, state FROM member WHERE member_id = ?"
_TWENTY = (
    "SELECT member_id, number, phone, name, tier, state FROM member"
    f" WHERE member_row IN ({', '.join('?' * 20)})"
)
_PERSON = (
    "SELECT m.member_id, m.number, m.phone, m.name, m.tier, m.state, t.visits, t.spend, t.last_on"
    " FROM member AS m JOIN member_total AS t ON t.member_id = m.member_id WHERE m.member_id = ?"
)
_LEASED = (
    "SELECT sum(s.granted - s.spent) FROM lease AS l JOIN lease_lot AS s"
    " ON s.lease_id = l.lease_id WHERE l.member_id = ? AND l.state <> 'reclaimed'"
)
_BALANCE = "SELECT sum(remaining) FROM lot WHERE member_id = ? AND remaining <> 0"
_PURCHASES = (
    "SELECT s.sale_id, s.sold_at, s.due, s.earned, l.name, l.quantity, l.amount FROM"
    " (SELECT sale_id, sold_at, due, earned FROM sale WHERE member_id = ?"
    "  ORDER BY sold_at DESC LIMIT 20) AS s JOIN sale_line AS l ON l.sale_id = s.sale_id"
)


def some_members(members: int, *, every: int = 1) -> list[Member]:
    """Return members from all over the book, the same ones each time."""
    return [Member(i * 7_919 * every % members // every * every) for i in range(ASKED)]


def row_of(i: int, members: int) -> int:
    return 1 + i * 7_919 % members


def test_exact_lookup(read_book: Storage, members: int, results: list[Result]) -> None:
    asked = some_members(members)
    phones, numbers = [each.phone for each in asked], [each.number for each in asked]
    ids = [each.member_id for each in asked]
    peer = bound(read_book.path)
    with read_book.reading() as reader:
        assert find_members(reader, phones[3]).members[0].member_id == asked[3].member_id
        for kind, keys in (("full phone", phones), ("member number (QR)", numbers)):
            workloads = [
                Workload("find_members()", OURS, _asks(reader, keys)),
                Workload(
                    "get of one row by member_id, its key everywhere",
                    LIMIT,
                    lambda i: reader.one(_GET_BY_ID, (ids[i % ASKED],)),
                ),
                Workload(
                    "get of one row by member_row, its place in the file",
                    ALSO,
                    lambda i: reader.one(_GET, (row_of(i % ASKED, members),)),
                ),
            ]
            if keys is phones:
                workloads.append(
                    Workload(
                        "peewee .get() by phone",
                        PLAIN,
                        lambda i: plain_by_phone(f"+86{phones[i % ASKED]}"),
                    )
                )
            keep(
                results,
                measured(
                    "G2a", f"exact lookup, {kind}", members=members, bar=BAR, workloads=workloads
                ),
            )
    peer.close()


def test_top_twenty_search(read_book: Storage, members: int, results: list[Result]) -> None:
    asked = some_members(members)
    last_four = [each.phone[-4:] for each in asked]
    two_characters = [each.name[:2] for each in asked]
    initials = [_initials(each) for each in asked]
    twenty = [[row_of(i * 20 + k, members) for k in range(20)] for i in range(ASKED)]
    peer = bound(read_book.path)
    plain: dict[str, Callable[[int], object]] = {
        "last four digits": lambda i: plain_search(f"%{last_four[i % ASKED]}", column="phone"),
        "two characters of a name": lambda i: plain_search(
            f"%{two_characters[i % ASKED]}%", column="name"
        ),
    }

    def one_by_one(i: int) -> object:
        return [reader.one(_GET, (row,)) for row in twenty[i % ASKED]]

    def all_at_once(i: int) -> object:
        return reader.all(_TWENTY, twenty[i % ASKED])

    with read_book.reading() as reader:
        for kind, keys in (
            ("last four digits", last_four),
            ("two characters of a name", two_characters),
            ("initials", initials),
        ):
            workloads = [
                Workload("find_members()", OURS, _asks(reader, keys)),
                Workload("20 random rows by key", LIMIT, one_by_one),
                Workload("20 random rows, one IN (...)", ALSO, all_at_once),
            ]
            if kind in plain:
                workloads.append(Workload("LIKE, latest visit first", PLAIN, plain[kind]))
            keep(
                results,
                measured(
                    "G2b", f"top-20 search, {kind}", members=members, bar=BAR, workloads=workloads
                ),
            )
    peer.close()


@pytest.mark.parametrize("what", ["card", "card and last 20 purchases"])
def test_member_card(read_book: Storage, members: int, results: list[Result], what: str) -> None:
    asked = [MemberId(each.member_id) for each in some_members(members, every=BUYER_EVERY)]
    with read_book.begin() as work:
        home, program = work.home, work.program(work.today)
    peer = bound(read_book.path)

    def ours(i: int) -> object:
        member_id = asked[i % ASKED]
        card = member_card(reader, member_id, home=home, program=program, now_ms=NOW_MS)
        return card if what == "card" else (card, member_history(reader, member_id, 20))

    def limit(i: int) -> object:
        member_id = (asked[i % ASKED],)
        person, balance = reader.one(_PERSON, member_id), reader.one(_BALANCE, member_id)
        rest = reader.all(_LEASED if what == "card" else _PURCHASES, member_id)
        return person, balance, rest

    plain = plain_card if what == "card" else plain_page
    with read_book.reading() as reader:
        result = measured(
            "G2c",
            f"member {what}",
            members=members,
            bar=BAR,
            workloads=[
                Workload("member_card() and history", OURS, ours),
                Workload("3 raw statements", LIMIT, limit),
                Workload("peewee, N+1", PLAIN, lambda i: plain(asked[i % ASKED])),
            ],
        )
    peer.close()
    keep(results, result)


def keep(results: list[Result], result: Result) -> None:
    results.append(result)
    assert result.to_limit <= result.bar.ceiling


def _asks(reader: Reader, keys: list[str]) -> Callable[[int], object]:
    return lambda i: find_members(reader, keys[i % ASKED])


def _initials(member: Member) -> str:
    grams = grams_of_member(member.name, f"+86{member.phone}")
    return min(grams, key=lambda gram: (gram[0] != "i", -len(gram), gram))[1:]
