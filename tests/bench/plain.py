"""The plain way: the same work as it is usually written, with peewee models and `LIKE`.

The models name the tables of the book. `plain_sale` does what a sale does, model by model; the
rest is what a screen asks. They are what our figures are compared with, and nobody's bad example:
same file, same encryption, same durability, constant queries.
"""

import hashlib
import json
import os
import time
from pathlib import Path

from peewee import (
    BigIntegerField,
    BlobField,
    CompositeKey,
    IntegerField,
    Model,
    TextField,
)
from playhouse.sqlcipher_ext import SqlCipherDatabase

from db.domain.ids import CHANCE_BYTES, uuid7
from db.storage.database import encrypted_database
from tests.bench.book import KEY, NOW_MS


class Table(Model):
    class Meta:  # noqa: D106 - peewee's
        legacy_table_names = False


class Member(Table):
    member_row = IntegerField(primary_key=True)
    member_id = BlobField()
    number = TextField()
    phone = TextField(null=True)
    name = TextField()
    tier = TextField()
    state = TextField()
    joined_on = TextField()


class MemberTotal(Table):
    member_id = BlobField(primary_key=True)
    visits = IntegerField()
    spend = IntegerField()
    earned = IntegerField()
    redeemed = IntegerField()
    first_on = TextField(null=True)
    last_on = TextField(null=True)
    last_at = BigIntegerField(null=True)


class Lot(Table):
    member_id = BlobField()
    lot_id = BlobField()
    op = BlobField()
    leg = IntegerField()
    entry = TextField()
    awarded = IntegerField()
    remaining = IntegerField()
    available_on = TextField()
    expires_on = TextField(null=True)
    opened_at = BigIntegerField()

    class Meta:  # noqa: D106 - peewee's
        primary_key = CompositeKey("member_id", "lot_id")


class Sale(Table):
    sale_id = BlobField(primary_key=True)
    member_id = BlobField(null=True)
    branch_id = BlobField()
    counter_id = BlobField()
    sold_at = BigIntegerField()
    business_day = TextField()
    items = IntegerField()
    gross = IntegerField()
    discount = IntegerField()
    redeemed = IntegerField()
    redeemed_value = IntegerField()
    due = IntegerField()
    paid_cash = IntegerField()
    earned = IntegerField()
    tier = TextField()
    program = TextField()
    source = TextField()


class SaleLine(Table):
    sale_id = BlobField()
    line = IntegerField()
    sku = TextField()
    name = TextField()
    category = TextField()
    quantity = IntegerField()
    unit_price = IntegerField()
    discount = IntegerField()
    amount = IntegerField()
    earned = IntegerField()
    redeemed = IntegerField()
    redeemed_value = IntegerField()

    class Meta:  # noqa: D106 - peewee's
        primary_key = CompositeKey("sale_id", "line")


class Stream(Table):
    stream_id = BlobField(primary_key=True)
    counter_id = BlobField()
    epoch = IntegerField()
    sequence = IntegerField()
    head = BlobField()
    hlc = BigIntegerField()
    status = TextField()


class Operation(Table):
    stream_id = BlobField()
    sequence = IntegerField()
    op = BlobField()
    kind = TextField()
    hash = BlobField()
    raw = BlobField()
    hlc = BigIntegerField()
    member_id = BlobField(null=True)
    status = TextField()

    class Meta:  # noqa: D106 - peewee's
        primary_key = CompositeKey("stream_id", "sequence")


class CounterDay(Table):
    branch_id = BlobField()
    counter_id = BlobField()
    business_day = TextField()
    sales = IntegerField()
    amount = IntegerField()
    member_sales = IntegerField()
    member_amount = IntegerField()
    earned = IntegerField()

    class Meta:  # noqa: D106 - peewee's
        primary_key = CompositeKey("branch_id", "counter_id", "business_day")


MODELS = (
    Member, MemberTotal, Lot, Sale, SaleLine, Stream, Operation, CounterDay,
)  # fmt: skip
PLACE = b"plain branch 016"
STREAM = b"plain stream 016"
PRICES = (1_990, 2_990, 990)


def bound(path: Path) -> SqlCipherDatabase:
    """Open a book for the models, with the settings that our own connection has."""
    database = encrypted_database(path, KEY)
    database.connect()
    database.bind(MODELS)
    return database


def begin_plain_sales() -> None:
    """Make the rows that a counter has before it sells: its stream and its day."""
    Stream.insert(
        stream_id=STREAM, counter_id=PLACE, epoch=0, sequence=0, head=bytes(32), hlc=0,
        status="live",
    ).on_conflict_ignore().execute()  # fmt: skip
    CounterDay.insert(
        branch_id=PLACE, counter_id=PLACE, business_day="2026-11-21", sales=0, amount=0,
        member_sales=0, member_amount=0, earned=0,
    ).on_conflict_ignore().execute()  # fmt: skip


def plain_sale(database: SqlCipherDatabase, member_id: bytes) -> None:
    """Sell three lines to a member and award points, model by model, in one transaction."""
    due = sum(PRICES)
    earned = due // 100
    with database.atomic("IMMEDIATE"):
        member = Member.get(Member.member_id == member_id)
        stream = Stream.get_by_id(STREAM)
        sale = Sale.create(
            force_insert=True, sale_id=_id(), member_id=member_id, branch_id=PLACE,
            counter_id=PLACE, sold_at=NOW_MS, business_day="2026-11-21", items=3, gross=due,
            discount=0, redeemed=0, redeemed_value=0, due=due, paid_cash=due, earned=earned,
            tier=member.tier, program="bench@1", source="counter",
        )  # fmt: skip
        for line, price in enumerate(PRICES, start=1):
            SaleLine.create(
                sale_id=sale.sale_id, line=line, sku=f"A{line}", name="牛奶", category="food",
                quantity=1, unit_price=price, discount=0, amount=price, earned=price // 100,
                redeemed=0, redeemed_value=0,
            )  # fmt: skip
        _award(sale, earned)
        _journal(stream, sale)
        CounterDay.update(
            sales=CounterDay.sales + 1, amount=CounterDay.amount + due,
            member_sales=CounterDay.member_sales + 1,
            member_amount=CounterDay.member_amount + due, earned=CounterDay.earned + earned,
        ).where(CounterDay.branch_id == PLACE).execute()  # fmt: skip
        total = MemberTotal.get_by_id(member_id)
        total.visits += 1
        total.spend += due
        total.earned += earned
        total.last_on, total.last_at = "2026-11-21", NOW_MS
        total.save()


def _id() -> bytes:
    """Return an id in the order of time, as ours are."""
    return uuid7(time.time_ns() // 1_000_000, os.urandom(CHANCE_BYTES))


def _award(sale: Sale, earned: int) -> None:
    Lot.create(
        force_insert=True, lot_id=_id(), member_id=sale.member_id, op=sale.sale_id, leg=0,
        entry="earn", awarded=earned, remaining=earned, available_on="2026-11-21",
        opened_at=NOW_MS,
    )  # fmt: skip


def _journal(stream: Stream, sale: Sale) -> None:
    fields = {
        "v": 1, "t": "sale", "op": bytes(sale.sale_id).hex(), "s": STREAM.hex(),
        "q": stream.sequence + 1, "p": bytes(stream.head).hex(), "wall": NOW_MS,
        "m": bytes(sale.member_id).hex(), "due": sale.due, "earned": sale.earned,
        "lines": [{"sku": f"A{line}", "amount": price} for line, price in enumerate(PRICES)],
    }  # fmt: skip
    raw = json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()
    stream.sequence += 1
    stream.head = hashlib.sha256(bytes(stream.head) + raw).digest()
    stream.hlc += 1
    stream.save()
    Operation.create(
        stream_id=STREAM, sequence=stream.sequence, op=sale.sale_id, kind="sale",
        hash=stream.head, raw=raw, hlc=stream.hlc, member_id=sale.member_id, status="applied",
    )  # fmt: skip


def plain_by_phone(e164: str) -> Member:
    """Find a member by phone."""
    return Member.get(Member.phone == e164)


def plain_search(pattern: str, *, column: str) -> list[Member]:
    """Find the latest twenty visitors whose column is like a pattern."""
    query = (
        Member.select(Member, MemberTotal.last_on)
        .join(MemberTotal, on=(MemberTotal.member_id == Member.member_id))
        .where(getattr(Member, column) ** pattern)
        .order_by(MemberTotal.last_at.desc())
        .limit(20)
    )
    return list(query)


def plain_card(member_id: bytes) -> tuple[Member, MemberTotal, list[Lot]]:
    """Ask what a card shows, model by model."""
    member = Member.get(Member.member_id == member_id)
    total = MemberTotal.get_by_id(member_id)
    lots = list(Lot.select().where((Lot.member_id == member_id) & (Lot.remaining != 0)))
    return member, total, lots


def plain_page(member_id: bytes) -> list[list[SaleLine]]:
    """Ask for the card and the lines of the last twenty purchases, one purchase after another."""
    plain_card(member_id)
    sales = Sale.select().where(Sale.member_id == member_id).order_by(Sale.sold_at.desc()).limit(20)
    return [list(SaleLine.select().where(SaleLine.sale_id == sale.sale_id)) for sale in sales]
