"""Which leases of coupons and stored value this counter should renew: those of members who come.

Only what it holds already is renewed, so two counters never ask the same thing back and forth. A
lease made for one visit is not renewed; one that nobody needs any more runs out and is closed.
"""

from typing import NamedTuple

from db.domain.ids import MemberId, StreamId
from db.storage.database import Reader

_ACTIVE = """
(SELECT 1 FROM sale AS s WHERE s.member_id = h.member_id AND s.sold_at >= ?4
 AND s.branch_id = ?5)
"""
_OPEN = "NOT EXISTS (SELECT 1 FROM hold_closed AS x WHERE x.hold_id = h.hold_id AND x.code = '')"
_COUPONS = f"""
SELECT h.member_id, c.code FROM hold AS h JOIN hold_coupon AS c ON c.hold_id = h.hold_id
WHERE h.stream_id = ?1 AND h.until_at > ?2 AND h.until_at <= ?3 AND {_OPEN}
  AND NOT EXISTS (SELECT 1 FROM hold_closed AS x WHERE x.hold_id = h.hold_id AND x.code = c.code)
  AND NOT EXISTS (SELECT 1 FROM coupon_use AS u WHERE u.code = c.code AND u.given_back_by IS NULL)
  AND NOT EXISTS (SELECT 1 FROM hold_coupon AS n JOIN hold AS m ON m.hold_id = n.hold_id
                  WHERE n.code = c.code AND m.stream_id = ?1 AND m.until_at > ?3)
  AND EXISTS {_ACTIVE}
ORDER BY h.until_at, h.member_id, c.code
"""  # noqa: S608 - constant parts
_VALUE = f"""
SELECT w.member_id FROM (
    SELECT h.member_id, max(h.until_at) AS until_at, sum(v.granted) AS granted,
           sum(v.granted - (SELECT coalesce(sum(p.amount), 0) FROM hold_spend AS p
                            WHERE p.hold_id = v.hold_id AND p.lot_id = v.lot_id)) AS held
    FROM hold AS h JOIN hold_value AS v ON v.hold_id = h.hold_id
    WHERE h.stream_id = ?1 AND h.until_at > ?2 AND {_OPEN} AND EXISTS {_ACTIVE}
    GROUP BY h.member_id
) AS w
WHERE w.until_at <= ?3 OR 2 * w.held < w.granted ORDER BY w.until_at, w.member_id
"""  # noqa: S608 - constant parts


class Spell(NamedTuple):
    """Which leases of a stream are looked at: ending behind `after_ms` and until `upto_ms`.

    Of members who bought at the branch since `active_ms`; all UTC ms.
    """

    stream_id: StreamId
    after_ms: int
    upto_ms: int
    active_ms: int
    branch_id: bytes


def coupons_to_renew(reader: Reader, spell: Spell) -> dict[MemberId, tuple[str, ...]]:
    """Return the unused coupons of each member whose lease ends soon."""
    found: dict[MemberId, tuple[str, ...]] = {}
    for member_id, code in reader.all(_COUPONS, spell):
        found[MemberId(member_id)] = (*found.get(MemberId(member_id), ()), code)
    return found


def values_to_renew(reader: Reader, spell: Spell) -> list[MemberId]:
    """Return members whose lease of stored value ends soon, or is more than half spent."""
    return [MemberId(row[0]) for row in reader.all(_VALUE, spell)]
