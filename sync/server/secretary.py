"""Keeping the grant journal: what was decided is written down after its commit, before it is told.

Written before the commit, it would hold what came to nothing, and a restored head office would
enter what nobody had heard of. What is committed and not written down yet when the power goes was
told to nobody, and is written down at the next start.
"""

from db.storage.unit_of_work import Storage
from sync.server.storage.grant_journal import GrantJournal
from sync.server.storage.own_rows import NOWHERE, own_decisions, own_head


class Secretary:
    """Brings a journal up to the book, whoever wrote in it: a worker, a command, we ourselves."""

    def __init__(self, journal: GrantJournal) -> None:
        self._journal = journal
        self._upto = NOWHERE

    def write_down(self, storage: Storage) -> None:
        """Write down what was committed since; with nothing new it reads a row.

        Workers write one file, so one may find it written by another, and waits for the disk all
        the same.

        Raises:
            StorageUnavailable: when it cannot be written; then nothing may be told.
        """
        with storage.reading() as reader:
            head = own_head(reader)
            if head == self._upto:
                return
            known = self._upto.sequence if self._upto.stream_id == head.stream_id else 0
            after = max(known, self._journal.upto(head.stream_id))
            raws = list(own_decisions(reader, head, after=after))
        if raws or after > known:
            self._journal.append(raws)
        self._upto = head
