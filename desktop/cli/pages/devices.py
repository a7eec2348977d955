"""Devices on a terminal: what stands at the counter, the ports, and how a trial ended."""

from typing import Any

from desktop.cli.pages.sheet import Column, Line, Sheet

Document = dict[str, Any]


def devices_page(sheet: Sheet, answer: Document) -> None:
    """Show the printer, the customer display and the scanner; what is not set up says so."""
    say = sheet.tongue
    none = say("没有设置", "not set up")
    sheet.title(say.label("printer"))
    sheet.facts([(say("地址", "Address"), answer["printer"] or none), *_printer(sheet, answer)])
    sheet.title(say.label("display"))
    sheet.facts([(say("地址", "Address"), answer["display"] or none)])
    sheet.title(say.label("scanner"))
    keyboard = say("键盘方式", "as a keyboard")
    sheet.facts(
        [
            (say("地址", "Address"), answer["scanner"] or keyboard),
            (say.label("scanner_identity"), answer["scanner_identity"] or ""),
            (say.label("wedge_gap_ms"), str(answer["wedge_gap_ms"])),
            (say.label("wedge_prefix"), answer["wedge_prefix"] or ""),
            (say.label("wedge_layout"), say.word("layout", answer["wedge_layout"])),
        ]
    )
    sheet.gap()
    sheet.facts([(say.label("sounds"), _switch(sheet, answer["sounds"]))])
    sheet.next("device test printer")


def ports_page(sheet: Sheet, answer: Document) -> None:
    """Show the serial ports that something is plugged into."""
    say, ports = sheet.tongue, answer["ports"]
    if not ports:
        sheet.say(say("没有发现串口设备。", "Nothing is plugged into a serial port."))
        return
    columns = [
        Column(say.label("port")),
        Column(say.label("title"), elastic=True),
        Column(say.label("identity")),
    ]
    sheet.table(
        "", columns, [Line((each["port"], each["title"], each["identity"])) for each in ports]
    )


def tried_page(sheet: Sheet, answer: Document) -> None:
    """Say how a trial ended: printed only when the printer said so."""
    sheet.say(sheet.tongue.word("trial", f"{answer['device']}.{answer['end']}"))


def _printer(sheet: Sheet, answer: Document) -> list[tuple[str, str]]:
    say = sheet.tongue
    if answer["printer"] is None:
        return []
    language = answer["receipt_language"]
    return [
        (say.label("paper"), say(f"{answer['paper']} 毫米", f"{answer['paper']} mm")),
        (say.label("columns"), str(answer["columns"])),
        (say.label("charset"), say.word("charset", answer["charset"])),
        (say.label("codes"), _switch(sheet, answer["codes"])),
        (say.label("cuts"), _switch(sheet, answer["cuts"])),
        (say.label("drawer_pin"), str(answer["drawer_pin"])),
        (say.label("answers"), _switch(sheet, answer["answers"])),
        (say.label("receipt_language"), say.word("language", language) if language else ""),
        (say.label("prints_sales"), _switch(sheet, answer["prints_sales"])),
    ]


def _switch(sheet: Sheet, on: bool) -> str:
    return sheet.tongue("是", "yes") if on else sheet.tongue("否", "no")
