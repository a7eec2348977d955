"""Keeping head office on a terminal: its backup, what to look at, what came by hand."""

from typing import Any

from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.cli.pages.tongue import points, several
from desktop.cli.pages.upkeep import backed_up_page, restored_page, verified_page

Document = dict[str, Any]


def office_backup_page(sheet: Sheet, answer: Document) -> None:
    """Show a backup and what it is worth: nothing where its proof failed."""
    say = sheet.tongue
    if not answer["ok"]:
        verified_page(sheet, answer)
        return
    backed_up_page(sheet, answer)
    sheet.gap()
    operations = answer["durable"]
    sheet.say(
        say(
            f"这份备份已打开核对：柜台送来的 {operations:,} 条记录都在里面。",
            f"It was opened and proved: {several(operations, 'record', 'records')} of the counters"
            " are in it.",
        )
    )


def archived_page(sheet: Sheet, answer: Document) -> None:
    """Say what counters are told now that an archive holds everything."""
    say, operations = sheet.tongue, answer["durable"]
    sheet.say(
        say(
            f"已按你说的记下：柜台送来的 {operations:,} 条记录在存档里有保障。这里没有核对存档。",
            f"Noted as you say: {several(operations, 'record', 'records')} of the counters are safe"
            " in the archive. It was not checked here.",
        )
    )


def office_restored_page(sheet: Sheet, answer: Document) -> None:
    """Say what came back, what head office remembers beyond it, and what its people do again."""
    restored_page(sheet, answer)
    say, remembered = sheet.tongue, answer["remembered"]
    sheet.gap()
    sheet.say(
        say(
            f"备份之后总部自己做的，日志里的 {remembered:,} 条已补回；柜台的记录下次同步时补回。",
            f"Of what head office decided since, {several(remembered, 'act', 'acts')} came back by"
            " its journal; what counters did comes with their next exchange.",
        )
    )
    sheet.say(
        say(
            "备份之后在总部登记、导入、修改的会员资料，发布的方案，员工和新加入的柜台，都要再做一次。",
            "Members registered, imported or changed here since, programs, staff and counters that"
            " joined since have to be done again.",
        )
    )


def alarms_page(sheet: Sheet, answer: Document) -> None:
    """List what somebody should look at, and when the last proved backup was made."""
    say, alarms = sheet.tongue, answer["alarms"]
    if alarms:
        columns = [
            Column(say.label("alarm"), elastic=True),
            Column(say.label("counter"), elastic=True),
            Column(say.label("times"), right=True),
            Column(say.label("first_at")),
            Column(say.label("last_at")),
        ]
        rows = [
            Line(
                (
                    say.word("alarm", row["kind"]),
                    f"{row['branch']} {row['counter']}"
                    if row["counter"]
                    else say("不认识的设备", "nobody we know"),
                    points(row["times"]),
                    say.moment(row["first_at"]),
                    say.moment(row["last_at"]),
                )
            )
            for row in alarms
        ]
        sheet.table("", columns, rows)
    else:
        sheet.say(say("没有要看的。", "Nothing to look at."))
    sheet.gap()
    made, said = (say.moment(answer[name]) for name in ("proved_backup_at", "declared_archive_at"))
    if said:
        sheet.facts([(say.label("declared_archive_at"), said)])
        return
    sheet.facts([(say.label("proved_backup_at"), made or say("还没有", "never"))])
    if not made:
        sheet.next("office backup")


def revoked_page(sheet: Sheet, answer: Document) -> None:
    """Say what a revoked counter still does, and how its last sales come here."""
    say, who = sheet.tongue, f"{answer['branch']} {answer['counter']}"
    sheet.say(
        say(
            f"{who} 已停用：不再更新额度，也收不到数据。它的销售照记在本机，"
            "用 sync export 导出后在这里 office import。",
            f"{who} is revoked: it is lent and told nothing more. What it sells stays there;"
            " bring it by sync export and office import.",
        )
    )


def parcel_taken_page(sheet: Sheet, answer: Document) -> None:
    """Say what a file brought."""
    say = sheet.tongue
    sheet.say(say("已读入。", "Taken in."))
    sheet.gap()
    refused = answer["refused"]
    sheet.facts(
        [
            (say.label("operations"), points(answer["operations"])),
            (
                say.label("quarantined"),
                points(answer["quarantined"]) if answer["quarantined"] else "",
            ),
            (
                say.label("rejected"),
                say(
                    f"{refused} 批和总部已有的不同，请让柜台同步一次",
                    f"{several(refused, 'batch differs', 'batches differ')} from what is here;"
                    " let the counter exchange once",
                )
                if refused
                else "",
            ),
        ]
    )
