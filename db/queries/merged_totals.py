"""What a member totals together with those merged into him, said in SQL.

A maintained total is of one record, and a merge moves no history: who reads the root's row alone
shows a member too poor. Merges are few, so theirs is the small table beside everybody's.
"""

from typing import Final


def _later(column: str) -> str:
    """Return the later of both figures, or the one there is: `max` is nothing if either is."""
    return (
        f"CASE WHEN x.{column} IS NULL OR x.{column} < o.{column} THEN o.{column}"
        f" ELSE x.{column} END"
    )


JOINED: Final = """
LEFT JOIN member_total AS o ON o.member_id = m.member_id
LEFT JOIN (
    SELECT a.root_id AS who, sum(t.visits) AS visits, sum(t.spend) AS spend,
           max(t.last_on) AS last_on, max(t.last_at) AS last_at
    FROM member_alias AS a JOIN member_total AS t ON t.member_id = a.alias_id GROUP BY a.root_id
) AS x ON x.who = m.member_id
"""
"""Joins after `FROM member AS m` what the figures below are made of, at most a row a member."""
VISITS: Final = "coalesce(o.visits, 0) + coalesce(x.visits, 0)"
SPEND: Final = "coalesce(o.spend, 0) + coalesce(x.spend, 0)"
"""Net, in 分."""
LAST_ON: Final = _later("last_on")
"""The business day of the last visit, if there was one."""
LAST_AT: Final = _later("last_at")
"""The UTC time of it in milliseconds."""
