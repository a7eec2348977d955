"""The book as a whole: its totals, and its export."""

from db.domain.ids import text_of
from db.queries.members_export import exported_consents, exported_ledger, exported_members
from db.queries.totals import BookTotals, book_totals
from db.storage.unit_of_work import Storage
from tests.support.makers import a_member, a_redemption, a_sale, an_adjustment, an_undo


def test_totals_count_what_stands(storage: Storage) -> None:
    member = a_member(storage)
    a_member(storage, phone="139 0000 1111", name="李明")
    a_sale(storage, member.member_id, amount=50_000)
    a_sale(storage, amount=2_000)
    an_undo(storage, a_sale(storage, member.member_id, amount=9_900).sale_id)
    a_redemption(storage, member.member_id, 300)
    an_adjustment(storage, member.member_id, 40)

    with storage.reading() as reader:
        totals = book_totals(reader)

    assert totals == BookTotals(
        members=2, sales=2, amount=52_000, issued=540, redeemed=300, available=240
    )


def test_the_export_gives_every_member_consent_and_movement(storage: Storage) -> None:
    member = a_member(storage, birthday="05-12")
    a_sale(storage, member.member_id, amount=50_000)
    a_redemption(storage, member.member_id, 300)

    with storage.reading() as reader:
        (row,) = exported_members(reader)
        ledger = tuple(exported_ledger(reader))
        consents = tuple(exported_consents(reader))

    assert (row.member_id, row.phone, row.points, row.spend) == (
        text_of(member.member_id), "+8613812345678", 200, 50_000,
    )  # fmt: skip
    assert (row.consent_membership, row.consent_marketing) == (True, None)
    assert sorted((entry.entry, entry.debit, entry.credit, entry.points) for entry in ledger) == [
        ("earn", "issued", "member", 500),
        ("lease", "member", "lease", 300),
        ("redeem", "lease", "redeemed", 300),
    ]
    assert [(consent.purpose, consent.granted) for consent in consents] == [("membership", True)]
