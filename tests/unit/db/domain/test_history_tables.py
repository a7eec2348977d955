"""The tables of a former system beside its purchases: members, products, lines, cut in batches."""

from db.domain.clock import BusinessCalendar
from db.domain.history import FormerMember, SkippedRow, chunks, read_history

CALENDAR = BusinessCalendar()
PURCHASE = {"purchased_at": "2017-03-01T10:00:00", "total": "10.00"}
Rows = list[dict[str, str]]


def numbered(rows: Rows) -> list[tuple[int, dict[str, str]]]:
    return list(enumerate(rows, start=2))


def test_members_without_an_id_or_named_twice_are_set_aside() -> None:
    members = [
        {"member_id": "7", "name": "张三", "phone": "138", "joined_on": "2016-02-29T00:00:00"},
        {"member_id": "", "name": "谁"},
        {"member_id": "7", "name": "李四"},
        {"member_id": "8", "joined_on": "soon"},
    ]

    read = read_history(
        members=numbered(members), products=[], purchases=[], lines=[], calendar=CALENDAR
    )

    assert read.members == [
        FormerMember("7", "张三", "138", "2016-02-29"),
        FormerMember("8", "", "", ""),
    ]
    assert read.skipped == [
        SkippedRow("members.csv", 3, "no_id"),
        SkippedRow("members.csv", 4, "duplicate_in_file"),
    ]


def test_a_category_is_a_path_whatever_its_parts_hold() -> None:
    products = [
        {"sku": "A", "name": "苹果", "category": "食品/生鲜", "sub_category": "水果"},
        {"sku": "", "name": "nothing"},
    ]

    read = read_history(
        members=[], products=numbered(products), purchases=[], lines=[], calendar=CALENDAR
    )

    assert list(read.products) == ["A"]
    assert read.products["A"].category == "食品 生鲜/水果"


def test_a_line_that_cannot_be_read_is_set_aside_with_its_purchase_by_amount() -> None:
    lines = [
        {"purchase_id": "P1", "sku": "A", "qty": "two", "amount": "10.00"},
        {"purchase_id": "P2", "sku": "A", "qty": "", "amount": "10.00"},
    ]

    read = read_history(
        members=[],
        products=[],
        purchases=numbered([{**PURCHASE, "purchase_id": name} for name in ("P1", "P2")]),
        lines=numbered(lines),
        calendar=CALENDAR,
    )

    assert read.skipped == [SkippedRow("purchase_lines.csv", 2, "qty_invalid")]
    assert [len(each.lines) for each in read.purchases] == [0, 1]
    assert read.purchases[1].lines[0].quantity == 1
    assert [len(part) for part in chunks(read.purchases * 3, 4)] == [4, 2]
