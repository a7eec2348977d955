"""A bar chart as a list of shapes, so that the screen and the PDF show the same one.

Pure: no Qt, no PDF. Whoever paints it brings a way to measure text, and looks colours up by token.
Bars start at zero, and each carries its own figure, so there is no axis to read off.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

LABEL_PX = 14
VALUE_PX = 15
GAP_SHARE = 0.35  # of the slot of a bar is air
BAR_MAX = 72
BAR_MIN = 2
TEXT_GAP = 6
TEXT_LINE = 1.35

Measure = Callable[[str, float], float]
"""Width of a text at a size, both in the units of the drawing."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its place's name, its size, and the figure written at its end."""

    label: str
    amount: int
    figure: str
    emphasis: bool = False


class Anchor(StrEnum):
    """Which end of a text its point is."""

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Block:
    """A filled rectangle; y grows downwards."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line one unit thick."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str


@dataclass(frozen=True, slots=True)
class Words:
    """A text on its baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    anchor: Anchor
    bold: bool = False


Shape = Block | Rule | Words


def draw_bars(
    bars: tuple[Bar, ...],
    *,
    width: float,
    height: float,
    measure: Measure,
    scale: float = 1.0,
) -> tuple[Shape, ...]:
    """Draw upright bars in a rectangle; negative amounts hang below the zero line.

    Labels that would run into their neighbours are left out evenly: every second, every third.
    """
    if not bars:
        return ()
    line = VALUE_PX * TEXT_LINE * scale + TEXT_GAP * scale
    top = max(0, *(bar.amount for bar in bars))
    bottom = min(0, *(bar.amount for bar in bars))
    room = height - 2 * line - (line if bottom else 0)
    unit = room / ((top - bottom) or 1)
    zero = line + top * unit
    slot = width / len(bars)
    step = _label_step(bars, slot=slot, measure=measure, scale=scale)
    shapes: list[Shape] = []
    for place, bar in enumerate(bars):
        middle = slot * (place + 0.5)
        shapes += _bar(bar, middle=middle, zero=zero, unit=unit, slot=slot, scale=scale)
        if _figure_fits(bar, slot=slot, measure=measure, scale=scale):
            shapes.append(_figure(bar, middle=middle, zero=zero, unit=unit, scale=scale))
        if place % step == 0:
            size = LABEL_PX * scale
            base = height - size * (TEXT_LINE - 1)
            shapes.append(Words(middle, base, bar.label, size, "muted", Anchor.MIDDLE))
    shapes.append(Rule(0, zero, width, zero, "border"))
    return tuple(shapes)


def draw_shares(
    bars: tuple[Bar, ...],
    *,
    width: float,
    row_height: float,
    measure: Measure,
    scale: float = 1.0,
) -> tuple[Shape, ...]:
    """Draw lying bars, one row each, label at the left and figure after the bar's end."""
    if not bars:
        return ()
    size = VALUE_PX * scale
    gap = 2 * TEXT_GAP * scale
    left = max(measure(bar.label, size) for bar in bars) + gap
    right = max(measure(bar.figure, size) for bar in bars) + gap
    most = max(1, *(bar.amount for bar in bars))
    unit = max(width - left - right, 1) / most
    shapes: list[Shape] = []
    for place, bar in enumerate(bars):
        middle = row_height * (place + 0.5)
        thick = min(row_height * (1 - GAP_SHARE), BAR_MAX * scale)
        long = max(bar.amount * unit, BAR_MIN * scale if bar.amount else 0)
        base = middle + size * 0.36
        shapes += [
            Words(left - gap, base, bar.label, size, "text", Anchor.RIGHT),
            Block(left, middle - thick / 2, long, thick, _colour(bar)),
            Words(left + long + gap / 2, base, bar.figure, size, "text", Anchor.LEFT),
        ]
    shapes.append(Rule(left, 0, left, row_height * len(bars), "border"))
    return tuple(shapes)


def _bar(
    bar: Bar, *, middle: float, zero: float, unit: float, slot: float, scale: float
) -> list[Shape]:
    if not bar.amount:
        return []
    wide = min(slot * (1 - GAP_SHARE), BAR_MAX * scale)
    high = max(abs(bar.amount) * unit, BAR_MIN * scale)
    y = zero - high if bar.amount > 0 else zero
    return [Block(middle - wide / 2, y, wide, high, _colour(bar))]


def _figure(bar: Bar, *, middle: float, zero: float, unit: float, scale: float) -> Words:
    end = zero - bar.amount * unit
    gap = TEXT_GAP * scale
    y = end - gap if bar.amount >= 0 else end + gap + VALUE_PX * scale
    return Words(middle, y, bar.figure, VALUE_PX * scale, "text", Anchor.MIDDLE, bar.emphasis)


def _colour(bar: Bar) -> str:
    return "points" if bar.emphasis else "primary"


def _figure_fits(bar: Bar, *, slot: float, measure: Measure, scale: float) -> bool:
    return bar.emphasis or measure(bar.figure, VALUE_PX * scale) <= slot - 2 * scale


def _label_step(bars: tuple[Bar, ...], *, slot: float, measure: Measure, scale: float) -> int:
    widest = max(measure(bar.label, LABEL_PX * scale) for bar in bars) + TEXT_GAP * scale
    return max(-(-int(widest) // max(int(slot), 1)), 1)
