"""The state of the devices' screen: one tab's settings, what can be tried, and the one button."""

from dataclasses import dataclass
from enum import IntEnum

from desktop.widgets.banner import Notice
from desktop.widgets.choice_grid import Choice
from desktop.widgets.qr_view import Matrix


class Tab(IntEnum):
    """The tabs in their order."""

    PRINTER = 0
    DISPLAY = 1
    SCANNER = 2
    SOUND_AND_SIZE = 3


@dataclass(frozen=True, slots=True)
class Group:
    """One setting: its name, and the values to choose from."""

    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class AddressForm:
    """Where a device is: typed, or one of the ports that are there."""

    text: str
    hint: str
    wrong: bool
    ports: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One scan of the known code, or the place for it."""

    text: str
    done: bool = False
    good: bool = False


@dataclass(frozen=True, slots=True)
class Calibration:
    """The known code and how its scans went."""

    code: Matrix
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Confirm:
    """The button: what it keeps, or why there is nothing to keep."""

    text: str
    usable: bool = False


@dataclass(frozen=True, slots=True)
class DevicesState:
    """The screen; `card` shows the outline of a bank card at the scale that is on."""

    tab: Tab
    about: str
    groups: tuple[Group, ...]
    address: AddressForm | None
    trials: tuple[str, ...]
    calibration: Calibration | None
    card: bool
    confirm: Confirm
    notice: Notice | None = None
