"""The places of the rail: only rooms that exist. Their order is Ctrl+1 to Ctrl+4."""

from enum import StrEnum


class Place(StrEnum):
    """Where the cashier is."""

    COUNTER = "counter"
    MEMBERS = "members"
    SALES = "sales"
    REPORT = "report"


ICONS = {
    Place.COUNTER: "shopping-cart",
    Place.MEMBERS: "users",
    Place.SALES: "receipt-text",
    Place.REPORT: "chart-column",
}
