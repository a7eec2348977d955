"""`guitai device ...`: the devices of this counter, how each is spoken to, and trying them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

import typer

from db.domain.ids import OperationId
from db.domain.trouble import Trouble
from db.services.drawer import OpenDrawer, open_drawer
from desktop.cli.answers import Document, answer
from desktop.cli.home import Home, open_home
from desktop.cli.invalid import InvalidInput
from desktop.cli.pages.devices import devices_page, ports_page, tried_page
from desktop.device_settings import (
    DRAWER_PINS,
    LANGUAGES,
    DeviceSettings,
    keep_device_settings,
    read_device_settings,
)
from desktop.devices.address_text import address_text, parse_address
from desktop.devices.calibration import GAP_MS_MAX, GAP_MS_MIN
from desktop.devices.channel import Address, SerialAddress
from desktop.devices.customer_display import Cd5220Display, amount_due
from desktop.devices.keyboard_layout import Layout
from desktop.devices.ports import identity_of, ports
from desktop.devices.printer_profile import COLUMNS_MAX, COLUMNS_MIN, Charset, Paper
from desktop.devices.receipt_printer import EscPosPrinter, PrintEnd
from desktop.receipts.member_receipt import trial_page
from desktop.receipts.words import ReceiptVoice

app = typer.Typer()
TRIAL_MINOR, TRIAL_POINTS = 12_800, 128
NONE = "none"
"""The address of no device."""


class DeviceTrouble(Trouble):
    """A device did not do what it was asked; `device` and `reason` say which and why."""

    code = "device_trouble"

    def __init__(self, device: str, reason: str) -> None:
        super().__init__(device, reason)
        self.device, self.reason = device, reason


@app.command()
def show(ctx: typer.Context) -> None:
    """The devices of this counter."""
    with open_home(ctx.obj) as home:
        answer(ctx.obj, _document(_read(home)), devices_page)


@app.command("ports")
def ports_(ctx: typer.Context) -> None:
    """The serial ports that something is plugged into."""
    found = [{"port": p.name, "title": p.title, "identity": p.identity} for p in ports()]
    answer(ctx.obj, {"ports": found}, ports_page)


@app.command()
def printer(
    ctx: typer.Context,
    address: Annotated[str | None, typer.Argument()] = None,
    *,
    paper: Annotated[Paper | None, typer.Option()] = None,
    columns: Annotated[int | None, typer.Option(min=0, max=COLUMNS_MAX)] = None,
    charset: Annotated[Charset | None, typer.Option()] = None,
    draws_codes: Annotated[bool | None, typer.Option("--codes/--no-codes")] = None,
    cuts: Annotated[bool | None, typer.Option("--cuts/--no-cuts")] = None,
    drawer_pin: Annotated[int | None, typer.Option()] = None,
    reports: Annotated[bool | None, typer.Option("--answers/--no-answers")] = None,
    language: Annotated[str | None, typer.Option()] = None,
    prints_sales: Annotated[bool | None, typer.Option("--auto/--no-auto")] = None,
) -> None:
    """Set up the receipt printer, or change how it is spoken to."""
    if columns and columns < COLUMNS_MIN:
        raise InvalidInput("columns_invalid", least=COLUMNS_MIN, most=COLUMNS_MAX)
    if drawer_pin not in {None, *DRAWER_PINS}:
        raise InvalidInput("drawer_pin_invalid")

    def changed(before: DeviceSettings) -> DeviceSettings:
        said: dict[str, Any] = {
            "paper": paper,
            "columns": columns,
            "charset": charset,
            "draws_codes": draws_codes,
            "cuts": cuts,
            "drawer_pin": drawer_pin,
            "reports": reports,
        }
        return replace(
            before,
            printer=_address(address, before.printer),
            profile=replace(before.profile, **{k: v for k, v in said.items() if v is not None}),
            language=_language(language, before.language),
            prints_sales=before.prints_sales if prints_sales is None else prints_sales,
        )

    _change(ctx, changed)


@app.command()
def display(ctx: typer.Context, address: Annotated[str, typer.Argument()]) -> None:
    """Set up the customer display."""
    _change(ctx, lambda before: replace(before, display=_address(address, None)))


@app.command()
def scanner(
    ctx: typer.Context,
    address: Annotated[str | None, typer.Argument()] = None,
    *,
    gap: Annotated[int | None, typer.Option(min=GAP_MS_MIN, max=GAP_MS_MAX)] = None,
    prefix: Annotated[str | None, typer.Option()] = None,
    layout: Annotated[Layout | None, typer.Option()] = None,
) -> None:
    """Set up a scanner on a serial port, or how to listen to one that plays a keyboard."""

    def changed(before: DeviceSettings) -> DeviceSettings:
        said: dict[str, Any] = {"gap_ms": gap, "prefix": prefix, "layout": layout}
        kept = {name: value for name, value in said.items() if value is not None}
        wedge = replace(before.wedge, **kept)
        if address is None:
            return replace(before, wedge=wedge)
        port = _port(address)
        identity = "" if port is None else identity_of(port.port)
        return replace(before, scanner=port, scanner_identity=identity, wedge=wedge)

    _change(ctx, changed)


@app.command()
def sounds(ctx: typer.Context, switch: Annotated[str, typer.Argument()]) -> None:
    """Let the counter make sounds, or be silent."""
    if switch not in {"on", "off"}:
        raise InvalidInput("switch_invalid", value=switch)
    _change(ctx, lambda before: replace(before, sounds=switch == "on"))


@app.command()
def test(ctx: typer.Context, what: Annotated[str, typer.Argument()]) -> None:
    """Print the trial page, open the drawer, or show a trial amount to the customer."""
    trials = {"printer": _try_printer, "drawer": _try_drawer, "display": _try_display}
    if what not in trials:
        raise InvalidInput("device_unknown", value=what)
    with open_home(ctx.obj) as home:
        end = trials[what](home, _read(home))
    if end not in {PrintEnd.PRINTED, PrintEnd.SENT}:
        raise DeviceTrouble(what, f"display_{end}" if what == "display" else str(end))
    answer(ctx.obj, {"device": what, "end": str(end)}, tried_page)


def _try_printer(home: Home, settings: DeviceSettings) -> PrintEnd:
    voice = ReceiptVoice(settings.language or home.call.language, home.identity.calendar, {})
    page = trial_page(columns=settings.profile.width, branch=home.identity.branch_name, voice=voice)
    return _printer(settings).print(page)


def _try_drawer(home: Home, settings: DeviceSettings) -> PrintEnd:
    """Record that the drawer is opened, then open it."""
    printer, by = _printer(settings), home.actor()
    reason = "试开钱箱" if home.call.language == "zh" else "Trying the drawer"
    with home.storage.begin() as work:
        open_drawer(work, OpenDrawer(op=OperationId(work.new_id()), by=by, reason=reason))
    return printer.open_drawer()


def _try_display(_home: Home, settings: DeviceSettings) -> PrintEnd:
    if settings.display is None:
        raise InvalidInput("device_not_set_up", device="display")
    shown = Cd5220Display(settings.display).show(amount_due(TRIAL_MINOR, TRIAL_POINTS))
    return PrintEnd.SENT if shown else PrintEnd.NOT_REACHED


def _printer(settings: DeviceSettings) -> EscPosPrinter:
    if settings.printer is None:
        raise InvalidInput("device_not_set_up", device="printer")
    return EscPosPrinter(settings.printer, settings.profile)


def _read(home: Home) -> DeviceSettings:
    with home.storage.reading() as reader:
        return read_device_settings(reader)


def _change(ctx: typer.Context, changed: Callable[[DeviceSettings], DeviceSettings]) -> None:
    with open_home(ctx.obj) as home:
        by = home.actor()
        with home.storage.begin() as work:
            kept = keep_device_settings(work, changed(read_device_settings(work.sql)), by=by)
        answer(ctx.obj, _document(kept.settings), devices_page)


def _address(text: str | None, before: Address | None) -> Address | None:
    if text is None:
        return before
    if text == NONE:
        return None
    try:
        return parse_address(text)
    except ValueError as error:
        raise InvalidInput("device_address_invalid", address=text) from error


def _port(text: str) -> SerialAddress | None:
    address = _address(text, None)
    if address is None or isinstance(address, SerialAddress):
        return address
    raise InvalidInput("serial_port_needed", address=text)


def _language(text: str | None, before: str) -> str:
    if text is None:
        return before
    if text not in {*LANGUAGES, NONE}:
        raise InvalidInput("language_invalid", value=text)
    return "" if text == NONE else text


def _document(settings: DeviceSettings) -> Document:
    profile, wedge = settings.profile, settings.wedge
    return {
        "printer": _text(settings.printer),
        "paper": str(profile.paper),
        "columns": profile.width,
        "charset": str(profile.charset),
        "codes": profile.draws_codes,
        "cuts": profile.cuts,
        "drawer_pin": profile.drawer_pin,
        "answers": profile.reports,
        "receipt_language": settings.language or None,
        "prints_sales": settings.prints_sales,
        "display": _text(settings.display),
        "scanner": _text(settings.scanner),
        "scanner_identity": settings.scanner_identity or None,
        "wedge_gap_ms": wedge.gap_ms,
        "wedge_prefix": wedge.prefix or None,
        "wedge_layout": str(wedge.layout),
        "sounds": settings.sounds,
    }


def _text(address: Address | None) -> str | None:
    return None if address is None else address_text(address)
