"""What must be true of a book whatever happened to it, and what two equal books have in common."""

from collections import Counter
from typing import Any

from db.storage.database import Reader, Row
from db.storage.unit_of_work import Storage

MAINTAINED = {
    "account": ("SELECT kind, owner, balance FROM account WHERE balance <> 0 ORDER BY kind, owner"),
    "counter_day": "SELECT * FROM counter_day ORDER BY branch_id, counter_id, business_day",
    "goods_return": "SELECT * FROM goods_return ORDER BY op",
    "goods_return_line": "SELECT * FROM goods_return_line ORDER BY op, line",
    "sale_attach": "SELECT * FROM sale_attach ORDER BY op",
    "lease": "SELECT lease_id, granted, spent, state FROM lease ORDER BY lease_id",
    "lease_lot": "SELECT * FROM lease_lot ORDER BY lease_id, lot_id",
    "lot": "SELECT * FROM lot ORDER BY lot_id",
    "coupon_use": "SELECT * FROM coupon_use ORDER BY sale_id, code",
    "hold": "SELECT * FROM hold ORDER BY hold_id",
    "hold_coupon": "SELECT * FROM hold_coupon ORDER BY code, hold_id",
    "hold_value": "SELECT * FROM hold_value ORDER BY hold_id, lot_id",
    "hold_spend": "SELECT * FROM hold_spend ORDER BY op, hold_id, lot_id",
    "hold_closed": "SELECT * FROM hold_closed ORDER BY hold_id, code",
    "value_closed": "SELECT * FROM value_closed ORDER BY stream_id, member_id",
    "value_account": "SELECT * FROM value_account WHERE balance <> 0 ORDER BY purse, kind, owner",
    "value_lot": "SELECT lot_id, granted, remaining, expires_on FROM value_lot ORDER BY lot_id",
    "member": (
        "SELECT member_id, number, phone, name, state, tier, tier_rank FROM member"
        " ORDER BY member_id"
    ),
    "member_total": "SELECT * FROM member_total ORDER BY member_id",
    "reward_entry": "SELECT * FROM reward_entry ORDER BY op",
    "gift_move": "SELECT * FROM gift_move ORDER BY op",
    "member_tag": "SELECT * FROM member_tag ORDER BY op, tag",
    "sale": "SELECT * FROM sale ORDER BY sale_id",
    "shift": "SELECT * FROM shift ORDER BY shift_id",
    "drawer_entry": "SELECT * FROM drawer_entry ORDER BY op",
    "reprint": "SELECT * FROM reprint ORDER BY op",
    "movement": (
        "SELECT op, leg, entry, debit, credit, points, member_id, lot_id, lease_id"
        " FROM movement ORDER BY op, leg"
    ),
}
"""Questions whose answers do not depend on a file's own row numbers."""


def the_book(storage: Storage, *tables: str) -> dict[str, list[Row]]:
    """Return the rows of the maintained tables, or of those named, in an order of their own."""
    with storage.reading() as reader:
        return {name: reader.all(MAINTAINED[name]) for name in tables or MAINTAINED}


def rows(storage: Storage, sql: str, *params: Any) -> list[Row]:
    """Return what a question answers."""
    with storage.reading() as reader:
        return reader.all(sql, params)


def value(storage: Storage, sql: str, *params: Any) -> Any:
    """Return the one value that a question answers."""
    with storage.reading() as reader:
        return reader.value(sql, params)


def check_ledger(storage: Storage) -> None:
    """Assert that balances, lots and leases are the fold of the transfers, and Σ accounts = 0."""
    with storage.reading() as reader:
        _check_accounts(reader)
        _check_lots(reader)
        _check_leases(reader)


def _check_accounts(reader: Reader) -> None:
    folded: Counter[tuple[str, bytes]] = Counter()
    for debit, credit, points, *owners in reader.all(
        "SELECT debit, credit, points, member_id, lease_id FROM movement"
    ):
        whose = {"member": owners[0], "lease": owners[1]}
        folded[debit, whose.get(debit, b"")] -= points
        folded[credit, whose.get(credit, b"")] += points
    kept = {row[:2]: row[2] for row in reader.all("SELECT kind, owner, balance FROM account")}
    assert +Counter(kept) == +folded
    assert -Counter(kept) == -folded
    assert sum(kept.values()) == 0


def _check_lots(reader: Reader) -> None:
    folded: Counter[bytes] = Counter()
    for lot, debit, credit, points in reader.all(
        "SELECT lot_id, debit, credit, points FROM movement"
    ):
        folded[lot] += points * ((credit == "member") - (debit == "member"))
    kept: dict[bytes, int] = dict(reader.all("SELECT lot_id, remaining FROM lot"))
    assert kept == {lot: folded[lot] for lot in kept}


def _check_leases(reader: Reader) -> None:
    assert reader.value("SELECT count(*) FROM lease_lot WHERE spent NOT BETWEEN 0 AND granted") == 0
