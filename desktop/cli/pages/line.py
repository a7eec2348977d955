"""Head office and the line to it on a terminal: codes, devices, what went over and what waits."""

from typing import Any, Final

from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.cli.pages.tongue import Tongue, points, several

Document = dict[str, Any]
_AFTER_TROUBLE: Final[dict[str, tuple[str, str]]] = {
    "": ("数据都在本机，连上后会补传。", "Everything is kept here and will be sent later."),
    "revoked": (
        "照常销售，数据都在本机；用 guitai sync export 导出，带到总部读入。",
        "It sells on and keeps everything; guitai sync export writes what somebody may take there.",
    ),
    "update_needed": (
        "上传照常；升级后接着下载。",
        "Sending goes on; what cannot be read yet comes after the upgrade.",
    ),
}


def code_page(sheet: Sheet, answer: Document) -> None:
    """Show a one-time code and how long it lives."""
    say = sheet.tongue
    sheet.facts(
        [
            (say.label("enroll_code"), answer["code"]),
            (say.label("branch"), answer["branch"] or say("柜台自己的门店", "the counter's own")),
            (say.label("valid_until"), say.moment(answer["expires_at"])),
        ]
    )
    sheet.gap()
    sheet.say(say("在柜台上运行：", "At the counter:"))
    sheet.lines.append(f"  guitai sync enroll {say('总部地址', 'ADDRESS')} {answer['code']}")


def devices_page(sheet: Sheet, answer: Document) -> None:
    """List the counters of this head office."""
    say, devices = sheet.tongue, answer["devices"]
    if not devices:
        sheet.say(say("还没有柜台加入。", "No counter has joined yet."))
        sheet.next("office enroll-code")
        return
    columns = [
        Column(say.label("branch"), elastic=True),
        Column(say.label("counter"), elastic=True),
        Column(say.label("state")),
        Column(say.label("version")),
        Column(say.label("enrolled_at")),
        Column(say.label("last_seen_at")),
    ]
    rows = [
        Line(
            (
                row["branch"],
                row["counter"],
                say.word("device", row["state"]),
                row["version"],
                say.moment(row["enrolled_at"]),
                say.moment(row["last_seen_at"]) or say("还没有", "never"),
            )
        )
        for row in devices
    ]
    sheet.table("", columns, rows)


def joined_page(sheet: Sheet, answer: Document) -> None:
    """Say that this counter belongs to a head office now."""
    say, waiting = sheet.tongue, answer["waiting"]
    sheet.say(
        say(
            f"已加入总部，本机属于「{answer['branch']}」。",
            f"This counter belongs to head office now, in branch {answer['branch']}.",
        )
    )
    sheet.say(
        say(
            "员工、PIN 和积分方案现在都用总部的。",
            "Staff, PINs and the program are those of head office now.",
        )
    )
    if waiting:
        sheet.say(
            say(f"{waiting} 笔待上传。", f"To be sent: {several(waiting, 'record', 'records')}.")
        )
    sheet.next("sync now")


def exchanged_page(sheet: Sheet, answer: Document) -> None:
    """Say what went over the line, and why it ended early if it did."""
    say, trouble = sheet.tongue, answer["trouble"]
    if trouble:
        why = say.word("line", trouble)
        zh, en = _AFTER_TROUBLE.get(trouble, _AFTER_TROUBLE[""])
        sheet.say(say(f"{why}。{zh}", f"{why[:1].upper()}{why[1:]}. {en}"))
        if not answer["online"]:
            sheet.say(_how_far(say, answer))
    elif answer["online"]:
        sheet.say(say("已和总部同步。", "In step with head office."))
    if answer["new_stream"]:
        sheet.say(
            say(
                "另一台机器用过同一份数据；两台已各自分开，照常使用。",
                "Another machine used a copy of this home; the two went apart and go on.",
            )
        )
    if answer["reread"]:
        sheet.say(
            say(
                "有数据和总部不一致，已重新读取；请运行 guitai verify。",
                "Something was not as head office says and is read again; run guitai verify.",
            )
        )
    sheet.gap()
    sheet.facts(
        [
            (say.label("pushed"), points(answer["pushed"])),
            (say.label("pulled"), points(answer["pulled"])),
            (say.label("loaded"), points(answer["loaded"]) if answer["loaded"] else ""),
            (say.label("waiting"), points(answer["waiting"])),
            (say.label("renewed"), points(answer["leased"]) if answer["leased"] else ""),
            (say.label("rejected"), points(answer["rejected"]) if answer["rejected"] else ""),
            (
                say.label("quarantined"),
                points(answer["quarantined"]) if answer["quarantined"] else "",
            ),
        ]
    )


def _how_far(say: Tongue, answer: Document) -> str:
    """Say whether anything went over a line that was cut."""
    if any(answer[name] for name in ("pushed", "pulled", "loaded")):
        return say("这次没有同步完。", "This exchange did not come to its end.")
    return say("这次什么也没有同步。", "Nothing was exchanged.")


def status_page(sheet: Sheet, answer: Document) -> None:
    """Show how the line stands."""
    say = sheet.tongue
    where = (say.label("counter"), f"{answer['branch']} {answer['counter']}")
    sheet.facts([where, *line_facts(say, answer)])


def exported_page(sheet: Sheet, answer: Document) -> None:
    """Say what is in the file and where it goes."""
    say, operations = sheet.tongue, answer["operations"]
    sheet.say(
        say(
            f"{operations:,} 条待上传的记录已写好，带到总部读入；本机照样等着上传。",
            f"{several(operations, 'record', 'records')} to be sent are in it; take it to head"
            " office. They wait here all the same.",
        )
    )
    sheet.gap()
    sheet.facts([(say.label("file"), answer["file"])])
    sheet.lines.append(f"  guitai office import {answer['file']}")


def line_facts(say: Tongue, answer: Document) -> list[tuple[str, str]]:
    """Return how the line stands: which head office, what waits, when it was last heard."""
    trouble = answer["trouble"]
    if trouble and trouble != "update_needed":
        return [(say.label("office"), say.word("line", trouble))]
    if answer["head_office"]:
        return [(say.label("office"), say("这里就是总部", "this is head office"))]
    if not answer["enrolled"]:
        return [(say.label("office"), say("没有加入总部，单店使用", "none; this shop is alone"))]
    heard = say.moment(answer["last_contact_at"])
    load = answer["first_load"]
    times, last = answer["reread_times"], say.moment(answer["reread_at"])
    return [
        (say.label("office"), answer["address"]),
        (say.label("trouble"), say.word("line", trouble) if trouble else ""),
        (say.label("waiting"), points(answer["waiting"])),
        (say.label("not_durable"), points(answer["not_durable"])),
        (say.label("last_contact_at"), heard or say("还没有", "never")),
        (say.label("first_load"), f"{load['percent']} %" if load else ""),
        (
            say.label("reread"),
            say(
                f"{times} 次和总部不一致，最近 {last}；请运行 guitai verify",
                f"{times} times, last {last}; run guitai verify",
            )
            if times
            else "",
        ),
    ]
