"""The first load: a book taken over whole from head office, and our own acts folded onto it.

Every table that is a fold of operations comes as head office folded it, with the log itself, so
that what arrives later is told from what is here and `verify` proves this book like any other. What
this counter had and the image has not is applied once more: folds do not ask for an order.
"""

from dataclasses import dataclass

from db.domain import hlc
from db.domain.operations import Personal, read_operation
from db.services.replication import receive
from db.storage.snapshot_load import image_fits, note_received, take_image
from db.storage.unit_of_work import UnitOfWork

GRAMS_SETTING = "member_grams"


class ImageUnfit(Exception):
    """The image has another truth about our own streams than we: the feed has to sort that out."""


@dataclass(frozen=True, slots=True)
class ImageTaken:
    """What this book holds now: members, operations; and how many of ours were folded again."""

    members: int
    operations: int
    folded_again: int


def take_over(work: UnitOfWork, *, grams: str) -> ImageTaken:
    """Make the attached image this counter's book, and our own acts part of it.

    Args:
        work: the transaction; all of it is one.
        grams: by which rules the image's search postings were written.

    Raises:
        ImageUnfit: when head office and this counter differ about our own streams.
    """
    if not image_fits(work.sql):
        raise ImageUnfit
    again = 0
    for kept in take_image(work.sql):
        personal = None
        if kept.nonce is not None and kept.payload is not None:
            personal = Personal(kept.nonce, kept.payload)
        receive(work, read_operation(kept.raw), personal, received_at=work.at_ms)
        note_received(work.sql, kept)
        again += 1
    work.settings.put(GRAMS_SETTING, grams)
    if not work.grams.is_current():
        work.grams.rebuild()
    newest = work.sql.value("SELECT coalesce(max(hlc), 0) FROM operation")
    work.operations.ratchet(work.home.stream_id, hlc.merge(0, newest, work.at_ms))
    work.forget()
    return ImageTaken(
        members=work.sql.value("SELECT count(*) FROM member"),
        operations=work.sql.value("SELECT count(*) FROM operation"),
        folded_again=again,
    )
