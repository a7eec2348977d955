"""Sounds: off until they are wanted, short, and never in the way of a sale."""

import struct

import pytest

from desktop.gallery.cashier import Cashier
from desktop.runtime.sounds import RATE, Player, Sound, samples
from desktop.shell.counter_sounds import CounterSounds

ZHANG = "13812345678"


class Ear(Player):
    """Hears what is played."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Sound] = []

    def play(self, sound: Sound) -> None:
        self.heard.append(sound)


@pytest.mark.parametrize("sound", Sound)
def test_a_sound_is_short_and_begins_and_ends_in_silence(sound: Sound) -> None:
    data = samples(sound)
    values = struct.unpack(f"<{len(data) // 2}h", data)

    assert len(values) / RATE <= 0.151
    assert values[0] == values[-1] == 0
    assert max(values) > 5_000


def test_a_sale_is_heard_where_sounds_are_wanted(selling: Cashier) -> None:
    wanted, ear = [False], Ear()
    counter = selling.counter
    CounterSounds(counter.desk, counter.pages.counter_model, wanted=lambda: wanted[0], player=ear)
    selling.sell("10")
    assert ear.heard == []

    wanted[0] = True
    selling.wait_for_guard()
    selling.sell("128", ZHANG)
    selling.scan("4111111111111111")

    assert ear.heard == [Sound.ATTACHED, Sound.OK, Sound.ERROR]


def test_without_a_player_it_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    player = Player()

    for sound in Sound:
        player.play(sound)
    player.close()
