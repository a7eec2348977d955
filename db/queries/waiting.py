"""Whether head office has yet to hear of a member what this counter knows of him.

The acts that wait are the tail of our own stream. It may be thousands long after a week without a
line, so the member's latest acts are asked whether they lie in it, not the tail whose they are.
"""

from db.domain.ids import MemberId
from db.storage.database import Reader

_ANYTHING = "SELECT 1 FROM stream WHERE counter_id = ? AND sequence > acked_sequence LIMIT 1"
_OF_MEMBER = """
WITH latest (op, reversed_by) AS (
    SELECT sale_id, reversed_by FROM sale WHERE member_id = ?1 ORDER BY sold_at DESC LIMIT 20
), act (op) AS (
    SELECT op FROM latest
    UNION ALL SELECT reversed_by FROM latest WHERE reversed_by IS NOT NULL
    UNION ALL SELECT * FROM (SELECT op FROM goods_return WHERE member_id = ?1
                             ORDER BY returned_at DESC LIMIT 20)
    UNION ALL SELECT * FROM (SELECT op FROM points_entry WHERE member_id = ?1
                             ORDER BY entered_at DESC LIMIT 20)
    UNION ALL SELECT * FROM (SELECT op FROM value_entry WHERE member_id = ?1
                             ORDER BY entered_at DESC LIMIT 20)
    UNION ALL SELECT * FROM (SELECT op FROM reward_entry WHERE member_id = ?1
                             ORDER BY entered_at DESC LIMIT 20)
    UNION ALL SELECT op FROM member_tag WHERE member_id = ?1
    UNION ALL SELECT op FROM consent WHERE member_id = ?1
    UNION ALL SELECT op FROM personal WHERE member_id = ?1
)
SELECT 1 FROM act CROSS JOIN operation AS o ON o.op = act.op
CROSS JOIN stream AS s ON s.stream_id = o.stream_id
WHERE s.counter_id = ?2 AND o.sequence > s.acked_sequence LIMIT 1
"""


def something_waits(reader: Reader, member_id: MemberId, counter_id: bytes) -> bool:
    """Say whether one of the member's latest acts at this counter is still to be sent."""
    if reader.value(_ANYTHING, (counter_id,)) is None:
        return False
    return reader.value(_OF_MEMBER, (member_id, counter_id)) is not None
