"""Paper: pages of a PDF with our face, our colours, a head on the first and a foot on each.

reportlab embeds the glyphs that are used of the whole bundled font, so a rare name prints. It is
imported when the first page is made: 80 ms that the counter's start does not pay. Points are 1/72
inch, y grows upwards.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from desktop.assets import font_file
from desktop.theme.tokens import LIGHT

A4_WIDTH: Final = 595.28
A4_HEIGHT: Final = 841.89
MARGIN: Final = 42.0
MM: Final = 72 / 25.4
REGULAR: Final = "NotoSansSC"
BOLD: Final = "NotoSansSC-Bold"
ELLIPSIS: Final = "…"
HAIRLINE: Final = 0.6
_FOOT: Final = 26.0

Point = tuple[float, float]
Area = tuple[float, float, float, float]
"""Lower left corner, width and height."""


@dataclass(frozen=True, slots=True)
class Ink:
    """How a text is written: points, weight and a token of the light theme."""

    size: float = 9.5
    bold: bool = False
    colour: str = "text"

    @property
    def font(self) -> str:
        """Return the name the font is registered under."""
        return BOLD if self.bold else REGULAR


def load_pdf_fonts() -> None:
    """Register both weights of the bundled face; again changes nothing."""
    from reportlab.pdfbase.pdfmetrics import getRegisteredFontNames, registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    if BOLD in getRegisteredFontNames():
        return
    registerFont(TTFont(REGULAR, font_file("NotoSansSC-Regular.ttf")))
    registerFont(TTFont(BOLD, font_file("NotoSansSC-Bold.ttf")))


def width_of(text: str, ink: Ink) -> float:
    """Return how wide a text is in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, ink.font, ink.size))


def fitted(text: str, ink: Ink, width: float) -> str:
    """Return a text cut to a width with an ellipsis; figures are never given to this."""
    if width_of(text, ink) <= width:
        return text
    while text and width_of(text + ELLIPSIS, ink) > width:
        text = text[:-1]
    return text + ELLIPSIS


def wrapped(text: str, ink: Ink, width: float) -> list[str]:
    """Return the lines of a sentence: broken between Latin words, or between any two characters."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width_of(line + piece.rstrip(), ink) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


class Paper:
    """A document being written: a canvas, and a pen that moves down page after page."""

    def __init__(self, *, title: str, width: float = A4_WIDTH, height: float = A4_HEIGHT) -> None:
        """Begin the first page."""
        from reportlab.pdfgen.canvas import Canvas

        load_pdf_fonts()
        self._bytes = BytesIO()
        self.canvas: Canvas = Canvas(
            self._bytes, pagesize=(width, height), pageCompression=1, invariant=1
        )
        self.canvas.setTitle(title)
        self.canvas.setCreator("Guitai")
        self.width, self.height = width, height
        self.y = height - MARGIN
        self._pages: list[dict[str, object]] = []

    @property
    def inner_width(self) -> float:
        """Return what lies between the margins."""
        return self.width - 2 * MARGIN

    def fits(self, height: float) -> bool:
        """Say whether so many points are left above the foot."""
        return self.y - height >= MARGIN + _FOOT

    def need(self, height: float) -> None:
        """Go on to the next page unless so many points are left."""
        if not self.fits(height):
            self.turn()

    def turn(self) -> None:
        """Begin the next page; this one waits for its foot until all are counted."""
        self._pages.append(dict(self.canvas.__dict__))
        self.canvas._startPage()  # type: ignore[attr-defined]  # noqa: SLF001  reportlab's known way to count pages
        self.y = self.height - MARGIN

    def text(self, at: Point, text: str, ink: Ink = Ink()) -> None:
        """Write from a point to the right."""
        self._dip(ink)
        self.canvas.drawString(*at, text)

    def text_right(self, at: Point, text: str, ink: Ink = Ink()) -> None:
        """Write so that the text ends at a point."""
        self._dip(ink)
        self.canvas.drawRightString(*at, text)

    def text_middle(self, at: Point, text: str, ink: Ink = Ink()) -> None:
        """Write so that a point is in the middle of the text."""
        self._dip(ink)
        self.canvas.drawCentredString(*at, text)

    def box(self, area: Area, *, fill: str, radius: float = 0) -> None:
        """Fill a rectangle."""
        self.canvas.setFillColor(colour_of(fill))
        self.canvas.roundRect(*area, radius, stroke=0, fill=1)

    def frame(self, area: Area, *, radius: float = 0) -> None:
        """Draw the hairline of a card."""
        self.canvas.setStrokeColor(colour_of("line"))
        self.canvas.setLineWidth(HAIRLINE)
        self.canvas.roundRect(*area, radius, stroke=1, fill=0)

    def rule(self, x1: float, x2: float, y: float, *, colour: str = "line") -> None:
        """Draw a level hairline."""
        self.canvas.setStrokeColor(colour_of(colour))
        self.canvas.setLineWidth(HAIRLINE)
        self.canvas.line(x1, y, x2, y)

    def finish(self, foot: "Foot | None" = None) -> bytes:
        """Write the feet and return the document."""
        self._pages.append(dict(self.canvas.__dict__))
        for number, page in enumerate(self._pages, start=1):
            self.canvas.__dict__.update(page)
            if foot is not None:
                self._write_foot(foot, number)
            self.canvas.showPage()
        self.canvas.save()
        return self._bytes.getvalue()

    def _write_foot(self, foot: "Foot", number: int) -> None:
        ink = Ink(7.5, colour="muted")
        base = MARGIN - 12
        self.rule(MARGIN, self.width - MARGIN, base + 13)
        self.text((MARGIN, base), foot.left, ink)
        page = foot.page.format(page=number, pages=len(self._pages))
        self.text_right((self.width - MARGIN, base), page, ink)

    def _dip(self, ink: Ink) -> None:
        self.canvas.setFont(ink.font, ink.size)
        self.canvas.setFillColor(colour_of(ink.colour))


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands under each page; `page` has {page} and {pages} in it."""

    left: str
    page: str


def colour_of(token: str) -> str:
    """Return a token of the light theme, which is what paper has, or a written colour."""
    return token if token.startswith("#") else str(getattr(LIGHT, token))


def _pieces(text: str) -> list[str]:
    """Split where a line may end: after each Chinese character, after each Latin word."""
    pieces, word = [], ""
    for character in text:
        word += character
        if character == " " or not character.isascii():
            pieces.append(word)
            word = ""
    return [*pieces, word] if word else pieces
