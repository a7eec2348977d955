"""Three scans of a known code: what they say about the scanner, whatever garbles it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.lookup.scans import Unknown, classify
from desktop.devices.calibration import (
    GAP_MS_MAX,
    GAP_MS_MIN,
    SCANS,
    TRIAL_CODE,
    Ending,
    Fault,
    Heard,
    WedgeScan,
    WedgeSettings,
    judged,
    settled,
)
from desktop.devices.keyboard_layout import Layout, mistyped, repaired

LETTERS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", max_size=40)


def scan(text: str, *, gap_ms: int = 6, ending: Ending = Ending.ENTER) -> WedgeScan:
    return WedgeScan(text, (gap_ms,) * (len(text) - 1), ending)


@given(code=LETTERS, layout=st.sampled_from(Layout))
def test_what_another_layout_makes_of_a_code_is_undone(code: str, layout: Layout) -> None:
    assert repaired(mistyped(code, layout), layout) == code


def test_the_known_code_is_no_code_of_ours() -> None:
    assert isinstance(classify(TRIAL_CODE), Unknown)


@pytest.mark.parametrize(
    ("text", "fault", "layout"),
    [
        (TRIAL_CODE, None, Layout.US),
        (TRIAL_CODE.lower(), Fault.CAPS, Layout.US),
        (mistyped(TRIAL_CODE, Layout.QWERTZ), Fault.LAYOUT, Layout.QWERTZ),
        (mistyped(TRIAL_CODE, Layout.AZERTY), Fault.LAYOUT, Layout.AZERTY),
        (mistyped(TRIAL_CODE.lower(), Layout.AZERTY), Fault.LAYOUT, Layout.AZERTY),
        (TRIAL_CODE[4:], Fault.CUT, Layout.US),
        ("贵太AI", Fault.IME, Layout.US),
        ("6901234567892", Fault.OTHER, Layout.US),
        ("", Fault.OTHER, Layout.US),
    ],
)
def test_what_garbles_a_scan_is_named(text: str, fault: Fault | None, layout: Layout) -> None:
    heard = judged(scan(text or " "))

    assert (heard.fault, heard.layout) == (fault, layout)


def test_a_scanner_slower_than_a_person_is_named() -> None:
    assert judged(scan(TRIAL_CODE, gap_ms=70)).fault is Fault.SLOW


def test_three_good_scans_settle_pace_prefix_and_layout() -> None:
    typed = "~" + mistyped(TRIAL_CODE, Layout.QWERTZ)
    heard = tuple(judged(scan(typed, gap_ms=gap)) for gap in (8, 12, 9))

    assert settled(heard[:2]) is None
    assert settled(heard) == WedgeSettings(36, "~", Layout.QWERTZ)


@pytest.mark.parametrize(("gap", "listens"), [(0, GAP_MS_MIN), (1, GAP_MS_MIN), (40, GAP_MS_MAX)])
def test_the_gap_stays_between_a_scanners_and_a_persons(gap: int, listens: int) -> None:
    settings = settled(tuple(judged(scan(TRIAL_CODE, gap_ms=gap)) for _ in range(SCANS)))

    assert settings is not None
    assert settings.gap_ms == listens


def test_scans_that_disagree_settle_nothing() -> None:
    heard = [judged(scan(TRIAL_CODE)) for _ in range(2)]
    other = judged(scan(mistyped(TRIAL_CODE, Layout.AZERTY)))

    assert settled((*heard, other)) is None
    assert settled((*heard, Heard(Ending.ENTER, 6, fault=Fault.CUT), heard[0])) is not None


@given(text=st.text(max_size=4_096), gap=st.integers(0, 90))
def test_any_noise_is_judged(text: str, gap: int) -> None:
    heard = judged(WedgeScan(text, (gap,) * max(0, len(text) - 1)))

    assert heard.fault is not None or TRIAL_CODE in repaired(text, heard.layout).upper()
