"""The demo's receipt printer: one that is none, which keeps its paper for pictures."""

from pathlib import Path
from typing import Final

from db.domain.staff import Actor, Role
from db.storage.home import database_path
from db.storage.keys import database_key
from db.storage.system import system_chance
from db.storage.unit_of_work import Storage
from desktop.device_settings import DeviceSettings, keep_device_settings
from desktop.devices.printer_profile import PrinterProfile
from desktop.devices.simulators.escpos_reader import Cut, Printed, PrintedLine, Strip
from desktop.devices.simulators.printer import VirtualPrinter
from desktop.devices.simulators.strip_picture import strip_picture
from desktop.i18n.language import Language

TITLES: Final = {"消费小票": "sale", "退货单": "return", "交班单（Z）": "shift"}
"""What is photographed, by the title on the paper; the newest of each."""


def set_up_printer(home: Path, printer: VirtualPrinter) -> None:
    """Let the counter of a home print every sale there, in Chinese."""
    key = database_key(home, os_store=False, chance=system_chance, create=False)
    storage = Storage(database_path(home), key)
    settings = DeviceSettings(printer=printer.address, language=Language.ZH_CN, prints_sales=True)
    try:
        with storage.begin() as work:
            keep_device_settings(work, settings, by=Actor(None, Role.MANAGER))
    finally:
        storage.close()


def photograph(strip: Strip, folder: Path) -> None:
    """Leave a picture of the newest receipt of each kind in a folder."""
    profile = PrinterProfile()
    for name, pieces in _newest(strip).items():
        picture = strip_picture(Strip(pieces), dots=profile.dots, columns=profile.width)
        picture.save(folder / f"receipt_{name}.png")


def _newest(strip: Strip) -> dict[str, list[Printed]]:
    found: dict[str, list[Printed]] = {}
    pieces: list[Printed] = []
    for piece in strip.printed:
        pieces.append(piece)
        if isinstance(piece, Cut):
            lines = {line.text for line in pieces if isinstance(line, PrintedLine)}
            for title in lines & TITLES.keys():
                found[TITLES[title]] = pieces
            pieces = []
    return found
