"""The scanner that plays a keyboard: takes its bursts out of the typing, leaves the rest alone.

It listens at the window, before any text box, and holds each printable key as long as a scanner may
take to the next one, 50 ms at most. A burst that ends in Enter or Tab becomes `scanned`; anything
else goes on to the focused widget in the order it was typed, with its releases. No key is lost.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

from desktop.devices.burst import Burst
from desktop.devices.calibration import LISTEN_GAP_MS, Ending, WedgeScan, WedgeSettings
from desktop.devices.keyboard_layout import repaired

SUFFIXES = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
MODIFIERS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    },
)
COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
INTERRUPTIONS = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.TouchBegin,
        QEvent.Type.FocusOut,
        QEvent.Type.InputMethod,
        QEvent.Type.Close,
    },
)


class WedgeScanner(QObject):
    """Watches the windows of the program for scans.

    Signals:
        scanned: the code, without prefix and suffix; what it means is the screen's business.
        heard: the same as a `WedgeScan`, with its pace and ending; for the calibration.
        composed: an input method took keys, which a scanner's codes do not survive.
    """

    scanned = Signal(str)
    heard = Signal(object)
    composed = Signal()

    def __init__(
        self,
        app: QGuiApplication,
        *,
        settings: WedgeSettings | None = None,
        now_ms: Callable[[], int] | None = None,
    ) -> None:
        """Watch every window that gets the keyboard; a calibration may have found the settings."""
        super().__init__(app)
        self._settings = settings or WedgeSettings()
        self._burst = Burst(gap_ms=self._settings.gap_ms, prefix=self._settings.prefix)
        self._now_ms = now_ms
        self._held: list[tuple[QWindow, QKeyEvent]] = []
        self._owed_releases: set[int] = set()  # of keys that went into a scan
        self._replaying = False
        self._pause = _single_shot(self, self._settings.gap_ms, self._after_pause)
        self._second_look = _single_shot(self, 0, self.flush)
        app.focusWindowChanged.connect(self.watch)
        if (window := app.focusWindow()) is not None:
            self.watch(window)

    def use(self, settings: WedgeSettings, *, listening: bool = False) -> None:
        """Listen as a calibration found; while one is going on, to slower scanners as well."""
        self.flush()
        self._settings = settings
        self._burst.prefix = settings.prefix
        self._burst.gap_ms = LISTEN_GAP_MS if listening else settings.gap_ms
        self._pause.setInterval(self._burst.gap_ms)

    def watch(self, window: QWindow | None) -> None:
        """Listen to a window too; asked twice, listens once."""
        if window is not None:
            window.installEventFilter(self)

    def flush(self) -> None:
        """Hand the held keys on as typing, now."""
        self._stop_timers()
        self._burst.forget()
        held, self._held = self._held, []
        before, self._replaying = self._replaying, True
        try:
            for window, event in held:
                QCoreApplication.sendEvent(window, event)
        finally:
            self._replaying = before

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See every event of a watched window before its widgets do."""
        if self._replaying or not isinstance(watched, QWindow):
            return False
        kind = event.type()
        if isinstance(event, QKeyEvent):
            if kind == QEvent.Type.KeyPress:
                return self._pressed(watched, event)
            if kind == QEvent.Type.KeyRelease:
                return self._released(watched, event)
            return kind == QEvent.Type.ShortcutOverride and self._overrides(event)
        if kind == QEvent.Type.InputMethod:
            self.composed.emit()
        if kind in INTERRUPTIONS and self._held:
            self.flush()  # a tap comes after the keys that were typed before it
        return False

    def _pressed(self, window: QWindow, event: QKeyEvent) -> bool:
        at_ms, key = self._time_of(event), event.key()
        self._owed_releases.discard(key)
        if key in MODIFIERS:
            return False  # a scanner presses Shift for its capitals
        if key in SUFFIXES and not event.modifiers() & COMMANDS:
            return self._suffix(key, at_ms)
        if not _prints(event):
            self.flush()
            return False
        if not self._burst.continues(at_ms):
            self.flush()
        self._burst.take(event.text(), at_ms)
        self._hold(window, event)
        return True

    def _suffix(self, key: int, at_ms: int) -> bool:
        """Close a burst, or let Enter and Tab mean what they mean."""
        code = self._burst.close(at_ms)
        if code is None:
            if self._burst.is_second_suffix(at_ms):
                self._owed_releases.add(key)
                return True
            self.flush()
            return False
        self._stop_timers()
        self._owed_releases |= self._keys_still_down() | {key}
        self._held.clear()
        ending = Ending.TAB if key == Qt.Key.Key_Tab else Ending.ENTER
        self.heard.emit(WedgeScan(self._burst.raw, self._burst.gaps_ms, ending))
        self.scanned.emit(repaired(code, self._settings.layout))
        return True

    def _released(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.key() in self._owed_releases:
            self._owed_releases.discard(event.key())
            return True
        if any(press.key() == event.key() for _window, press in self._held):
            self._hold(window, event)
            return True
        return False

    def _overrides(self, event: QKeyEvent) -> bool:
        """Keep Enter from firing a shortcut when it ends a scan; hand keys on before other ones."""
        at_ms, key = self._time_of(event), event.key()
        plain = not event.modifiers() & COMMANDS
        ends = self._burst.would_close(at_ms) or self._burst.is_second_suffix(at_ms)
        if key in SUFFIXES and plain and ends:
            event.accept()
            return True
        if key not in MODIFIERS and not _prints(event) and self._held:
            self.flush()
        return False

    def _hold(self, window: QWindow, event: QKeyEvent) -> None:
        self._held.append((window, _copy(event)))
        self._second_look.stop()
        self._pause.start()

    def _after_pause(self) -> None:
        """Give keys that waited behind a busy moment one more turn before deciding."""
        self._second_look.start()

    def _keys_still_down(self) -> set[int]:
        down: set[int] = set()
        for _window, event in self._held:
            if event.type() == QEvent.Type.KeyPress:
                down.add(event.key())
            else:
                down.discard(event.key())
        return down

    def _stop_timers(self) -> None:
        self._pause.stop()
        self._second_look.stop()

    def _time_of(self, event: QKeyEvent) -> int:
        """Take the system's own time of the key, which a busy window does not blur."""
        if self._now_ms is not None:
            return self._now_ms()
        return event.timestamp() or QDeadlineTimer.current().deadline()


def _prints(event: QKeyEvent) -> bool:
    """Say whether a key types one character; a key held down repeats and is no scanner."""
    text = event.text()
    one = len(text) == 1 and text.isprintable()
    return one and not event.modifiers() & COMMANDS and not event.isAutoRepeat()


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )


def _single_shot(parent: QObject, interval_ms: int, slot: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval_ms)
    timer.timeout.connect(slot)
    return timer
