"""The places of the rail: only rooms that exist. Their order is Ctrl+1, Ctrl+2, Ctrl+3."""

from enum import StrEnum


class Place(StrEnum):
    """Where the cashier is."""

    COUNTER = "counter"
    MEMBERS = "members"
    REPORT = "report"


ICONS = {
    Place.COUNTER: "shopping-cart",
    Place.MEMBERS: "users",
    Place.REPORT: "chart-column",
}
