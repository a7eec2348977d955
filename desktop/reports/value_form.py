"""How what is owed for stored value is shown on paper and in workbooks: a row a purse."""

from collections.abc import Mapping
from typing import Any, Final

from desktop.reports.book import Field, Kind, ReportForm, TableForm
from desktop.wording.speech import Voice

_PURSES: Final = {"principal": ("本金", "Principal"), "bonus": ("赠金", "Bonus")}
VALUE_FORM: Final = ReportForm(
    ("储值负债", "Stored value owed"),
    (
        "口径：期初＋充值－消费－退还－过期＝期末，等于所有会员的储值余额；本金和赠金分开。",
        "Opening + paid in − spent − paid out − expired = closing, which is what members hold.",
    ),
    (Field("liability", Kind.MONEY, ("期末负债", "Owed at the end")),),
    (
        TableForm(
            "rows",
            ("各门店", "By branch"),
            (
                Field("branch", Kind.TEXT, ("门店", "Branch")),
                Field("purse", Kind.TEXT, ("钱包", "Purse")),
                Field("opening", Kind.MONEY, ("期初", "Opening")),
                Field("topped_up", Kind.MONEY, ("充值", "Paid in")),
                Field("spent", Kind.MONEY, ("消费", "Spent")),
                Field("refunded", Kind.MONEY, ("退还", "Paid out")),
                Field("expired", Kind.MONEY, ("过期", "Expired")),
                Field("closing", Kind.MONEY, ("期末", "Closing")),
            ),
        ),
    ),
)


def value_rows(document: Mapping[str, Any], say: Voice) -> list[dict[str, Any]]:
    """Return the rows of a document: two purses a branch, then of the whole shop."""
    whole = {"branch": say("合计", "Total"), **{name: document[name] for name in _PURSES}}
    branches = [*document["branches"], *([whole] if len(document["branches"]) > 1 else [])]
    return [
        {"branch": each["branch"], "purse": say(*said), **each[name]}
        for each in branches
        for name, said in _PURSES.items()
    ]
