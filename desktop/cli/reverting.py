"""Taking an import back, for members and purchases alike."""

from db.domain.ids import BatchId, OperationId, parse_id, text_of
from db.domain.staff import Actor
from db.services.imports import RevertBatch, revert_batch
from desktop.cli.answers import Document
from desktop.cli.home import Home
from desktop.cli.invalid import InvalidInput


def revert(home: Home, by: Actor, batch: str) -> Document:
    """Take a batch back whole.

    Raises:
        InvalidInput: when the text is no id.
        NoSuchBatch, BatchNotRevertible: when it cannot be.
    """
    try:
        batch_id = BatchId(parse_id(batch))
    except ValueError as error:
        raise InvalidInput("not_an_id", text=batch) from error
    with home.storage.begin() as work:
        command = RevertBatch(op=OperationId(work.new_id()), batch_id=batch_id, by=by)
        reverted = revert_batch(work, command)
    return {
        "batch": text_of(reverted.batch_id),
        "reverted": True,
        "members": reverted.members,
        "sales": reverted.sales,
    }
