"""The bundled face, so that every till looks the same whatever its system has.

Numbers stand in columns because the digits have equal advance; `digits_align` proves it at start.
"""

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from desktop.assets import font_file
from desktop.theme.tokens import FACES, Role

FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
FALLBACKS = ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC")


def load_fonts() -> tuple[str, ...]:
    """Register the bundled faces and return the families to use, best first.

    A file that cannot be read leaves the system's own Chinese face, never a failed start.
    """
    families: list[str] = []
    for name in FILES:
        handle = QFontDatabase.addApplicationFont(str(font_file(name)))
        if handle >= 0:
            families += QFontDatabase.applicationFontFamilies(handle)
    return (*dict.fromkeys(families), *FALLBACKS)


def font(families: tuple[str, ...], role: Role, *, scale: float = 1.0) -> QFont:
    """Return the font of a role of text at the till's scale."""
    face = FACES[role]
    made = QFont()
    made.setFamilies(list(families))
    made.setPixelSize(round(face.px * scale))
    made.setWeight(QFont.Weight.Bold if face.bold else QFont.Weight.Normal)
    return made


def digits_align(candidate: QFont) -> bool:
    """Say whether the ten digits all advance by the same width."""
    metrics = QFontMetricsF(candidate)
    return len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
