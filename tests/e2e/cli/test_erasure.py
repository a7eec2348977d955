"""A member is forgotten by commands: at a counter alone, and by head office for everybody."""

from pathlib import Path

from tests.support.command_line import Guitai
from tests.support.offices import head_office
from tests.support.processes import done
from tests.support.processes import guitai as on

PHONE = "13800000041"


def test_a_counter_alone_forgets_a_member_at_once(guitai: Guitai) -> None:
    number = guitai("member", "add", "--phone", PHONE, "--name", "张小芳").document["number"]
    guitai("sale", "add", "--amount", "100", "--member", number)

    erased = guitai("member", "erase", number, "--reason", "本人要求")
    again = guitai("member", "erase", erased.document["member_id"])
    nobody = guitai("member", "show", PHONE)
    refused = guitai("sale", "add", "--amount", "1", "--member", number)
    anew = guitai("member", "add", "--phone", PHONE, "--name", "张小芳")

    assert (erased.document["state"], erased.document["number"]) == ("erased", number)
    assert again.document["refused"]["code"] == "erased_before"
    assert nobody.document["refused"]["code"] == "no_such_member"
    assert refused.code == 3
    assert anew.document["number"] != number
    assert guitai("verify").document["ok"]


def test_head_office_forgets_whom_a_counter_asked_it_to(tmp_path: Path) -> None:
    home = tmp_path / "01"
    with head_office(tmp_path / "office") as office:
        done(on(home, "init", "--sandbox", "--branch", "一店", "--counter", "01"))
        office.enroll(home)
        number = done(on(home, "member", "add", "--phone", PHONE, "--name", "张小芳"))["number"]
        asked = done(on(home, "member", "erase", number, "--reason", "本人要求"))
        done(on(home, "sync", "now"))
        done(on(home, "sync", "now"))
        (waiting,) = done(on(home, "sync", "conflicts"))["conflicts"]
        conflict = ("resolve", waiting["conflict_id"], "--choice", "erase")
        done(on(office.home, "office", "conflicts", *conflict))
        before = done(on(office.home, "office", "erasures"))["erasures"]
        done(on(home, "sync", "now"))
        done(on(home, "sync", "now"))
        after = done(on(office.home, "office", "erasures"))["erasures"]

        assert asked["wish"]["act"] == "erase"
        assert (waiting["kind"], waiting["recommended"]) == ("erasure_asked", "erase")
        assert [one["reason"] for one in waiting["wishes"]] == ["本人要求"]
        assert [each["done_at"] for each in before[0]["devices"]] == [None]
        assert after[0]["devices"][0]["done_at"] is not None
        assert on(home, "member", "show", PHONE).code == 3
        assert all(done(on(each, "verify"))["ok"] for each in (home, office.home))
