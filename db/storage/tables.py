"""Peewee's view of the schema, for the tables that change once a year; none is bound.

An unbound table cannot run a query, so the only way to the data is a unit of work, and one
process can hold several storages, which the simulation needs. Hot tables (sale, operation,
ledger, lookup) are written with constant SQL in their repositories: peewee's builder would cost
60 to 185 µs a statement there. The migrations are the schema; a test holds these to them.
"""

from peewee import BlobField, IntegerField, Model, TextField


class BranchTable(Model):
    """A row of `branch`."""

    branch_id = BlobField(primary_key=True)
    name = TextField(unique=True)
    timezone = TextField()
    day_cut_minutes = IntegerField()

    class Meta:
        table_name = "branch"


class CounterTable(Model):
    """A row of `counter`."""

    counter_id = BlobField(primary_key=True)
    branch_id = BlobField()
    name = TextField()
    number_block = TextField(null=True)

    class Meta:
        table_name = "counter"
