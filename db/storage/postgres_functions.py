"""What SQLite has and PostgreSQL has not: given to the database once, in a schema of its own.

Sums of whole numbers stay whole numbers of 64 bits (PostgreSQL's own would be `numeric`), `max`
and `min` of two values are nothing when one of them is, and an unreadable `unhex` is nothing.
All are immutable and say no more than their namesakes in SQLite's manual (lang_corefunc.html).
"""

SCHEMA = "guitai"
_NUMBER, _TEXT, _BYTES = "bigint", "text", "bytea"


def _function(head: str, returns: str, body: str, *, strict: bool = True) -> str:
    null = "STRICT" if strict else "CALLED ON NULL INPUT"
    return (
        f"CREATE OR REPLACE FUNCTION {SCHEMA}.{head} RETURNS {returns}"
        f" LANGUAGE sql IMMUTABLE PARALLEL SAFE {null} AS $$ {body} $$"
    )


def _two_valued(kind: str) -> list[str]:
    return [
        _function(f"max({kind}, {kind})", kind, "SELECT CASE WHEN $1 >= $2 THEN $1 ELSE $2 END"),
        _function(f"min({kind}, {kind})", kind, "SELECT CASE WHEN $1 <= $2 THEN $1 ELSE $2 END"),
        _function(
            f"iif(boolean, {kind}, {kind})",
            kind,
            "SELECT CASE WHEN $1 THEN $2 ELSE $3 END",
            strict=False,
        ),
    ]


def _aggregate(head: str, kind: str, step: str) -> str:
    return (
        f"CREATE OR REPLACE AGGREGATE {SCHEMA}.{head}"
        f" (SFUNC = {step}, STYPE = {kind}, COMBINEFUNC = {step}, PARALLEL = SAFE)"
    )


FUNCTIONS = (
    f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}",
    *(line for kind in (_NUMBER, _TEXT, _BYTES) for line in _two_valued(kind)),
    _aggregate("sum(bigint)", _NUMBER, "pg_catalog.int8pl"),
    _aggregate("max(bytea)", _BYTES, f"{SCHEMA}.max"),
    _aggregate("min(bytea)", _BYTES, f"{SCHEMA}.min"),
    _function("hex(bytea)", _TEXT, "SELECT upper(encode($1, 'hex'))"),
    _function(
        "unhex(text)",
        _BYTES,
        "SELECT CASE WHEN $1 ~ '^([0-9A-Fa-f]{2})*$' THEN decode($1, 'hex') END",
    ),
    _function("zeroblob(integer)", _BYTES, "SELECT decode(repeat('00', $1), 'hex')"),
    _function("instr(text, text)", _NUMBER, "SELECT strpos($1, $2)::bigint"),
    _function("substr(text, bigint, bigint)", _TEXT, "SELECT substr($1, $2::int, $3::int)"),
    _function(
        "json_each(text)",
        "TABLE (key bigint, value text)",
        "SELECT place - 1, item FROM"
        " json_array_elements_text($1::json) WITH ORDINALITY AS list(item, place)",
    ),
)
"""Statements, in order; running them again changes nothing."""
