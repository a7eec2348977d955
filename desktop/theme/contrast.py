"""WCAG 2.2 contrast, and the pairs of colours that meet on a screen.

The pairs are data so that the test of the themes and the gallery speak about the same list.
Source: W3C WCAG 2.2, definitions of relative luminance and contrast ratio.
"""

from dataclasses import dataclass

TEXT_RATIO_MIN = 4.5
SHAPE_RATIO_MIN = 3.0


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio, 1 to 21, of two colours given as #RRGGBB."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 to 1, of a colour given as #RRGGBB."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    if channel <= 0.04045:  # noqa: PLR2004  the constants of the sRGB curve
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)


@dataclass(frozen=True, slots=True)
class Pair:
    """A foreground token that is drawn on a background token, and the least ratio it needs."""

    front: str
    back: str
    ratio_min: float


def _text(front: str, *backs: str) -> tuple[Pair, ...]:
    return tuple(Pair(front, back, TEXT_RATIO_MIN) for back in backs)


def _shape(front: str, *backs: str) -> tuple[Pair, ...]:
    return tuple(Pair(front, back, SHAPE_RATIO_MIN) for back in backs)


PAIRS: tuple[Pair, ...] = (
    *_text("text", "bg", "surface", "surface_2", "hover", "pressed", "primary_bg"),
    *_text("muted", "bg", "surface", "surface_2"),
    *_text("primary", "bg", "surface", "primary_bg"),
    *_text("on_primary", "primary", "primary_hover", "primary_pressed"),
    *_text("points", "bg", "surface", "points_bg"),
    *_text("ok", "bg", "surface", "ok_bg"),
    *_text("warn", "bg", "surface", "warn_bg"),
    *_text("error", "bg", "surface", "error_bg"),
    *_text("offline", "bg", "surface", "offline_bg"),
    *_shape("border", "bg", "surface", "surface_2"),
    *_shape("focus", "bg", "surface", "surface_2", "primary_bg"),
)
