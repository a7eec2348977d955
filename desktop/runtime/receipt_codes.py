"""The codes of this counter's receipts: made with its key, and read from any counter of the shop.

A counter that belongs to no head office, or joined before receipts were sealed, prints the sale's
id alone. A sale that a code cannot hold gets that too.
"""

from enum import StrEnum

from db.domain.ids import SaleId
from db.domain.receipt_code import (
    ReceiptCode,
    facts_bytes,
    full_code,
    read_receipt_code,
    short_code,
)
from db.queries.receipt_facts import receipt_facts
from db.storage.database import Reader
from sync.client.device import DeviceIdentity
from sync.protocol.receipt_seal import is_genuine, sealed


class Proof(StrEnum):
    """What is known of a code beside what it says."""

    GENUINE = "genuine"
    FORGED = "forged"
    UNPROVED = "unproved"


class ReceiptCodes:
    """Makes and reads codes for a counter."""

    def __init__(self, identity: DeviceIdentity | None) -> None:
        """Take the counter's keys; without them codes are short and nothing is proved."""
        self._identity = identity

    def code_of(self, reader: Reader, sale_id: SaleId) -> tuple[str, bool]:
        """Return the code of a sale that is here, and whether it serves without a line."""
        identity = self._identity
        facts = None if identity is None or not identity.proof else receipt_facts(reader, sale_id)
        signed = None if facts is None else facts_bytes(facts)
        if identity is not None and signed is not None:
            seal = sealed(signed, private_key=identity.private_key, proof=identity.proof)
            code = full_code(signed, seal)
            if code is not None:
                return code, True
        return short_code(sale_id), False

    def read(self, text: str) -> tuple[ReceiptCode, Proof]:
        """Return what a code says and whether a counter of this shop made it.

        Raises:
            NoReceiptCode: for one that was misread.
        """
        code = read_receipt_code(text)
        identity = self._identity
        if code.facts is None or code.seal is None or identity is None:
            return code, Proof.UNPROVED
        signed = facts_bytes(code.facts)
        genuine = signed is not None and is_genuine(
            signed, code.seal, server_key=identity.server_key
        )
        return code, Proof.GENUINE if genuine else Proof.FORGED
