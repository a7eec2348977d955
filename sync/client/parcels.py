"""Everything that head office does not have, as a file that somebody carries there."""

from sync.client.device import DeviceIdentity
from sync.client.outbox import everything_waiting
from sync.client.storage_access import RunOnStorage
from sync.protocol.messages import seal_message
from sync.protocol.parcel import parcel_of


def make_parcel(run: RunOnStorage, device: DeviceIdentity) -> tuple[bytes, int]:
    """Return the file and how many operations are in it; what is in it waits on all the same."""
    batches = run(lambda work: list(everything_waiting(work, device)))
    sealed = (
        seal_message(batch, private=device.private_key, purpose="push request") for batch in batches
    )
    return parcel_of(sealed), sum(len(batch.rows) for batch in batches)
