"""How the line stands beyond what waits: what no backup holds yet, what somebody should know."""

from dataclasses import dataclass

from db.storage.database import Reader

STOPPED_SETTING = "feed_stopped"
"""By what it knows, a version, and the buckets of the feed that it cannot read on."""
REREAD_SETTING = "feed_reread"
"""How often a bucket was not what head office says, and when last (UTC ms)."""
HEAD_OFFICE_SETTING = "office_schema"
"""Which version head office's own tables are of: what no counter has."""
_NOT_DURABLE = """
SELECT coalesce(sum(sequence - durable_sequence), 0) FROM stream
WHERE counter_id = (SELECT counter_id FROM stream
                    WHERE lower(hex(stream_id)) = (SELECT value FROM setting
                                                   WHERE name = 'stream_id'))
"""
_SETTING = "SELECT value FROM setting WHERE name = ?"


@dataclass(frozen=True, slots=True)
class LineStatus:
    """What a counter knows of its line without a word to head office.

    `not_durable` operations are in no proved backup of head office; `reread_times` buckets were not
    what head office says, last at `reread_at` (UTC ms); `stopped` says that this version is too old
    to read on. `head_office` says that this is no counter but head office itself.
    """

    not_durable: int = 0
    reread_times: int = 0
    reread_at: int = 0
    stopped: bool = False
    head_office: bool = False


def line_status(reader: Reader) -> LineStatus:
    """Return how the line stands."""
    times, at = (reader.value(_SETTING, (REREAD_SETTING,)) or "0 0").split()
    stopped = (reader.value(_SETTING, (STOPPED_SETTING,)) or "").split()
    return LineStatus(
        not_durable=reader.value(_NOT_DURABLE),
        reread_times=int(times),
        reread_at=int(at),
        stopped=len(stopped) > 1,
        head_office=reader.value(_SETTING, (HEAD_OFFICE_SETTING,)) is not None,
    )
