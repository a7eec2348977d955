"""The look of this till: one theme at one scale, handed to every widget.

There is no global: whoever draws has been given the `Look`. When it changes it dresses the
application first and then says so once; widgets measure themselves again and repaint.
"""

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QColor, QFont, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from desktop.theme.fonts import font, load_fonts
from desktop.theme.icons import icon_pixmap
from desktop.theme.stylesheet import stylesheet
from desktop.theme.tokens import (
    DARK,
    LEAST_HEIGHT,
    LEAST_WIDTH,
    LIGHT,
    SCALE_PERCENT_MAX,
    SCALE_PERCENT_MIN,
    Colours,
    Role,
)

PPI_FALLBACK = 100.0
PPI_BELIEVED = (60.0, 400.0)
MM_PER_INCH = 25.4


class Look(QObject):
    """Colours, sizes, fonts and icons as this till shows them.

    Signals:
        changed: the theme or the scale is another one; measure and repaint.
    """

    changed = Signal()

    def __init__(self, app: QApplication, *, dark: bool = False, percent: int = 100) -> None:
        """Load the fonts and dress the application."""
        super().__init__(app)
        self._app = app
        self._families = load_fonts()
        self._dark = dark
        self._percent = _believable(percent)
        self._fonts: dict[Role, QFont] = {}
        app.setStyle("Fusion")
        self._dress()

    @property
    def dark(self) -> bool:
        """Whether the dark theme is on."""
        return self._dark

    @property
    def percent(self) -> int:
        """The scale, 90 to 160."""
        return self._percent

    @property
    def colours(self) -> Colours:
        """The colours of the theme that is on."""
        return DARK if self._dark else LIGHT

    def switch(self, *, dark: bool | None = None, percent: int | None = None) -> None:
        """Change theme, scale or both at run time; the scale is held between 90 and 160 %."""
        self._dark = self._dark if dark is None else dark
        self._percent = self._percent if percent is None else _believable(percent)
        self._dress()
        self.changed.emit()

    def px(self, at_100_percent: float) -> int:
        """Return a size of the tokens in pixels of this till."""
        return round(at_100_percent * self._percent / 100)

    def mm(self, millimetres: float) -> int:
        """Return a length on the glass in pixels, from the screen's own size where believable."""
        ppi = self._app.primaryScreen().physicalDotsPerInch()
        low, high = PPI_BELIEVED
        if not low <= ppi <= high:
            ppi = PPI_FALLBACK * self._percent / 100
        return round(millimetres * ppi / MM_PER_INCH)

    def font(self, role: Role) -> QFont:
        """Return the font of a role of text."""
        if role not in self._fonts:
            self._fonts[role] = font(self._families, role, scale=self._percent / 100)
        return self._fonts[role]

    def colour(self, token: str) -> QColor:
        """Return a token of the theme as a colour to paint with."""
        return QColor(getattr(self.colours, token))

    def icon(self, name: str, token: str, *, px: int, ratio: float = 1.0) -> QPixmap:
        """Return a tinted icon, ``px`` at 100 %."""
        colour: str = getattr(self.colours, token)
        return icon_pixmap(name, colour=colour, px=self.px(px), ratio=ratio)

    def _dress(self) -> None:
        self._fonts.clear()
        self._app.setFont(self.font(Role.BODY))
        self._app.setPalette(_palette(self.colours))
        self._app.setStyleSheet(stylesheet(self.colours, percent=self._percent))


def percent_that_fits(percent: int, room: QSize) -> int:
    """Return the scale, or the largest one above 100 % at which a screen still holds the window."""
    fits = min(room.width() * 100 // LEAST_WIDTH, room.height() * 100 // LEAST_HEIGHT)
    return min(percent, max(100, fits // 10 * 10))


def _believable(percent: int) -> int:
    return min(max(percent, SCALE_PERCENT_MIN), SCALE_PERCENT_MAX)


def _palette(colours: Colours) -> QPalette:
    """Give Fusion, and every menu or dialog that the sheet does not name, the same colours."""
    part = QPalette.ColorRole
    palette = QPalette()
    for role, value in (
        (part.Window, colours.bg),
        (part.WindowText, colours.text),
        (part.Base, colours.surface),
        (part.AlternateBase, colours.surface_2),
        (part.Text, colours.text),
        (part.PlaceholderText, colours.muted),
        (part.Button, colours.surface_2),
        (part.ButtonText, colours.text),
        (part.Highlight, colours.primary),
        (part.HighlightedText, colours.on_primary),
        (part.ToolTipBase, colours.surface),
        (part.ToolTipText, colours.text),
        (part.Link, colours.primary),
        (part.Accent, colours.primary),
        (part.Mid, colours.border),
    ):
        palette.setColor(role, QColor(value))
    for role in (part.WindowText, part.Text, part.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return palette
