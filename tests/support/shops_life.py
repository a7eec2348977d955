"""A shop's life told by commands: every command that answers, answers once or more.

It is told in one form at a time (JSON, Chinese or English), in this process, for speed.
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from desktop.cli.app import run
from tests.support.coupon_makers import NAMED_COUPONS, PROMOTIONS

LIST = "姓名,手机号,积分,备忘\n张三,13800000011,120,x\n李四,1380000001,5,\n"
PURCHASES = (
    "purchase_id,member_id,purchased_at,items,gross,discount,total\n"
    "P1,7,2017-03-01T10:00:00,3,12.00,2.00,10.00\n"
    "P2,7,2017-03-02T00:00:00,-1,-5.00,0.00,-5.00\n"
    "P3,8,someday,1,1.00,0.00,1.00\n"
)
LINES = "sku,name,category,unit_price,quantity\nA1,绿茶,饮料/茶,3.00,2\nB2,面包,食品,12.00,1\n"
STORY = json.dumps(
    {
        "member": {"balance": 1500, "tier": "gold"},
        "steps": [
            {
                "at": "2026-06-06T10:00:00+08:00",
                "sale": {"id": "S1", "amount": "128.50", "redeem_points": 100},
            },
            {"at": "2026-06-07T10:00:00+08:00", "redeem": {"points": 90_000}},
        ],
    }
)
RULES = [
    {
        "id": "spend",
        "name": {"zh": "消费积分", "en": "Spend"},
        "give": {"points": 1, "per_amount": "1.00"},
    },
    {"id": "weekend", "name": "Sat", "when": {"weekday": ["sat"]}, "give": {"multiply": "2"}},
    {"id": "new", "when": {"first_purchase": True}, "give": {"points": 50}},
    {"id": "gift", "name": "礼", "when": {"event": ["birthday"]}, "give": {"points": 88}},
]
LEVELS = [
    {"code": "basic", "name": {"zh": "普卡", "en": "Basic"}},
    {"code": "gold", "name": {"zh": "金卡", "en": "Gold"}, "from": "1000", "multiplier": "1.5"},
]


class Teller:
    """Runs commands in one form and keeps what they answered."""

    def __init__(self, form: str, capture: pytest.CaptureFixture[bytes], folder: Path) -> None:
        self.form = form
        self.folder = folder
        self.told: list[tuple[str, str]] = []
        self._capture = capture

    def __call__(self, *words: str, home: str = "shop") -> str:
        """Run a command; return what it wrote to stdout, which must have been right."""
        form = ("--json",) if self.form == "json" else ()
        environment = {"LANG": f"{'zh_CN' if self.form == 'json' else self.form}.UTF-8"}
        code = run((*words, "--home", str(self.folder / home), *form), environment)
        out, err = self._capture.readouterr()
        text = out.decode()
        assert code == 0, (words, err)
        self.told.append((" ".join(words), text))
        return text


def a_shops_life(teller: Teller) -> None:
    """Have every command that needs no head office answer once or more."""
    folder = teller.folder
    files = {
        "list.csv": LIST,
        "lines.csv": LINES,
        "story.json": STORY,
        "former/purchases.csv": PURCHASES,
    }
    (folder / "former").mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    document = program(teller)
    (folder / "program.json").write_text(json.dumps(document), encoding="utf-8")
    document |= {"version": document["version"] + 1, "effective_on": "2099-01-01"}
    (folder / "proposed.json").write_text(json.dumps(document), encoding="utf-8")
    teller("init", "--sandbox", "--branch", "一店", "--program", str(folder / "program.json"))
    people(teller)
    stored_value(teller)
    sales(teller)
    coupons(teller)
    rewards(teller)
    lists(teller)
    staff(teller)
    upkeep(teller)


def staff(teller: Teller) -> None:
    """Hire, give a new PIN, let go, and list who works here."""
    for code, role in (("12", "cashier"), ("13", "shift_lead"), ("14", "manager")):
        teller("staff", "add", code, "小林", "--role", role, "--new-pin", "739154")
    teller("staff", "pin", "12", "--new-pin", "284619")
    teller("staff", "leave", "13")
    teller("staff", "list")


def program(teller: Teller) -> dict[str, Any]:
    """Return a program with rules, levels and limits to speak of."""
    teller("init", "--sandbox", home="plain")
    shown = teller("program", "show", "--document", home="plain")
    document: dict[str, Any] = json.loads(shown)
    teller.told.pop()
    document["earning"] = RULES
    document["tiers"] = {"measure": "net_spend", "window": "lifetime", "levels": LEVELS}
    document["points"]["expiry"] = {"kind": "months", "after": 12}
    document["redemption"]["money"]["max_share"] = "0.5"
    document["redemption"]["gifts"] = [{"sku": "茶杯", "points": 20, "stock": 5}]
    document["stored_value"] = {
        "ladder": [{"pay": "500.00", "bonus": "50.00"}],
        "bonus_expiry": {"kind": "months", "after": 6},
    }
    document["coupons"] = NAMED_COUPONS
    document["promotions"] = PROMOTIONS
    return document


def people(teller: Teller) -> None:
    """Register, look at, change and list members."""
    teller("member", "add", "--phone", "13812345678", "--name", "张小芳", "--birthday", "05-20")
    teller("member", "add", "--phone", "13812345679", "--referrer", "13812345678")
    for query in ("5678", "zhang", "nobody", "13812345678"):
        teller("member", "find", query)
    teller("member", "consent", "13812345678", "--grant", "marketing")
    teller("member", "add", "--phone", "13812345680", "--name", "小芳")
    teller("member", "update", "13812345680", "--gender", "female", "--phone", "13812345681")
    teller("member", "freeze", "13812345681", "--reason", "核对")
    teller("member", "unfreeze", "13812345681", "--reason", "核对")
    teller("member", "show", "13812345681")
    teller("member", "merge", "13812345681", "13812345679")
    teller("member", "unmerge", "13812345681")


def stored_value(teller: Teller) -> None:
    """Pay stored value in, spend of it, look at it, and pay the rest out."""
    teller("value", "top-up", "13812345678", "500.00", "--tender", "wechat")
    teller("sale", "add", "--amount", "9", "--member", "13812345678", "--tender", "stored_value=9")
    for words in (("value", "show"), ("value", "history"), ("member", "show")):
        teller(*words, "13812345678")
    teller("value", "refund", "13812345678", "--reason", "退卡")
    teller("value", "history", "13812345678")
    teller("report", "stored-value")


def sales(teller: Teller) -> None:
    """Sell, take back, use and correct points, and look at all of it."""
    lines = str(teller.folder / "lines.csv")
    teller(
        "sale", "add", "--amount", "1280.50", "--member", "13812345678", "--tender", "wechat=1280.5"
    )
    sold = teller("sale", "add", "--amount", "50", "--member", "13812345678", "--redeem", "100")
    teller("sale", "undo", sale_in(sold))
    teller("sale", "show", sale_in(sold))
    teller("sale", "show", sale_in(sold), "--receipt")
    sold = teller(
        "sale", "add", "--lines", lines, "--member", "13812345678", "--till-receipt", "A-1"
    )
    teller("sale", "void", sale_in(sold), "--reason", "录错")
    teller("sale", "show", sale_in(sold))
    teller("sale", "add", "--amount", "20")
    teller("points", "redeem", "13812345678", "200")
    teller("points", "adjust", "13812345678", "-30", "--reason", "录错")
    for words in (("points", "history"), ("points", "lots"), ("member", "show")):
        teller(*words, "13812345678")
    teller("member", "show", "13812345678", "--reveal", "--reason", "寄快递")
    teller("shift", "show")
    teller("shift", "cash", "--in", "50", "--reason", "补零钱")
    teller("shift", "cash", "--out", "30.50", "--reason", "存银行")
    teller("shift", "drawer", "--reason", "换零钱")
    teller("device", "show")
    teller("device", "ports")
    teller("device", "printer", "/dev/null", "--paper", "58", "--language", "en", "--no-answers")
    teller("device", "display", "/dev/null")
    teller("device", "scanner", "--layout", "qwertz", "--gap", "40")
    teller("device", "sounds", "off")
    for what in ("printer", "drawer", "display"):
        teller("device", "test", what)
    teller("shift", "close", "--counted", "20", "--till-total", "1300.50")
    teller("shift", "show")
    teller("shift", "open", "--float", "200")


def coupons(teller: Teller) -> None:
    """Issue coupons, use and void some, and let a code and a rule work."""
    teller("coupon", "issue", "FIVE", "--member", "13812345678", "--reason", "生日")
    given = teller("coupon", "issue", "TENTH", "--count", "2")
    teller("coupon", "list", "--kind", "NONE")
    teller("member", "show", "13812345678")
    sold = teller(
        "sale", "add", "--amount", "80", "--member", "13812345678",
        "--coupon", "FIVE", "--code", "HELLO",
    )  # fmt: skip
    teller("sale", "show", sale_in(sold))
    teller("coupon", "show", coupon_in(given))
    teller("coupon", "void", coupon_in(given), "--reason", "错发")
    teller("coupon", "list")


def coupon_in(text: str) -> str:
    """Return what is printed on a coupon that an answer speaks of."""
    found = re.search(r"\bC[0-9A-Z]{11}\b", text)
    assert found is not None, text
    return found[0]


def rewards(teller: Teller) -> None:
    """Record events, give gifts and take one back, tag, and write what a review writes."""
    teller("member", "event", "13812345678", "birthday")
    teller("member", "event", "13812345678", "attended:开业")
    given = teller("gift", "redeem", "13812345678", "茶杯")
    found = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", given)
    assert found is not None
    teller("gift", "return", found[0], "--reason", "坏了")
    teller("gift", "stock", "茶杯", "+3", "--reason", "到货")
    teller("gift", "list")
    teller("tag", "add", "13812345678", "常客")
    teller("tag", "list", "13812345678")
    teller("member", "show", "13812345678")
    teller("tag", "remove", "13812345678", "常客")
    teller("points", "history", "13812345678")
    teller("program", "review", "expiry")
    teller("program", "review", "tiers")


def lists(teller: Teller) -> None:
    """Bring lists in and out, and read the reports and the program."""
    folder = teller.folder
    teller("member", "import", str(folder / "list.csv"), "--dry-run")
    brought = teller("member", "import", str(folder / "list.csv"))
    teller("member", "import", "--revert", batch_in(brought))
    teller("member", "export")
    teller("member", "export", "--format", "csv", "--out", str(folder / "out.csv"))
    teller("history", "import", str(folder / "former"), "--dry-run")
    teller("history", "import", str(folder / "former"), "--award")
    teller("report", "list")
    teller("report", "day")
    teller("report", "day", "--from", "2017-03-01", "--to", "2017-03-05")
    teller("report", "day", "--format", "csv", "--out", str(folder / "day.csv"))
    teller("program", "show")
    teller("program", "check", str(folder / "program.json"))
    teller("program", "preview", str(folder / "program.json"), str(folder / "story.json"))
    teller("program", "replay", str(folder / "proposed.json"), "--days", "2")
    teller("program", "replay", str(folder / "proposed.json"), "--out", str(folder / "replay.csv"))
    teller("program", "publish", str(folder / "proposed.json"))
    teller("program", "history")


def upkeep(teller: Teller) -> None:
    """Prove, examine, back up and restore."""
    folder = teller.folder
    teller("sync", "status")
    teller("verify")
    teller("doctor", "--bundle", str(folder / "bundle.json"))
    teller("backup", str(folder / "shop.backup"))
    teller("restore", str(folder / "shop.backup"), home="elsewhere")


def with_head_office(teller: Teller, office: Path, address: str) -> None:
    """Let two counters join, exchange, and be listed; decide what both did to one phone."""
    phone = f"139000000{'json zh_CN en_US'.index(teller.form):02}"
    for home, name in (("beside", "小王"), ("joining", "小李")):
        shutil.rmtree(teller.folder / home, ignore_errors=True)
        teller(
            "init", "--sandbox", "--counter", teller.form if home == "joining" else "02", home=home
        )
        added = teller("member", "add", "--phone", phone, "--name", name, home=home)
    beside = teller("office", "enroll-code", "--branch", "一店", home=str(office))
    teller("sync", "enroll", address, enroll_code_in(beside), home="beside")
    teller("sync", "now", home="beside")
    teller("office", "enroll-code", home=str(office))
    code = teller("office", "enroll-code", "--branch", "一店", home=str(office))
    teller("sync", "enroll", address, enroll_code_in(code), home="joining")
    teller("sync", "now", home="joining")
    teller("sync", "status", home="joining")
    counters_of(teller, office)
    teller("staff", "pin", "1", "--new-pin", "284619", home=str(office))
    number = re.search(r"\bM[A-Z0-9]{9}\b", added)
    assert number is not None
    decide(teller, office, number[0])


def decide(teller: Teller, office: Path, number: str) -> None:
    """Decide a conflict, and let a member be forgotten."""
    waiting = re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", conflicts_of(teller, office))
    assert waiting is not None
    teller("office", "conflicts", "show", waiting[0], home=str(office))
    teller("office", "conflicts", "resolve", waiting[0], "--choice", "keep", home=str(office))
    teller("office", "conflicts", "--all", home=str(office))
    conflicts_of(teller, office)
    teller("sync", "now", home="joining")
    teller("sync", "conflicts", "--all", home="joining")
    teller("sync", "conflicts", "show", waiting[0], home="joining")
    teller("member", "erase", number, "--reason", "本人要求", home="joining")
    teller("sync", "now", home="joining")
    teller("office", "erase", number, home=str(office))
    teller("office", "erasures", home=str(office))


def counters_of(teller: Teller, office: Path) -> None:
    """Look at the counters, and at what they may cost."""
    teller("office", "devices", home=str(office))
    teller("office", "risk", home=str(office))


def conflicts_of(teller: Teller, office: Path) -> str:
    """Return the inbox as it is told."""
    return teller("office", "conflicts", home=str(office))


def enroll_code_in(text: str) -> str:
    """Return the one-time code that an answer speaks of."""
    found = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", text)
    assert found is not None, text
    return found[0]


def sale_in(text: str) -> str:
    """Return the id of the sale that an answer speaks of."""
    found = re.search(r"(?:sale undo |\"sale_id\": \")([0-9a-f-]{36})", text)
    assert found is not None, text
    return found[1]


def batch_in(text: str) -> str:
    """Return the id of the import that an answer speaks of."""
    found = re.search(r"(?:--revert |\"batch\": \")([0-9a-f-]{36})", text)
    assert found is not None, text
    return found[1]
