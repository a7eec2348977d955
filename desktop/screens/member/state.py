"""The state of a member's page: who he is, his figures, what happened, his code."""

from dataclasses import dataclass

from desktop.widgets.banner import Notice
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.data_table import Column, Row
from desktop.widgets.qr_view import Matrix


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """The rows of the history tab; the sentence stands in their place where there are none."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str
    more: bool


@dataclass(frozen=True, slots=True)
class MemberState:
    """The page; without a name it is still being read."""

    name: str
    phone: str
    tier: str
    joined: str
    figures: tuple[Benefit, ...]
    facts: tuple[Benefit, ...]
    upgrade: str
    upgrade_share: int  # 0 to 100; -1: there is no next level
    number: str
    code: Matrix
    can_save: bool
    usable: bool
    history: HistoryPage
    notice: Notice | None = None
    keeps_value: bool = False  # the program has stored value
