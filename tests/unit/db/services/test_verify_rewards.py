"""Verification of rewards: a sound home is proved, each corruption is found by name."""

import pytest

from db.domain.ids import OperationId
from db.services.tags import TagMember, tag_member
from db.services.verify.book import verify_home
from db.storage.system import FixedClock
from db.storage.unit_of_work import Storage
from tests.support.makers import NOBODY, a_member, a_sale, a_void
from tests.support.publishing import publish
from tests.support.reward_makers import (
    GIFTS,
    SPEND,
    TIERS,
    a_gift,
    a_gift_return,
    an_event,
    expiries,
    on,
    review,
)

DAY_MS = 86_400_000


@pytest.fixture
def lived(storage: Storage, clock: FixedClock) -> Storage:
    """Return a counter where everything beyond sales has happened once."""
    publish(
        storage,
        earning=[SPEND, on("signup", [{"points": 20}, {"tag": "new"}])],
        points={"expiry": {"kind": "inactivity", "months": 1}},
        redemption=GIFTS,
        tiers=TIERS,
        referral={"referrer": {"points": 200}},
    )
    referrer = a_member(storage, phone="13800000001").member_id
    member = a_member(storage, referrer_id=referrer).member_id
    a_void(storage, a_sale(storage, member, amount=12_000).sale_id)
    a_sale(storage, member, amount=12_000)
    an_event(storage, member, "survey")
    a_gift(storage, member, "PEN")
    a_gift_return(storage)
    a_gift(storage, member, "CUP")
    with storage.begin() as work:
        op = OperationId(work.new_id())
        tag_member(work, TagMember(op=op, by=NOBODY, member_id=member, tag="vip"))
    clock.advance(430 * DAY_MS)
    expiries(storage)
    review(storage)
    return storage


def test_a_home_with_rewards_is_proved(lived: Storage) -> None:
    assert verify_home(lived).problems == ()


TAG_TWICE = (
    "INSERT INTO member_tag SELECT op, 'x', member_id, 1, source, hlc, undone_by FROM member_tag"
    " LIMIT 1"
)


@pytest.mark.parametrize(
    ("name", "corruption"),
    [
        ("reward_entry_differs", "UPDATE reward_entry SET points = points + 1"),
        ("reward_entry_differs", "UPDATE reward_entry SET raised_rank = 0"),
        ("reward_entry_differs", "DELETE FROM reward_entry WHERE kind = 'expire'"),
        ("rows_differ", "DELETE FROM reward_entry WHERE kind = 'tier_review'"),
        ("reward_undone_differs", "UPDATE reward_entry SET undone_by = NULL"),
        (
            "reward_undone_differs",
            "UPDATE reward_entry SET undone_by = op WHERE undone_by IS NULL",
        ),
        ("gift_move_differs", "UPDATE gift_move SET change = change + 5"),
        ("gift_move_differs", "DELETE FROM gift_move WHERE sku = 'CUP'"),
        ("member_tags_differ", "UPDATE member_tag SET held = 0"),
        ("member_tags_differ", "DELETE FROM member_tag"),
        ("rows_differ", TAG_TWICE),
        ("tag_undone_differs", "UPDATE member_tag SET undone_by = op"),
        ("idle_lot_differs", "UPDATE lot SET expires_on = '2020-01-01'"),
        ("member_total_differs", "UPDATE member_total SET earned = earned + 1"),
        ("member_total_differs", "UPDATE member_total SET redeemed = redeemed + 1"),
        ("counter_day_differs", "UPDATE counter_day SET earned = earned + 1"),
        ("transfers_differ", "UPDATE transfer SET points = points + 1 WHERE entry = 'expire'"),
    ],
)
def test_a_corruption_is_found_by_name(lived: Storage, name: str, corruption: str) -> None:
    with lived.begin() as work:
        work.sql.run(corruption)

    found = {problem.name for problem in verify_home(lived).problems}

    assert name in found
