"""The colours can be read: WCAG 2.2 AA for every pair that meets, in both themes."""

import pytest

from desktop.theme.contrast import PAIRS, Pair, contrast
from desktop.theme.tokens import DARK, LIGHT, Colours


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.front}-on-{pair.back}")
def test_every_pair_of_colours_can_be_told_apart(pair: Pair, theme: Colours) -> None:
    ratio = contrast(getattr(theme, pair.front), getattr(theme, pair.back))

    assert ratio >= pair.ratio_min


def test_contrast_of_black_and_white_is_the_greatest_there_is() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)


def test_contrast_agrees_with_a_published_figure() -> None:
    # The darkest grey that WCAG's own pages name as passing 4.5 on white.
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)
