"""Which consent stands, and the words it was given to."""

from db.domain.consent import UNSURE, ConsentRecord, in_force, notice_hash


def record(at: int, *, granted: bool, purpose: str = "marketing") -> ConsentRecord:
    return ConsentRecord(purpose, granted, at)


def test_without_a_word_there_is_no_consent() -> None:
    assert not in_force([record(1, granted=True, purpose="membership")], "marketing")


def test_the_latest_word_counts_whatever_the_order_it_is_heard_in() -> None:
    words = [record(3, granted=True), record(1, granted=False), record(2, granted=False)]

    assert in_force(words, "marketing")
    assert in_force(words[::-1], "marketing")
    assert not in_force([*words, record(4, granted=False)], "marketing")


def test_a_withdrawal_at_the_same_time_wins() -> None:
    both = [record(5, granted=True), record(5, granted=False)]

    assert not in_force(both, "marketing")
    assert not in_force(both[::-1], "marketing")


def test_between_two_counters_a_withdrawal_wins_where_clocks_cannot_tell() -> None:
    gone = ConsentRecord("marketing", granted=False, hlc=1_000, counter=b"a")
    soon = ConsentRecord("marketing", granted=True, hlc=1_000 + UNSURE - 1, counter=b"b")
    later = ConsentRecord("marketing", granted=True, hlc=1_000 + UNSURE, counter=b"b")
    again = ConsentRecord("marketing", granted=True, hlc=1_001, counter=b"a")

    assert not in_force([gone, soon], "marketing")
    assert not in_force([soon, gone], "marketing")
    assert in_force([gone, later], "marketing")
    assert in_force([gone, again], "marketing")


def test_other_words_have_another_hash() -> None:
    assert len(notice_hash("我同意")) == 16
    assert notice_hash("我同意") != notice_hash("我同意。")
