"""The counter's shop once its program has coupons, a code and stored value, and 张小芳 has some."""

import json
from typing import Any

from db.domain.ids import MemberId
from db.domain.staff import Actor, Role
from db.storage.programs import ProgramRow
from desktop.gallery.cashier import Cashier
from desktop.gallery.makers import issue_coupon, top_up
from desktop.gallery.shop import program_document

ZHANG = "13812345678"
COUPONS: list[dict[str, Any]] = [
    {
        "code": "TEN",
        "name": {"zh": "满100减10", "en": "10 off 100"},
        "kind": "amount",
        "value": "10.00",
        "min_spend": "100.00",
        "valid": {"days_after_issue": 30},
    },
    {
        "code": "TENTH",
        "name": {"zh": "生日九折", "en": "Birthday 10%"},
        "kind": "percent",
        "value": "0.10",
        "max_value": "5.00",
    },
    {
        "code": "BIG",
        "name": {"zh": "满500减80", "en": "80 off 500"},
        "kind": "amount",
        "value": "80.00",
        "min_spend": "500.00",
        "transferable": True,
    },
]
PROMOTIONS: list[dict[str, Any]] = [
    {
        "id": "hello",
        "name": {"zh": "开业优惠", "en": "Opening"},
        "lane": "order",
        "code": "HELLO",
        "give": {"amount_off": "3.00"},
    }
]
VALUE: dict[str, Any] = {
    "ladder": [
        {"pay": "100.00", "bonus": "10.00"},
        {"pay": "300.00", "bonus": "50.00"},
        {"pay": "500.00", "bonus": "100.00"},
    ],
    "max_balance": "2000.00",
}


def make_generous(cashier: Cashier, **overrides: Any) -> None:
    """Put the program in force; overrides are parts of its document."""
    document = program_document()
    document |= {"coupons": COUPONS, "promotions": PROMOTIONS, "stored_value": VALUE}
    document |= overrides
    raw = json.dumps(document).encode()
    with cashier.counter.storage.begin() as work:
        row = ProgramRow(document["id"], document["version"], document["effective_on"], raw)
        work.programs.replace_all([row])
        work.forget()
    cashier.counter.desk.refresh()
    cashier.settle()


def member_of(cashier: Cashier, phone: str = ZHANG) -> MemberId:
    """Return the member with this phone."""
    with cashier.counter.storage.reading() as reader:
        return MemberId(
            reader.value("SELECT member_id FROM member WHERE phone = ?", (f"+86{phone}",))
        )


def give_coupons(cashier: Cashier, *kinds: str, phone: str = ZHANG) -> list[str]:
    """Issue coupons to a member; return what is printed on them."""
    member_id = member_of(cashier, phone)
    return [
        issue_coupon(cashier.counter.storage, member_id, kind=kind, by=_manager(cashier))
        for kind in kinds
    ]


def pay_in(cashier: Cashier, pay: int = 10_000, phone: str = ZHANG) -> None:
    """Let a member pay money in, with its bonus on top."""
    top_up(cashier.counter.storage, member_of(cashier, phone), pay=pay, by=_manager(cashier))


def _manager(cashier: Cashier) -> Actor:
    people = cashier.counter.desk.facts.people
    manager = next(person for person in people if person.role is Role.MANAGER)
    return Actor(manager.staff_id, manager.role)
