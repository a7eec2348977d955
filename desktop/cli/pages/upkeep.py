"""Homes on a terminal: made, proved, backed up, brought back, examined."""

from typing import Any

from desktop.cli.pages.line import line_facts
from desktop.cli.pages.sheet import INDENT, Sheet
from desktop.cli.pages.tongue import Tongue, points, several
from desktop.cli.sentences import sentence

Document = dict[str, Any]
_MEGABYTE = 1_000_000
_KILOBYTE = 1_000


def made_page(sheet: Sheet, answer: Document) -> None:
    """Show a new shop and its manager's PIN, which is shown this once."""
    say, staff = sheet.tongue, answer["staff"]
    sheet.say(say("门店建好了，可以收银。", "The shop is made and ready to sell."))
    sheet.gap()
    sheet.facts(
        [
            (say.label("branch"), answer["branch"]),
            (say.label("counter"), answer["counter"]),
            (say.label("home"), answer["home"]),
            (say.label("staff_code"), staff["code"]),
            (say.label("pin"), staff["pin"]),
        ]
    )
    _pin_is_shown_once(sheet, answer)
    phone = say("手机号", "PHONE")
    sheet.next("counter", f"member add --phone {phone}")


def office_made_page(sheet: Sheet, answer: Document) -> None:
    """Show a new head office and its manager's PIN."""
    say, staff = sheet.tongue, answer["staff"]
    sheet.say(say("总部建好了。", "The head office is made."))
    sheet.gap()
    sheet.facts(
        [
            (say.label("home"), answer["home"]),
            (say.label("staff_code"), staff["code"]),
            (say.label("pin"), staff["pin"]),
        ]
    )
    _pin_is_shown_once(sheet, answer)
    sheet.next("office serve", "office enroll-code")


def verified_page(sheet: Sheet, proof: Document) -> None:
    """Say in one sentence that all is well, or list what is not."""
    say = sheet.tongue
    operations, transfers = proof["operations"], proof["transfers"]
    if proof["ok"]:
        sheet.say(
            say(
                f"核对无误：{operations:,} 条记录、{transfers:,} 笔积分分录，余额全部一致。",
                f"All is well: {several(operations, 'record', 'records')} and"
                f" {several(transfers, 'move', 'moves')} of points agree with every balance.",
            )
        )
        return
    count = points(proof["problem_count"])
    sheet.say(
        say(
            f"核对发现 {count} 处不一致。请停止使用这份数据，用最近的备份恢复。",
            f"Places that do not agree: {count}. Stop using this home; restore a backup.",
        )
    )
    sheet.gap()
    for problem in proof["problems"]:
        sheet.say(
            f"{say.word('found', problem['name'])}{say('：', ': ')}{problem['where']}",
            indent=INDENT,
        )
    if proof["problem_count"] > len(proof["problems"]):
        shown = len(proof["problems"])
        sheet.say(say(f"只列出前 {shown} 处。", f"Only the first {shown} are listed."))


def backed_up_page(sheet: Sheet, answer: Document) -> None:
    """Say where the backup and its key lie, and that they belong apart."""
    say = sheet.tongue
    sheet.say(say("备份已写好并核对。", "The backup is written and checked."))
    sheet.gap()
    sheet.facts(
        [
            (say.label("file"), answer["file"]),
            (say.label("key_file"), answer["key_file"]),
            *_contents(say, answer),
        ]
    )
    sheet.gap()
    sheet.say(
        say(
            "请把密钥文件和备份分开保管：没有密钥，备份打不开。",
            "Keep the key apart from the backup: without it the backup cannot be opened.",
        )
    )


def restored_page(sheet: Sheet, answer: Document) -> None:
    """Say what came back, and where that lies which was there before."""
    say = sheet.tongue
    sheet.say(say("已恢复并核对。", "Restored and checked."))
    sheet.gap()
    sheet.facts(
        [
            (say.label("home"), answer["home"]),
            *_contents(say, answer),
            (say.label("kept"), answer["kept"] or ""),
        ]
    )


def health_page(sheet: Sheet, answer: Document) -> None:
    """Show how the home is: one sentence, then what support asks for."""
    say = sheet.tongue
    if "verify" in answer:
        verified_page(sheet, answer["verify"])
    else:
        trouble = answer["trouble"]
        sheet.say(sentence(trouble["code"], trouble, say.language))
    sheet.gap()
    sheet.facts([(say.label("home"), answer["home"]), *_health(say, answer)])
    versions = [f"{name} {version}" for name, version in answer["versions"].items() if version]
    sheet.gap()
    sheet.facts(
        [
            (say.label("versions"), ", ".join([*versions, f"Python {answer['python']}"])),
            (say.label("system"), answer["system"]),
            (say.label("bundle"), answer.get("bundle", "")),
        ]
    )


def size(count: int) -> str:
    """Return how large a file is."""
    if count >= _MEGABYTE:
        return f"{count / _MEGABYTE:,.1f} MB"
    return f"{count / _KILOBYTE:,.0f} KB"


def _size_of_file(say: Tongue, count: int | None) -> str:
    return say("在 PostgreSQL 里", "in PostgreSQL") if count is None else size(count)


def _pin_is_shown_once(sheet: Sheet, answer: Document) -> None:
    say = sheet.tongue
    sheet.gap()
    sheet.say(
        say("PIN 只显示这一次，请现在记下。", "The PIN is shown this once; write it down now.")
    )
    if answer["sandbox"]:
        sheet.say(
            say("这是试用数据，可以用 --at 改时钟。", "This is a sandbox; --at sets its clock.")
        )


def _contents(say: Tongue, answer: Document) -> list[tuple[str, str]]:
    where = " ".join(filter(None, (answer["branch"], answer["counter"])))
    return [
        (say.label("made_at"), say.moment(answer["made_at"])),
        (say.label("branch"), where),
        (say.label("holds"), _holds(say, answer)),
        (say.label("bytes"), size(answer["bytes"])),
    ]


def _holds(say: Tongue, answer: Document) -> str:
    members, sales = answer["members"], answer["sales"]
    people, bought = several(members, "member", "members"), several(sales, "sale", "sales")
    return say(f"{members:,} 位会员，{sales:,} 笔消费", f"{people}, {bought}")


def _health(say: Tongue, answer: Document) -> list[tuple[str, str]]:
    if "verify" not in answer:
        return []
    return [
        (say.label("holds"), _holds(say, answer)),
        (say.label("bytes"), _size_of_file(say, answer["database_bytes"])),
        (say.label("sandbox"), say("是", "yes") if answer["sandbox"] else ""),
        *line_facts(say, answer["sync"]),
    ]
