"""A segment is one statement in both databases: PostgreSQL prepares and answers what SQLite does.

What the answers are is proved with SQLite (tests/property/test_segments.py); here every metric and
group is asked of PostgreSQL, whose types are stricter.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from db.domain.analytics.rfm import fixed_edges
from db.domain.clock import BusinessCalendar
from db.domain.segments.groups import ShopFigures, plain
from db.domain.segments.reading import read_segment
from db.domain.segments.tree import GROUPS
from db.queries.member_list import ListOrder, MemberFilter, MemberList, member_list
from db.queries.segments.audience import Segment, segment_members
from db.queries.segments.hours import HourShifts
from db.queries.segments.statement import BookParts, segment_statement
from db.storage.postgres_storage import PostgresStorage
from sync.server.storage.schema import migrate_office
from tests.support.postgres_server import PostgresServer

SHOP = ShopFigures(
    date(2026, 11, 21), edges=fixed_edges(Fraction(10_000)), shop_gap=Fraction(15, 2)
)
PARTS = BookParts(HourShifts(0, ((1, 3_600_000),)), {"marketing": (b"\x01" * 16,)})
TEXTS = [
    'visits(days=90, branch=总店, category="饮料/茶", hours="22-2") >= 3',
    "purchases(since=2026-01-01, sku=A1) != 2",
    "spend(days=30) > 12.50 and spend(category=食品, days=9) < 3",
    "average >= 10.01 or average_day <= 0.5",
    'visit_share(hours="6-11") >= 50% and spend_share(category=食品) > 0',
    "recency <= 30 and age > 2.5 and recency != 7 and joined = 3",
    "gap < 10 or churn_risk >= 2",
    "birthday_in <= 7 and points >= 100 and unredeemed > 180",
    "tier in (gold, silver) and state = active and home = 总店 and city != 上海",
    "tag vip and not tag 员工 and consent marketing",
    "everybody and not nobody",
    "rfm_r >= 4 and rfm_f = 1 and rfm_m != 5",
    *(f"{field} in ({', '.join(sorted(groups))})" for field, groups in GROUPS.items()),
]


@pytest.fixture(scope="module")
def office(
    postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PostgresStorage]:
    folder: Path = tmp_path_factory.mktemp("office")
    storage = PostgresStorage(postgres.new_database(), folder)
    with storage.begin() as work:
        migrate_office(work)
    yield storage
    storage.close()


@pytest.mark.parametrize("text", TEXTS)
def test_postgresql_answers_every_condition(office: PostgresStorage, text: str) -> None:
    tree = plain(read_segment(text), SHOP)
    statement = segment_statement(tree, SHOP, PARTS, wanted="count(*)")

    with office.begin() as work:
        assert work.sql.value(statement.sql, statement.params) == 0


def test_postgresql_lists_the_members_of_a_segment(office: PostgresStorage) -> None:
    segment = Segment(read_segment("everybody"), SHOP, BusinessCalendar())

    with office.reading() as reader:
        assert list(segment_members(reader, segment)) == []


@pytest.mark.parametrize("order", ListOrder)
def test_postgresql_answers_the_list_of_members(office: PostgresStorage, order: ListOrder) -> None:
    wanted = MemberFilter(tier="gold", tag="vip", order=order)

    with office.reading() as reader:
        assert member_list(reader, wanted, on=SHOP.today, limit=5) == MemberList((), 0)
