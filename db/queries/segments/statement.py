"""A segment as one SQL statement over all members; `db.domain.segments` says what it means.

Every metric is a table of member and figure, joined once; a leaf compares whole numbers, so that no
rounding parts SQL from Python. What a segment says travels as parameters, never as text.
"""

from dataclasses import dataclass, field
from typing import Final

import msgspec

from db.domain.consent import UNSURE
from db.domain.segments.groups import ShopFigures
from db.domain.segments.tree import (
    Compare,
    Consents,
    Every,
    Is,
    Leaf,
    Node,
    Not,
    Some,
    Tagged,
)
from db.queries.merged_totals import JOINED
from db.queries.segments.bound import Bound
from db.queries.segments.hours import HourShifts
from db.queries.segments.metrics import Figures
from db.queries.segments.tables import BESIDE

_FIELDS: Final = {
    "tier": "m.tier",
    "gender": "m.gender",
    "city": "m.city",
    "channel": "m.channel",
    "state": "m.state",
    "home": "coalesce(b.name, '')",
}
_TAGGED: Final = """
SELECT who, tag FROM (
    SELECT coalesce(a.root_id, t.member_id) AS who, t.tag, t.held,
           row_number() OVER (PARTITION BY coalesce(a.root_id, t.member_id), t.tag
                              ORDER BY t.hlc DESC, t.op DESC) AS place
    FROM member_tag AS t LEFT JOIN member_alias AS a ON a.alias_id = t.member_id
    WHERE t.undone_by IS NULL
) AS w WHERE place = 1 AND held = 1
"""
_CONSENTING: Final = f"""
SELECT DISTINCT g.member_id AS who FROM consent AS g
WHERE g.purpose = {{purpose}} AND g.granted = 1
  AND g.member_id NOT IN (SELECT root_id FROM member_alias)
  AND NOT EXISTS (
    SELECT 1 FROM consent AS w WHERE w.member_id = g.member_id AND w.purpose = g.purpose
      AND ((w.granted = 1 AND w.hlc > g.hlc) OR (w.granted = 0 AND (w.hlc >= g.hlc
            OR (w.hlc > g.hlc - {UNSURE} AND w.counter_id <> g.counter_id)))))
UNION SELECT unhex(value) FROM json_each({{merged}})
"""  # noqa: S608 - constant parts
_PEOPLE: Final = """
FROM member AS m LEFT JOIN branch AS b ON b.branch_id = m.home_branch_id
"""
_WHO: Final = """
m.state IN ('active', 'frozen') AND m.member_id NOT IN (
    SELECT coalesce(a.root_id, s.member_id) FROM staff AS s
    LEFT JOIN member_alias AS a ON a.alias_id = s.member_id WHERE s.member_id IS NOT NULL)
"""


_UTC: Final = HourShifts()


@dataclass(frozen=True, slots=True)
class BookParts:
    """What of the book a statement cannot say by itself.

    `hours` are the shop's clock; `merged` who agrees, by purpose, of those who stand for others:
    their answers count together by rules of their own.
    """

    hours: HourShifts = _UTC
    merged: dict[str, tuple[bytes, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL and the parameters that go with it."""

    sql: str
    params: tuple[object, ...]


def segment_statement(
    node: Node, shop: ShopFigures, parts: BookParts, *, wanted: str, order: str = ""
) -> Statement:
    """Return the statement of a segment without names or groups (`followed`, `plain`).

    Staff, and who was merged into somebody or erased, are in no segment.

    Args:
        node: the conditions.
        shop: the shop's figures of the day.
        parts: what of the book the statement cannot say.
        wanted: constant columns of `m` the member, of `b` his home branch, or figures of
            `db.queries.merged_totals`.
        order: a constant ORDER BY, if one is wanted.
    """
    writer = _Writer(shop, parts)
    condition = writer.node(node)
    joins = "".join(
        f"LEFT JOIN {table} ON {table}.who = m.member_id\n" for table in writer.bound.beside(BESIDE)
    )
    sql = (
        f"{writer.bound.named}SELECT {wanted} {_PEOPLE}"
        f"{JOINED}{joins}"
        f"WHERE {_WHO} AND ({condition}) {order}"
    )
    return Statement(sql, tuple(writer.bound.params))


class _Writer:
    def __init__(self, shop: ShopFigures, parts: BookParts) -> None:
        self.bound = Bound()
        self._parts = parts
        self._figures = Figures(self.bound, shop, parts.hours)

    def node(self, node: Node) -> str:
        match node:
            case Every(parts):
                return " AND ".join(f"({self.node(part)})" for part in parts) or "1 = 1"
            case Some(parts):
                return " OR ".join(f"({self.node(part)})" for part in parts) or "1 = 0"
            case Not(part):
                return f"NOT ({self.node(part)})"
            case _:
                return f"coalesce({self._leaf(node)}, 1 = 0)"

    def _leaf(self, leaf: Leaf) -> str:
        match leaf:
            case Compare():
                return self._figures.compared(leaf)
            case Is(name, values):
                listed = self.bound.value(msgspec.json.encode(values).decode())
                return f"{_FIELDS[name]} IN (SELECT value FROM json_each({listed}))"  # noqa: S608 - bound values
            case Tagged(tag):
                return f"{self._tagged(tag)}.who IS NOT NULL"
            case Consents(purpose):
                return f"{self._consenting(purpose)}.who IS NOT NULL"
            case _:
                raise AssertionError(f"segment {leaf.name} was to be followed first")

    def _tagged(self, tag: str) -> str:
        def text() -> str:
            words = self.bound.table("words", "words", lambda: _TAGGED)
            return f"SELECT who FROM {words} AS w WHERE w.tag = {self.bound.value(tag)}"  # noqa: S608 - bound values

        return self.bound.table(("tag", tag), BESIDE, text)

    def _consenting(self, purpose: str) -> str:
        def text() -> str:
            merged = [each.hex() for each in self._parts.merged.get(purpose, ())]
            listed = self.bound.value(msgspec.json.encode(merged).decode())
            return _CONSENTING.format(purpose=self.bound.value(purpose), merged=listed)

        return self.bound.table(("consent", purpose), BESIDE, text)
