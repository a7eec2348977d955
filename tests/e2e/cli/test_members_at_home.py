"""A counter that holds its own branch's members, by commands: whom it asks for, and when not."""

from pathlib import Path

from tests.support.offices import HeadOffice, head_office
from tests.support.processes import done, guitai

PHONE = "13912345678"


def joined(office: HeadOffice, home: Path, branch: str) -> Path:
    done(guitai(home, "init", "--sandbox", "--branch", branch, "--counter", home.name))
    code = done(guitai(office.home, "office", "enroll-code", "--members", "home"))["code"]
    done(guitai(home, "sync", "enroll", office.address, code))
    done(guitai(home, "sync", "now"))
    return home


def test_nobody_here_is_told_apart_from_nobody_at_all(tmp_path: Path) -> None:
    with head_office(tmp_path / "office") as office:
        here = joined(office, tmp_path / "01", "南京东路店")
        there = joined(office, tmp_path / "02", "徐家汇店")
        done(guitai(there, "member", "add", "--phone", PHONE, "--name", "欧阳静"))
        done(guitai(there, "sync", "now"))
        nobody = guitai(here, "member", "show", "13900000000")
        office.kill()

        found = done(guitai(here, "member", "find", PHONE))
        shown = guitai(here, "member", "show", PHONE)
        cut = guitai(here, "sync", "now")

        office.start()
        visitor = done(guitai(here, "member", "show", PHONE))

    assert nobody.document == {
        "refused": {"code": "no_such_member", "details": {"wanted": "13900000000"}}
    }
    assert (found["members"], found["office_unreachable"]) == ([], True)
    assert (shown.code, shown.document["refused"]["code"]) == (3, "no_such_member")
    assert "连不上总部" in shown.told
    assert (cut.code, cut.document["online"]) == (4, False)
    assert visitor["name"] == "欧阳静"
