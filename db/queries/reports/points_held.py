"""The points that each member holds, waiting ones and those under leases among them."""

from typing import Final

from db.domain.ids import MemberId
from db.storage.database import Reader

_HELD: Final = """
SELECT coalesce(a.root_id, h.member_id), sum(h.points) FROM (
    SELECT member_id, remaining AS points FROM lot WHERE remaining <> 0
    UNION ALL
    SELECT l.member_id, p.granted - p.spent - p.returned FROM lease AS l
    JOIN lease_lot AS p ON p.lease_id = l.lease_id WHERE l.state <> 'reclaimed'
) AS h LEFT JOIN member_alias AS a ON a.alias_id = h.member_id
GROUP BY coalesce(a.root_id, h.member_id)
"""


def points_held(reader: Reader) -> dict[MemberId, int]:
    """Return the points of every member who holds some, or owes some (below zero)."""
    return {MemberId(row[0]): int(row[1]) for row in reader.all(_HELD)}
