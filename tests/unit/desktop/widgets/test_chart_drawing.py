"""The shapes of a chart: true to its figures, for screen and paper alike."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.widgets.chart_drawing import Anchor, Bar, Block, Words, draw_bars, draw_shares


def measure(text: str, size: float) -> float:
    return len(text) * size * 0.6


def blocks(bars: tuple[Bar, ...]) -> list[Block]:
    shapes = draw_bars(bars, width=600, height=200, measure=measure)
    return [shape for shape in shapes if isinstance(shape, Block)]


def words(bars: tuple[Bar, ...], *, width: float = 600) -> list[Words]:
    shapes = draw_bars(bars, width=width, height=200, measure=measure)
    return [shape for shape in shapes if isinstance(shape, Words)]


def test_a_bar_twice_as_great_is_twice_as_high() -> None:
    small, great = blocks((Bar("a", 100, "100"), Bar("b", 200, "200")))

    assert great.height == 2 * small.height
    assert great.y + great.height == small.y + small.height


def test_the_greatest_bar_uses_the_height_there_is() -> None:
    (bar,) = blocks((Bar("a", 3, "3"),))

    assert bar.height > 100


def test_each_bar_carries_its_figure() -> None:
    written = [word.text for word in words((Bar("10:00", 320, "320"), Bar("11:00", 0, "0")))]

    assert sorted(written) == ["0", "10:00", "11:00", "320"]


def test_returns_hang_below_the_line() -> None:
    plus, minus = blocks((Bar("a", 100, "100"), Bar("b", -50, "−50")))

    assert minus.y == plus.y + plus.height
    assert minus.height == plus.height / 2


def test_labels_that_would_run_together_are_left_out_evenly() -> None:
    bars = tuple(Bar(f"{hour:02}:00", 1, "") for hour in range(24))

    labels = [word.text for word in words(bars, width=400) if ":" in word.text]

    assert labels[0] == "00:00"
    steps = {int(b[:2]) - int(a[:2]) for a, b in pairwise(labels)}
    assert len(steps) == 1
    assert steps.pop() > 1


def test_nothing_is_drawn_of_nothing() -> None:
    assert draw_bars((), width=600, height=200, measure=measure) == ()
    assert draw_shares((), width=600, row_height=40, measure=measure) == ()


def test_a_lying_bar_ends_before_its_figure() -> None:
    shapes = draw_shares(
        (Bar("饮料", 4210, "4,210"), Bar("零食", 0, "0")),
        width=400,
        row_height=40,
        measure=measure,
    )
    block = next(shape for shape in shapes if isinstance(shape, Block))
    figure = next(shape for shape in shapes if isinstance(shape, Words) and shape.text == "4,210")

    assert figure.anchor is Anchor.LEFT
    assert block.x + block.width < figure.x
    assert figure.x + measure(figure.text, figure.size) <= 400


amounts = st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=40)


@given(amounts)
def test_no_shape_leaves_the_picture(numbers: list[int]) -> None:
    bars = tuple(Bar("", number, "") for number in numbers)

    for block in blocks(bars):
        assert block.x >= 0
        assert block.x + block.width <= 600 + 1e-6
        assert block.y >= 0
        assert block.y + block.height <= 200 + 1e-6
