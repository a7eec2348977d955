"""The law of segments: one member asked in Python, all members asked in SQL, the same answer."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from db.domain.ids import MemberId
from db.domain.segments.reading import read_segment
from db.domain.segments.tree import Node
from db.domain.segments.writing import segment_text
from db.queries.segments.audience import is_in, prepared, segment_members, segment_size
from db.storage.unit_of_work import Storage
from tests.support.segment_shop import a_segment_shop, trees
from tests.support.storage_fixtures import MadeHome

PEOPLE = """
SELECT member_id FROM member WHERE state IN ('active', 'frozen')
  AND member_id NOT IN (SELECT member_id FROM staff WHERE member_id IS NOT NULL)
"""


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


@given(tree=trees)
def test_what_is_written_is_read_back_as_the_same_tree(tree: Node) -> None:
    assert read_segment(segment_text(tree)) == tree
