"""The shift as facts: what opening and closing write."""

import msgspec


class ShiftOpenBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `shift_open`; the float is in 分."""

    number: int
    opening_float: int = 0


class ShiftCloseBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `shift_close`: counted cash and the till's Z total in 分, if given."""

    shift: str
    counted: int | None = None
    till_total: int | None = None
