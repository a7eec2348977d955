"""The law of segments: one member asked in Python, all members asked in SQL, the same answer."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain.ids import MemberId
from db.domain.segments.reading import read_segment
from db.domain.segments.tree import Compare, Compared, Metric, Node
from db.domain.segments.writing import segment_text
from db.queries.analytics.visits import visit_days
from db.queries.segments.audience import is_in, prepared, segment_members, segment_size
from db.storage.database import Reader
from db.storage.unit_of_work import Storage
from tests.support.segment_shop import a_segment_shop, trees
from tests.support.storage_fixtures import MadeHome

PEOPLE = """
SELECT member_id FROM member WHERE state IN ('active', 'frozen')
  AND member_id NOT IN (SELECT member_id FROM staff WHERE member_id IS NOT NULL)
"""
SOLD = "SELECT sale_id, member_id, business_day, due FROM sale WHERE member_id IS NOT NULL"
BACK = "SELECT op, sale_id, member_id, business_day, paid FROM goods_return"
BACK_LINES = "SELECT op, paid FROM goods_return_line"
REVERSED = "SELECT sale_id FROM reversal"


@pytest.fixture(scope="module")
def shop(made_home: MadeHome) -> Iterator[Storage]:
    with a_segment_shop(made_home) as storage:
        yield storage


@settings(max_examples=150)
@given(tree=trees)
def test_sql_and_python_put_the_same_members_into_a_segment(shop: Storage, tree: Node) -> None:
    with shop.begin() as work:
        today, calendar = work.today, work.home.calendar
    with shop.reading() as reader:
        segment = prepared(reader, tree, named={}, today=today, calendar=calendar)
        found = [member.member_id for member in segment_members(reader, segment)]
        people = [MemberId(row[0]) for row in reader.all(PEOPLE)]
        wanted = {each for each in people if is_in(reader, segment, each)}

        assert set(found) == wanted
        assert len(found) == len(wanted) == segment_size(reader, segment)


def spent_by_the_book(reader: Reader, since: str) -> Counter[bytes]:
    """Return what everybody spent from a day on, by what was done and by no maintained row."""
    roots: dict[bytes, bytes] = dict(reader.all("SELECT alias_id, root_id FROM member_alias"))
    nothing = {sale_id for (sale_id,) in reader.all(REVERSED)}
    given: Counter[bytes] = Counter()
    for op, paid in reader.all(BACK_LINES):
        given[op] += paid
    spent: Counter[bytes] = Counter()
    for sale_id, member, day, due in reader.all(SOLD):
        if sale_id not in nothing and day >= since:
            spent[roots.get(member, member)] += due
    for op, sale_id, member, day, paid in reader.all(BACK):
        assert paid == given[op]
        if sale_id not in nothing and day >= since and member is not None:
            spent[roots.get(member, member)] -= paid
    return spent


@settings(max_examples=40)
@given(days=st.none() | st.integers(1, 900))
def test_what_everybody_spent_is_what_was_done(shop: Storage, days: int | None) -> None:
    with shop.begin() as work:
        today, calendar = work.today, work.home.calendar
    with shop.reading() as reader:
        first = today - timedelta(days=days - 1) if days else today.min
        spent = spent_by_the_book(reader, first.isoformat())
        people = [row[0] for row in reader.all(PEOPLE)]
        rows = visit_days(reader, day_from=first)
        counted: Counter[bytes] = Counter()
        for who, net in zip(rows.who.tolist(), rows.net.tolist(), strict=True):
            counted[rows.members[who]] += net
        for each in people:
            exact = Fraction(spent[each], 100)
            spends = Compare(Metric("spend", days=days), Compared.EQUAL, exact)
            segment = prepared(reader, spends, named={}, today=today, calendar=calendar)

            listed = {row.member_id: row for row in segment_members(reader, segment)}
            assert each in listed
            assert days or listed[each].spend == spent[each]
            assert is_in(reader, segment, MemberId(each))
            assert counted[each] == spent[each]


@given(tree=trees)
def test_what_is_written_is_read_back_as_the_same_tree(tree: Node) -> None:
    assert read_segment(segment_text(tree)) == tree
