"""A member's card on paper: his code, his masked name, the shop. The code holds the number only.

A staff badge is the same card with other words; its code signs in whoever holds it.

One card is a page of the size of a bank card (ISO/IEC 7810 ID-1, 85.6 × 54 mm) for card printers,
or stands on A4 with lines to cut along, ten to a sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from db.domain.lookup.names import mask_name
from db.queries.member_card import MemberCard
from desktop.devices.qr_code import code_matrix
from desktop.reports.paper import (
    A4_HEIGHT,
    A4_WIDTH,
    MM,
    Ink,
    Paper,
    fitted,
    width_of,
    wrapped,
)
from desktop.reports.words import Words

CARD_WIDTH: Final = 85.6 * MM
CARD_HEIGHT: Final = 54.0 * MM
CODE_SIDE: Final = 27.0 * MM
"""The code itself; the white of the card around it is its quiet zone."""
STRIPE: Final = 9.0 * MM
PADDING: Final = 6.0 * MM
RISE: Final = (CARD_HEIGHT - STRIPE - CODE_SIDE) / 2
"""How high above the edge the code stands: in the middle of the white."""
SHEET_COLUMNS: Final = 2
SHEET_ROWS: Final = 5
TITLE_SIZES: Final = (13.0, 12.0, 11.0, 10.0, 9.0)
NAME_SIZES: Final = (17.0, 15.0, 13.0, 11.0)


@dataclass(frozen=True, slots=True)
class CardFace:
    """What a card shows: a member's name is masked already, and there is no phone on it."""

    shop: str
    name: str
    tier: str
    number: str
    badge: bool = False


def card_face(card: MemberCard, *, shop: str, language: str) -> CardFace:
    """Return the face of a member's card, of a shop, in `zh_CN` or `en`."""
    tier = card.tier_name_zh if Words(language).chinese else card.tier_name_en
    return CardFace(shop=shop, name=mask_name(card.name), tier=tier, number=card.number)


def member_card_pdf(face: CardFace, *, language: str) -> bytes:
    """Return one card as a page of its own size."""
    words = Words(language)
    paper = Paper(
        title=words(_title(face)) if face.badge else f"{words('member_code')} {face.number}",
        width=CARD_WIDTH,
        height=CARD_HEIGHT,
    )
    _draw(paper, face, words, corner=(0.0, 0.0))
    return paper.finish()


def member_card_sheet_pdf(faces: Sequence[CardFace], *, language: str) -> bytes:
    """Return cards on A4, ten to a sheet, with lines to cut along."""
    assert faces, "a sheet has at least one card"
    words = Words(language)
    paper = Paper(title=words("member_code"))
    left = (A4_WIDTH - SHEET_COLUMNS * CARD_WIDTH) / 2
    low = (A4_HEIGHT - SHEET_ROWS * CARD_HEIGHT) / 2
    on_sheet = SHEET_COLUMNS * SHEET_ROWS
    for place, face in enumerate(faces):
        if place and place % on_sheet == 0:
            paper.turn()
        row, column = divmod(place % on_sheet, SHEET_COLUMNS)
        corner = (left + column * CARD_WIDTH, low + (SHEET_ROWS - 1 - row) * CARD_HEIGHT)
        _draw(paper, face, words, corner=corner)
        _cut_lines(paper, corner)
    return paper.finish()


def _draw(paper: Paper, face: CardFace, words: Words, *, corner: tuple[float, float]) -> None:
    left, low = corner
    paper.box((left, low + CARD_HEIGHT - STRIPE, CARD_WIDTH, STRIPE), fill="primary")
    wide = CARD_WIDTH - 2 * PADDING - 20 * MM
    shop = _fitting(face.shop, TITLE_SIZES, room=wide, colour="on_primary")
    base = low + CARD_HEIGHT - STRIPE / 2
    name = fitted(face.shop, shop, wide)
    paper.text((left + PADDING, base - shop.size * 0.36), name, shop)
    label = Ink(8, colour="on_primary")
    right = left + CARD_WIDTH - PADDING
    paper.text_right((right, base - label.size * 0.36), words(_title(face)), label)
    _code(paper, face.number, (right - CODE_SIDE, low + RISE))
    room = CARD_WIDTH - 2 * PADDING - CODE_SIDE - 4 * MM
    top = low + RISE + CODE_SIDE
    if face.name:
        ink = _fitting(face.name, NAME_SIZES, room=room)
        paper.text((left + PADDING, top - ink.size * 0.86), fitted(face.name, ink, room), ink)
    if face.tier:
        ink = Ink(10, colour="points", bold=True)
        paper.text((left + PADDING, top - 34), fitted(face.tier, ink, room), ink)
    lines = wrapped(
        words("badge_scan_me" if face.badge else "scan_me"), Ink(7.5, colour="muted"), room
    )
    for place, line in enumerate(reversed(lines)):
        height = low + RISE + 17 + place * 10
        paper.text((left + PADDING, height), line, Ink(7.5, colour="muted"))
    if not face.badge:  # what is printed can be copied by looking
        paper.text((left + PADDING, low + RISE + 1), face.number, Ink(11, bold=True))


def _title(face: CardFace) -> str:
    return "staff_badge" if face.badge else "member_code"


def _code(paper: Paper, number: str, corner: tuple[float, float]) -> None:
    """Draw the modules as one path, black on the card's white, so that no seam shows."""
    matrix = code_matrix(number)
    module = CODE_SIDE / len(matrix)
    left, low = corner
    canvas = paper.canvas
    canvas.setFillColorRGB(0, 0, 0)
    path = canvas.beginPath()
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                path.rect(left + x * module, low + (len(matrix) - 1 - y) * module, module, module)
    canvas.drawPath(path, stroke=0, fill=1)


def _cut_lines(paper: Paper, corner: tuple[float, float]) -> None:
    """Draw the dashed edge of a card."""
    left, low = corner
    canvas = paper.canvas
    canvas.setStrokeColor("#78838F")
    canvas.setLineWidth(0.4)
    canvas.setDash(2, 2)
    canvas.rect(left, low, CARD_WIDTH, CARD_HEIGHT, stroke=1, fill=0)
    canvas.setDash()


def _fitting(text: str, sizes: Sequence[float], *, room: float, colour: str = "text") -> Ink:
    """Return the largest of the sizes at which the text has room, else the smallest."""
    inks = [Ink(size, bold=True, colour=colour) for size in sizes]
    return next((ink for ink in inks if width_of(text, ink) <= room), inks[-1])
