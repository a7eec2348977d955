"""The state of a member's page: who he is, his tabs, what may be done, and the sheet of one act."""

from dataclasses import dataclass, field
from enum import StrEnum

from desktop.widgets.banner import Notice
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.choice_grid import Choice
from desktop.widgets.data_table import Column, Row
from desktop.widgets.qr_view import Matrix
from desktop.widgets.result_list import ResultRow


class ActKind(StrEnum):
    """What can be done to a member from his page."""

    EDIT = "edit"
    PHONE = "phone"
    RECYCLED = "recycled"
    ADJUST = "adjust"
    FREEZE = "freeze"
    UNFREEZE = "unfreeze"
    REVEAL = "reveal"
    MERGE = "merge"
    UNMERGE = "unmerge"
    TAG = "tag"
    CONSENT = "consent"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class TablePage:
    """The rows of a tab; the sentence stands in their place where there are none."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str
    more: bool = False


@dataclass(frozen=True, slots=True)
class ActButton:
    """The way to an act; greyed, its words name whom to ask."""

    kind: ActKind
    text: str
    usable: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """The tab of what is known of him, and the acts on it."""

    facts: tuple[Benefit, ...] = ()
    acts: tuple[ActButton, ...] = ()


@dataclass(frozen=True, slots=True)
class Privacy:
    """What he agreed to, the one tap that takes the marketing back, and what was changed."""

    consents: tuple[Benefit, ...]
    agreed: bool  # to marketing
    consent: ActButton
    erase: ActButton
    changes: TablePage


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
    tags: tuple[str, ...]
    reveal: ActButton
    tag: ActButton
    history: TablePage
    points: TablePage
    coupons: TablePage
    value: TablePage
    profile: Profile
    privacy: Privacy
    notice: Notice | None = None
    keeps_value: bool = False  # the program has stored value


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A line to type into; `hint` stands in it while it is empty."""

    name: str
    label: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ActState:
    """The sheet of one act: what is typed, why, who approves, what the button will do."""

    title: str
    intro: str
    confirm: str
    usable: bool
    danger: bool = False
    fields: tuple[FieldRow, ...] = ()
    genders: tuple[Choice, ...] = ()
    reasons: tuple[Choice, ...] = ()
    candidates: tuple[ResultRow, ...] = field(default=())
    current: int = -1
    prompt: str = ""
    approvers: tuple[Choice, ...] = ()
    asks_pin: bool = False
    notice: Notice | None = None
