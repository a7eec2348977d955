"""What a receipt printer can do, as the shop's test page shows it.

Paper of 58 mm has 384 dots and 32 columns, paper of 80 mm 576 dots and 48 columns; some makes
differ, so the columns can be set. Which characters a printer knows cannot be asked: the shop looks
at the test page and chooses.
"""

from dataclasses import dataclass
from enum import StrEnum

DOTS_PER_COLUMN = 12
COLUMNS_MIN, COLUMNS_MAX = 24, 64


class Paper(StrEnum):
    """Widths of receipt paper."""

    MM58 = "58"
    MM80 = "80"


class Charset(StrEnum):
    """The Chinese characters a printer knows; `picture` sends every line as a bitmap.

    What a GB18030 printer has beyond GBK cannot be relied on, so both print GBK's characters as
    text and others as a bitmap (DECISIONS 40).
    """

    GBK = "gbk"
    GB2312 = "gb2312"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """How to speak to one printer; `drawer_pin` is the connector's pin 2 or 5.

    `reports` says that it answers status questions. Without it nothing is ever called printed.
    """

    paper: Paper = Paper.MM80
    columns: int = 0
    charset: Charset = Charset.GBK
    draws_codes: bool = True
    cuts: bool = True
    drawer_pin: int = 2
    reports: bool = True

    @property
    def dots(self) -> int:
        """Return how many dots a line has."""
        return 384 if self.paper is Paper.MM58 else 576

    @property
    def width(self) -> int:
        """Return how many columns a line has."""
        return self.columns or self.dots // DOTS_PER_COLUMN
