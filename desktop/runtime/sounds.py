"""Three short sounds beside what the screen says; off unless the shop wants them.

PySide6-Essentials has no player: Windows has one of its own, elsewhere `paplay` or `aplay` is
started and not waited for. Where none is, it is silent. One sound at a time.
"""

import math
import shutil
import struct
import subprocess
import sys
import tempfile
import wave
from enum import Enum
from pathlib import Path

PLAYERS = ("paplay", "aplay")
RATE = 22_050
LOUDNESS = 9_000
FADE_S = 0.005


class Sound(Enum):
    """The sounds, as tones of so many hertz and seconds; 0 Hz is a pause. 150 ms at most."""

    OK = ((1_760.0, 0.06),)
    ATTACHED = ((880.0, 0.06), (1_318.5, 0.08))
    ERROR = ((220.0, 0.06), (0.0, 0.03), (220.0, 0.06))


class Player:
    """Plays sounds; it never waits and never fails."""

    def __init__(self) -> None:
        """Look for a player when the first sound is wanted."""
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._program: str | None = None
        self._playing: subprocess.Popen[bytes] | None = None

    def play(self, sound: Sound) -> None:
        """Start a sound; nothing while another is heard."""
        try:
            self._start(self._file(sound))
        except OSError:
            return  # no sound is no trouble: the screen says it too

    def close(self) -> None:
        """Put the files away."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _start(self, path: Path) -> None:
        if sys.platform == "win32":
            import winsound  # noqa: PLC0415 - Windows' own

            winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC)
            return
        if self._playing is not None and self._playing.poll() is None:
            return
        if self._program:
            self._playing = subprocess.Popen(  # noqa: S603 - one of PLAYERS, found on the path
                [self._program, str(path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    def _file(self, sound: Sound) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="guitai-sounds")
            self._program = next(filter(None, map(shutil.which, PLAYERS)), None)
        path = Path(self._folder.name) / f"{sound.name.lower()}.wav"
        if not path.exists():
            with wave.open(str(path), "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(RATE)
                file.writeframes(samples(sound))
        return path


def samples(sound: Sound) -> bytes:
    """Return a sound as 16-bit samples; each tone begins and ends without a click."""
    values: list[int] = []
    for hertz, seconds in sound.value:
        count, fade = round(seconds * RATE), FADE_S * RATE
        for at in range(count):
            edge = min(1.0, at / fade, (count - 1 - at) / fade)
            values.append(round(LOUDNESS * edge * math.sin(2 * math.pi * hertz * at / RATE)))
    return struct.pack(f"<{len(values)}h", *values)
