"""Public data sets as a shop whose history was brought in from a former system."""

import csv
from pathlib import Path

from tests.support.analytics_vectors import table
from tests.support.teller import told


def imported(folder: Path, name: str) -> Path:
    """Return a sandbox home into which a data set was brought."""
    source, home = folder / "source", folder / "home"
    source.mkdir()
    with (source / "purchases.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("purchase_id", "member_id", "purchased_at", "total"))
        for place, row in enumerate(table(name)):
            out.writerow((f"P{place}", row["member"], f"{row['day']}T00:00:00", row["total"]))
    assert told(home, "init", "--sandbox").code == 0
    brought = told(home, "history", "import", str(source))
    assert brought.code == 0
    assert brought.document["purchases"] == len(table(name))
    return home
