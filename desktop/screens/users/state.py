"""The state of the users' screen: everyone at the left, at the right one of three panels."""

from dataclasses import dataclass

from desktop.widgets.banner import Notice
from desktop.widgets.choice_grid import Choice
from desktop.widgets.data_table import Row


@dataclass(frozen=True, slots=True)
class PersonPanel:
    """A person who was tapped: what may be done about him; empty captions are not there."""

    title: str
    text: str
    roles: tuple[Choice, ...]
    new_pin: str
    badge: str
    drop_badge: str
    let_go: str
    armed: bool = False


@dataclass(frozen=True, slots=True)
class NewPanel:
    """The form of a new person."""

    title: str
    text: str
    roles: tuple[Choice, ...]
    add: str


@dataclass(frozen=True, slots=True)
class ToldPanel:
    """A PIN or a badge that is told once; `code` is the badge's, nothing for a PIN."""

    title: str
    secret: str
    code: str
    text: str
    save: str


@dataclass(frozen=True, slots=True)
class UsersState:
    """The screen."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    add: str
    notice: Notice | None
    panel: PersonPanel | NewPanel | ToldPanel | None
