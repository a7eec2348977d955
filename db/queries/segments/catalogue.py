"""The segments that a shop has by name: the built-in ones, in its own words."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from db.domain.segments.built_in import ShopWords, built_in
from db.domain.segments.tree import Node
from db.queries.programs import program_on
from db.storage.database import Reader

CATEGORIES_MAX: Final = 30
_CATEGORIES: Final = """
SELECT DISTINCT CASE instr(category, '/') WHEN 0 THEN category
       ELSE substr(category, 1, instr(category, '/') - 1) END
FROM product WHERE category <> '' ORDER BY 1
"""
_CHANNELS: Final = """
SELECT DISTINCT channel FROM member WHERE state <> 'erased' AND channel <> '' ORDER BY channel
"""


def named_segments(reader: Reader, today: date) -> Mapping[str, Node]:
    """Return the shop's segments by name."""
    program = program_on(reader, today)
    money = program.money
    return built_in(
        ShopWords(
            today=today,
            ladder=program.ladder,
            least_points=1 if money is None else money.least,
            categories=tuple(row[0] for row in reader.all(_CATEGORIES)[:CATEGORIES_MAX]),
            channels=tuple(row[0] for row in reader.all(_CHANNELS)),
        )
    )
