"""Import batches and products on disk: what came from a former system, and how to undo it."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.domain.ids import BatchId, MemberId
from db.storage.database import Statements


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """One import as it stands; `kind` is members or history."""

    batch_id: BatchId
    kind: str
    source: str
    started_at: int
    added: int
    updated: int
    skipped: int
    reverted_at: int | None


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product of the catalogue; the price in 分 may be unknown."""

    sku: str
    name: str
    category: str
    brand: str
    size: str
    unit_price: int | None


class ImportRepository:
    """Access to `import_batch` and `product` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def start(
        self,
        batch_id: BatchId,
        *,
        kind: str,
        source: str,
        started_at: int,
        staff_id: bytes | None,
    ) -> None:
        """Open a batch; opening it again (a resumed import) changes nothing."""
        self._sql.run(
            "INSERT INTO import_batch (batch_id, kind, source, started_at, staff_id)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (batch_id, kind, source, started_at, staff_id),
        )

    def standing(self, kind: str, source: str) -> BatchId | None:
        """Return the batch of this source that was not taken back."""
        batch_id: BatchId | None = self._sql.value(
            "SELECT batch_id FROM import_batch WHERE kind = ? AND source = ?"
            " AND reverted_at IS NULL ORDER BY started_at DESC LIMIT 1",
            (kind, source),
        )
        return batch_id

    def member_of(self, batch_id: BatchId, external_id: str) -> MemberId | None:
        """Return whom this batch may call by a former id: its own, or one that no history brought.

        Two former systems may have numbered their members alike; those are two people.
        """
        member_id: MemberId | None = self._sql.value(
            "SELECT m.member_id FROM member AS m"
            " LEFT JOIN import_batch AS i ON i.batch_id = m.batch_id"
            " WHERE m.external_id = ?1 AND m.state = 'active'"
            " AND (m.batch_id = ?2 OR coalesce(i.kind, '') <> 'history')"
            " ORDER BY m.batch_id IS NOT ?2 LIMIT 1",
            (external_id, batch_id),
        )
        return member_id

    def count(self, batch_id: BatchId, *, added: int, updated: int, skipped: int) -> None:
        """Add to a batch's counts."""
        self._sql.run(
            "UPDATE import_batch SET added = added + ?, updated = updated + ?,"
            " skipped = skipped + ? WHERE batch_id = ?",
            (added, updated, skipped, batch_id),
        )

    def batch(self, batch_id: BatchId) -> ImportBatch | None:
        """Return a batch."""
        row = self._sql.one(
            "SELECT batch_id, kind, source, started_at, added, updated, skipped, reverted_at"
            " FROM import_batch WHERE batch_id = ?",
            (batch_id,),
        )
        return None if row is None else ImportBatch(*row)

    def mark_reverted(self, batch_id: BatchId, at_ms: int) -> None:
        """Note that a batch was taken back."""
        self._sql.run(
            "UPDATE import_batch SET reverted_at = ? WHERE batch_id = ?", (at_ms, batch_id)
        )

    def put_products(self, rows: Sequence[ProductRow]) -> None:
        """Write products, whatever was known of them."""
        self._sql.run_many(
            "INSERT INTO product (sku, name, category, brand, size, unit_price)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (sku) DO UPDATE SET name = excluded.name,"
            " category = excluded.category, brand = excluded.brand, size = excluded.size,"
            " unit_price = coalesce(excluded.unit_price, unit_price)",
            [(r.sku, r.name, r.category, r.brand, r.size, r.unit_price) for r in rows],
        )

    def product(self, sku: str) -> ProductRow | None:
        """Return the product with this SKU."""
        row = self._sql.one(
            "SELECT sku, name, category, brand, size, unit_price FROM product WHERE sku = ?",
            (sku,),
        )
        return None if row is None else ProductRow(*row)
