"""Coupons and stored value over real processes: a head office, two counters, and no line.

What one counter holds is nobody else's, online or off, and is used once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.coupon_makers import COUPONS
from tests.support.offices import HeadOffice, head_office
from tests.support.processes import Answer, done
from tests.support.publishing import publish
from tests.support.shops import Shop, check_agreement, check_inside, converge, looking_into
from tests.support.teller import told
from tests.support.value_makers import VALUE

SHARE = {"share": "0.2", "amount_max": "500.00", "hours": 72}


@dataclass
class Chain:
    """A head office with two counters in two branches, and a member whom all of them know."""

    office: HeadOffice
    first: Shop
    second: Shop
    member: str

    def coupon(self, at: Path) -> str:
        """Issue ten yuan off from fifty on to the member; return what is printed on it."""
        answer = done(told(at, "coupon", "issue", "TEN", "--member", self.member))
        return str(answer["coupons"][0]["id"])

    def use(self, at: Shop, coupon: str) -> Answer:
        """Try to sell for sixty yuan with a coupon."""
        words = ("sale", "add", "--amount", "60", "--member", self.member, "--coupon", coupon)
        return told(at.home, *words)

    def pay(self, at: Shop, amount: str) -> Answer:
        """Try to sell for stored value."""
        tender = f"stored_value={amount}"
        words = ("sale", "add", "--amount", amount, "--member", self.member, "--tender", tender)
        return told(at.home, *words)

    def shown(self, at: Shop) -> dict[str, object]:
        """Look the member up."""
        return done(told(at.home, "member", "show", self.member))


def refusal(answer: Answer) -> str:
    """Return why a command was refused."""
    return str(answer.document["refused"]["code"])


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Chain]:
    with head_office(tmp_path / "office") as office:
        with looking_into(office.home) as storage:
            publish(storage, coupons=COUPONS, stored_value=VALUE, offline={"stored_value": SHARE})
        shops = [Shop(tmp_path / "01机"), Shop(tmp_path / "02机", branch="徐家汇店")]
        for shop in shops:
            office.enroll(shop.home)
        member = shops[0].enroll("13930000001")
        for shop in (*shops, shops[0]):
            shop.sync()
        yield Chain(office, shops[0], shops[1], member)


def test_a_coupon_of_head_office_is_used_once_online_or_off(chain: Chain) -> None:
    first, second = chain.first, chain.second
    coupon, other = chain.coupon(chain.office.home), chain.coupon(chain.office.home)

    assert [one["usable_here"] for one in chain.shown(first)["coupons"]] == []
    first.sync()
    assert [one["usable_here"] for one in chain.shown(first)["coupons"]] == [True, True]
    second.sync()
    assert [one["usable_here"] for one in chain.shown(second)["coupons"]] == [False, False]
    assert refusal(chain.use(second, coupon)) == "coupon_elsewhere"
    chain.office.kill()
    used = done(chain.use(first, coupon))
    assert refusal(chain.use(second, coupon)) == "coupon_elsewhere"
    assert refusal(chain.use(first, coupon)) == "coupon_used"
    chain.office.start()

    first.sync()
    second.sync()
    assert refusal(chain.use(second, coupon)) == "coupon_used"
    done(chain.use(second, other))
    assert used["due"] == "50.00"
    converge(first.home, second.home)
    check_agreement(chain.office.home, first.home, second.home)
    with looking_into(chain.office.home) as storage, storage.reading() as reader:
        assert reader.all("SELECT code, count(*) FROM coupon_use GROUP BY code ORDER BY 1") == [
            (code, 1) for code in sorted((coupon, other))
        ]


def test_stored_value_is_spent_within_the_lease_and_never_twice(chain: Chain) -> None:
    first, second = chain.first, chain.second
    done(told(first.home, "value", "top-up", chain.member, "100"))
    first.sync()
    second.sync()

    assert chain.shown(first)["stored_value"]["usable_here"] == "150.00"
    assert chain.shown(second)["stored_value"]["usable_here"] == "0.00"
    first.sync()
    assert chain.shown(second)["stored_value"]["usable_here"] == "30.00"
    chain.office.kill()
    assert refusal(chain.pay(second, "30.01")) == "stored_value_elsewhere"
    done(chain.pay(second, "30.00"))
    assert refusal(chain.pay(first, "1.00")) == "stored_value_elsewhere"
    chain.office.start()
    second.sync()
    assert refusal(chain.pay(first, "120.00")) == "stored_value_elsewhere", "24.00 lie at second"
    second.sync()
    done(chain.pay(first, "120.00"))
    converge(first.home, second.home)

    check_agreement(chain.office.home, first.home, second.home)
    for home in (chain.office.home, first.home, second.home):
        check_inside(home)
    assert chain.shown(first)["stored_value"] == {
        "principal": "0.00",
        "bonus": "0.00",
        "usable_here": "0.00",
    }
