"""Finding a member by whatever he gives, on a real file."""

import itertools
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from db.domain.ids import MemberId
from db.domain.lookup.member_number import MemberNumberInvalid, number_in_block
from db.domain.lookup.private_codes import PrivateCode, PrivateCodeRefused
from db.queries.member_candidates import MatchedBy
from db.queries.member_search import SearchResult, find_members
from db.storage.unit_of_work import Storage, UnitOfWork

_ROWS = itertools.count()


class _Undone(Exception):
    """Rolls a test's members back."""


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storage]:
    path: Path = tmp_path_factory.mktemp("book") / "guitai.db"
    storage = Storage(path, bytes(32))
    yield storage
    storage.close()


@pytest.fixture
def work(storage: Storage) -> Iterator[UnitOfWork]:
    with suppress(_Undone), storage.begin() as work:
        yield work
        raise _Undone


def a_member(
    work: UnitOfWork,
    name: str = "张秀芳",
    phone: str | None = None,
    *,
    last_on: str | None = None,
    last_at: int | None = None,
    state: str = "active",
    alias_of: bytes | None = None,
    number: str | None = None,
    external_id: str | None = None,
) -> MemberId:
    """Write a member who last came on a day, findable."""
    index = next(_ROWS)
    member_id = MemberId(work.new_id())
    row = work.sql.value(
        "INSERT INTO member (member_id, number, phone, name, channel, state, alias_of,"
        " home_branch_id, joined_on, registered_at, external_id)"
        " VALUES (?, ?, ?, ?, 'walk_in', ?, ?, ?, '2024-01-01', 0, ?) RETURNING member_row",
        (
            member_id,
            number or number_in_block("07", index),
            phone,
            name,
            state,
            alias_of,
            bytes(16),
            external_id,
        ),
    )
    if last_on is not None:
        work.sql.run(
            "INSERT INTO member_total (member_id, visits, last_on, last_at) VALUES (?, 1, ?, ?)",
            (member_id, last_on, last_at or 10 * int(last_on.replace("-", ""))),
        )
    work.grams.put(row, name=name, phone=phone, last_on=last_on)
    return member_id


def ids(result: SearchResult) -> list[MemberId]:
    return [found.member_id for found in result.members]


@pytest.mark.parametrize(
    ("query", "matched"),
    [
        ("13812345678", MatchedBy.PHONE),
        ("+86 138-1234-5678", MatchedBy.PHONE),
        ("１３８１２３４５６７８", MatchedBy.PHONE),
        ("M07CARD", None),
        ("5678", MatchedBy.LAST_DIGITS),
        ("345678", MatchedBy.LAST_DIGITS),
        ("单", MatchedBy.NAME),
        ("雄信", MatchedBy.NAME),
        ("单雄信", MatchedBy.NAME),
        ("单 雄信", MatchedBy.NAME),
        ("shan", MatchedBy.PINYIN),
        ("danxiongxin", MatchedBy.PINYIN),
        ("sxx", MatchedBy.PINYIN),
        ("dx", MatchedBy.PINYIN),
        ("Shan Xiong", MatchedBy.PINYIN),
        ("shanxx", MatchedBy.PINYIN),
        ("sxiongx", MatchedBy.PINYIN),
        ("sxiongxin", MatchedBy.PINYIN),
        ("xiongxin", MatchedBy.PINYIN),
        ("V300-7", MatchedBy.EXTERNAL_ID),
        ("mxx", None),
        ("雄单", None),
        ("6543", None),
        ("965678", None),
        ("13812345679", None),
        ("%", None),
        ("_", None),
        ("", None),
        ("   ", None),
        ("' OR 1=1 --", None),
        ("a" * 10_000, None),
    ],
)
def test_one_member_is_found_by_what_is_his(
    work: UnitOfWork, query: str, matched: MatchedBy | None
) -> None:
    member_id = a_member(work, "单雄信", "+8613812345678", external_id="V300-7")
    a_member(work, "李四", "+8613900001111")

    result = find_members(work, query)

    assert [(found.member_id, found.matched) for found in result.members] == (
        [] if matched is None else [(member_id, matched)]
    )


def test_a_number_finds_its_member_scanned_typed_or_fresh(work: UnitOfWork) -> None:
    number = number_in_block("3K", 7)
    member_id = a_member(work, number=number)

    for query in (number, number.lower(), f"{number}\r\n", f"{number[:5]} {number[5:]}"):
        (found,) = find_members(work, query).members
        assert (found.member_id, found.matched) == (member_id, MatchedBy.NUMBER)


def test_a_misread_number_is_not_said_to_be_unknown(work: UnitOfWork) -> None:
    number = number_in_block("3K", 7)
    with pytest.raises(MemberNumberInvalid):
        find_members(work, f"{number[:-1]}{'A' if number[-1] != 'A' else 'B'}")


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("134567890123456789", PrivateCode.WECHAT_PAY),
        ("281234567890123456", PrivateCode.ALIPAY),
        ("6222021234567890123", PrivateCode.UNIONPAY),
        (";6222021234567890=2512?", PrivateCode.BANK_CARD),
        ("11010519491231002X", PrivateCode.IDENTITY_CARD),
    ],
)
def test_a_private_code_is_refused_and_not_looked_up(
    work: UnitOfWork, query: str, kind: PrivateCode
) -> None:
    with pytest.raises(PrivateCodeRefused) as refused:
        find_members(work, query)

    assert refused.value.kind is kind
    assert query not in str(refused.value)


def test_the_latest_visitor_comes_first_and_who_never_came_last(work: UnitOfWork) -> None:
    never = a_member(work)
    spring = a_member(work, last_on="2026-04-30")
    today = a_member(work, last_on="2026-05-20", last_at=20260520_2)
    morning = a_member(work, last_on="2026-05-20", last_at=20260520_1)
    old = a_member(work, last_on="2023-12-31")

    for query in ("张", "秀芳", "张秀芳", "zxf", "zhangxiu", "zhangxf"):
        assert ids(find_members(work, query)) == [today, morning, spring, old, never]


def test_a_list_is_cut_at_its_limit_and_says_so(work: UnitOfWork) -> None:
    members = [a_member(work, last_on=f"{2000 + year}-01-01") for year in range(25)]

    result = find_members(work, "zxf", limit=10)

    assert ids(result) == members[:-11:-1]
    assert result.more
    assert not find_members(work, "zxf", limit=25).more


def test_a_crowd_is_cut_by_the_month(work: UnitOfWork) -> None:
    for _ in range(30):
        a_member(work, last_on="2026-01-01")
    newest = {a_member(work, last_on="2026-05-01") for _ in range(5)}

    assert set(ids(find_members(work, "张", limit=5))) == newest


def test_last_digits_never_choose_among_several(work: UnitOfWork) -> None:
    both = {a_member(work, phone="+8613812345678"), a_member(work, phone="+8613900005678")}

    assert set(ids(find_members(work, "5678"))) == both


def test_a_number_of_another_region_is_found_by_its_own_digits(work: UnitOfWork) -> None:
    member_id = a_member(work, phone="+85261234567")

    assert ids(find_members(work, "61234567")) == [member_id]
    assert ids(find_members(work, "6123 4567", region="HK")) == [member_id]


def test_two_members_with_one_phone_are_both_shown(work: UnitOfWork) -> None:
    both = {a_member(work, phone="+8613812345678"), a_member(work, phone="+8613812345678")}

    assert set(ids(find_members(work, "13812345678"))) == both


def test_a_merged_member_is_found_as_his_survivor_once(work: UnitOfWork) -> None:
    survivor = a_member(work, "张秀芳", "+8613812345678")
    middle = a_member(work, "张秀芳", "+8613900001111", state="merged", alias_of=survivor)
    first_number = number_in_block("3K", 9)
    a_member(work, "张小芳", "+8613900002222", state="merged", alias_of=middle, number=first_number)

    for query in ("13900001111", "13900002222", first_number, "2222", "小芳", "张", "zxf"):
        assert ids(find_members(work, query)) == [survivor]


def test_an_erased_member_is_never_found(work: UnitOfWork) -> None:
    a_member(work, "张秀芳", "+8613812345678", state="erased")

    assert not any(
        find_members(work, query).members for query in ("13812345678", "5678", "张", "zxf")
    )


def test_a_frozen_member_is_found_with_his_state(work: UnitOfWork) -> None:
    a_member(work, state="frozen")

    assert [found.state for found in find_members(work, "zxf").members] == ["frozen"]


def test_a_long_name_is_found_by_any_part_of_it(work: UnitOfWork) -> None:
    member_id = a_member(work, "Alexandra Montgomery-Smith")
    a_member(work, "Montague")

    for query in ("montgom", "ANDRA MONT", "-smith", "xan", "Alexandra Montgomery-Smith"):
        assert ids(find_members(work, query)) == [member_id]


def test_a_wildcard_is_an_ordinary_character(work: UnitOfWork) -> None:
    member_id = a_member(work, "100%纯棉_店")
    a_member(work, "100纯棉店")

    assert ids(find_members(work, "%")) == [member_id]
    assert ids(find_members(work, "棉_店")) == [member_id]


@pytest.mark.parametrize("rare", ["𠮷", "䶮", "鿅", "あ", "é"])
def test_a_rare_character_is_found_by_itself(work: UnitOfWork, rare: str) -> None:
    member_id = a_member(work, f"{rare}田")

    assert member_id in ids(find_members(work, rare))
