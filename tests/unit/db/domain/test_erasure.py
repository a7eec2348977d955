"""The keyed hash of an erased member's phone, and stamps of clocks that ran ahead."""

from db.domain import hlc
from db.domain.authority import DECISIONS, GRANTS
from db.domain.clock_facts import stamp_ahead
from db.domain.erasure import phone_hash
from db.services.replication import HANDLERS


def test_a_phones_hash_follows_from_phone_and_key() -> None:
    one = phone_hash("+8613812345678", b"k" * 32)

    assert one == phone_hash("+8613812345678", b"k" * 32)
    assert one != phone_hash("+8613812345679", b"k" * 32)
    assert one != phone_hash("+8613812345678", b"l" * 32)
    assert len(one) == 32


def test_a_stamp_counts_at_most_two_minutes_after_its_arrival() -> None:
    now = 1_800_000_000_000
    most = (now + hlc.AHEAD_MS_MAX) << hlc.COUNTER_BITS

    assert stamp_ahead(most, received_at=now, sequence=7) is None
    assert stamp_ahead(most + 1, received_at=now, sequence=7) == most + 7
    assert stamp_ahead(2 * most, received_at=now, sequence=65_536 + 8) == most + 8
    assert stamp_ahead(0, received_at=now, sequence=7) is None


def test_what_the_authority_alone_writes_is_known_here() -> None:
    assert set(HANDLERS) >= DECISIONS | GRANTS
    assert not DECISIONS & GRANTS
