"""The tokens of the look: colours of both themes, sizes and type.

Every number and every hex value of the counter's look stands here and nowhere else. Sizes are in
pixels at 100 %; `Look` multiplies them by the till's scale.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme, as #RRGGBB."""

    bg: str
    surface: str
    surface_2: str
    hover: str
    pressed: str
    line: str  # hairline round cards and rows: decoration, bounds nothing you can press
    text: str
    muted: str
    border: str  # round whatever can be pressed or typed into
    primary: str
    primary_hover: str
    primary_pressed: str
    on_primary: str
    primary_bg: str
    points: str
    points_bg: str
    ok: str
    ok_bg: str
    warn: str
    warn_bg: str
    error: str
    error_bg: str
    offline: str
    offline_bg: str
    focus: str


LIGHT = Colours(
    bg="#F4F6F8",
    surface="#FFFFFF",
    surface_2="#E9EDF2",
    hover="#E1E7EE",
    pressed="#D3DCE6",
    line="#D5DCE3",
    text="#16202B",
    muted="#4A5766",
    border="#78838F",
    primary="#0B5FB0",
    primary_hover="#0A569F",
    primary_pressed="#08457F",
    on_primary="#FFFFFF",
    primary_bg="#DCEAF8",
    points="#7A4B00",
    points_bg="#FFF1D6",
    ok="#0F6B3A",
    ok_bg="#DDF3E6",
    warn="#8A4B00",
    warn_bg="#FFEFD6",
    error="#B3261E",
    error_bg="#FCE4E2",
    offline="#43505E",
    offline_bg="#E3E8ED",
    focus="#0B5FB0",
)

DARK = Colours(
    bg="#10161C",
    surface="#1A222B",
    surface_2="#26313C",
    hover="#2C3845",
    pressed="#354452",
    line="#303C48",
    text="#EEF3F8",
    muted="#B4C0CC",
    border="#7E8B99",
    primary="#7DBBF5",
    primary_hover="#93C7F8",
    primary_pressed="#A9D2FA",
    on_primary="#08223C",
    primary_bg="#15324C",
    points="#F2C265",
    points_bg="#3A2C0E",
    ok="#7FD6A4",
    ok_bg="#123322",
    warn="#F2B666",
    warn_bg="#3A2A10",
    error="#FF9A92",
    error_bg="#451A18",
    offline="#C3CED9",
    offline_bg="#2B3642",
    focus="#FFD166",
)


@dataclass(frozen=True, slots=True)
class Face:
    """One role of type: pixels at 100 % and weight (the bundled font has 400 and 700)."""

    px: int
    bold: bool


class Role(StrEnum):
    """What a piece of text is for; decides its size and weight."""

    AMOUNT = "amount"
    POINTS = "points"
    TITLE = "title"
    PRIMARY = "primary"
    BUTTON = "button"
    BODY = "body"
    STRONG = "strong"
    LABEL = "label"
    RAIL = "rail"
    TABLE = "table"


FACES: dict[Role, Face] = {
    Role.AMOUNT: Face(40, bold=True),
    Role.POINTS: Face(28, bold=True),
    Role.TITLE: Face(24, bold=True),
    Role.PRIMARY: Face(22, bold=True),
    Role.BUTTON: Face(18, bold=False),
    Role.BODY: Face(16, bold=False),
    Role.STRONG: Face(16, bold=True),
    Role.LABEL: Face(15, bold=False),
    Role.RAIL: Face(14, bold=True),
    Role.TABLE: Face(16, bold=False),
}

SPACE = (4, 8, 12, 16, 24, 32, 48)
GAP = 8
RADIUS = 8
RADIUS_CHIP = 6
HAIRLINE = 1
FRAME = 3  # the blue frame that says where digits go
FOCUS_RING = 3
FOCUS_GAP = 2

KEY_WIDTH = 128
KEY_WIDTH_COMPACT = 112
KEY_HEIGHT = 80
PRIMARY_HEIGHT = 96
SECONDARY_HEIGHT = 64
AMOUNT_HEIGHT = 88
ROW_HEIGHT = 56
TABLE_ROW_HEIGHT = 48
TARGET_MIN = 48
TOP_BAR_HEIGHT = 56
RAIL_WIDTH = 88
RAIL_WIDTH_COMPACT = 72
COMPACT_BELOW = 1200  # window width in pixels at 100 %
LEAST_WIDTH, LEAST_HEIGHT = 1024, 700  # of a window at 100 %

SCALE_PERCENT_MIN = 90
SCALE_PERCENT_MAX = 160
DOUBLE_TAP_MS = 250
QR_MIN_MM = 25
