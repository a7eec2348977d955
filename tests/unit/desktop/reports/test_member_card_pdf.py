"""The member's card on paper: a code that reads as the number, and nothing that names a person."""

from io import BytesIO

import pypdfium2
import zxingcpp
from pypdf import PdfReader

from db.domain.program.program import default_program_document, load_program
from db.queries.member_card import member_card
from db.storage.home import HomeIdentity
from db.storage.unit_of_work import Storage
from desktop.reports.member_card_pdf import (
    CARD_HEIGHT,
    CARD_WIDTH,
    CODE_SIDE,
    CardFace,
    card_face,
    member_card_pdf,
    member_card_sheet_pdf,
)
from desktop.reports.paper import MM
from tests.support.makers import a_member

FACE = CardFace(shop="南京东路店", name="张*芳", tier="金卡", number="M000000010")


def test_the_code_reads_as_the_number_alone() -> None:
    page = pypdfium2.PdfDocument(member_card_pdf(FACE, language="zh_CN"))[0]

    (code,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil())

    assert code.text == FACE.number


def test_the_page_is_a_bank_card_and_the_code_at_least_25_mm() -> None:
    page = PdfReader(BytesIO(member_card_pdf(FACE, language="zh_CN"))).pages[0]

    assert round(float(page.mediabox.width) / MM, 1) == 85.6
    assert round(float(page.mediabox.height) / MM, 1) == 54.0
    assert CODE_SIDE / MM >= 25


def test_the_card_of_a_member_shows_his_name_masked_and_no_phone(
    storage: Storage, home: HomeIdentity
) -> None:
    member = a_member(storage)
    program = load_program(default_program_document("p", "店"))
    with storage.reading() as reader:
        card = member_card(
            reader, member.member_id, home=home, program=program, now_ms=storage.clock.wall_ms()
        )
    assert card is not None

    face = card_face(card, shop=home.branch_name, language="zh_CN")
    text = PdfReader(BytesIO(member_card_pdf(face, language="zh_CN"))).pages[0].extract_text()

    assert (face.name, face.shop, face.number) == ("张*芳", "南京东路店", member.number)
    assert "张小芳" not in text
    assert "5678" not in text


def test_long_words_stay_on_the_card() -> None:
    face = CardFace(
        shop="Guangzhou Tianhe Sports Center East Flagship Store",
        name="Maximilian*",
        tier="Platinum Ambassador of the House",
        number="M000000010",
    )

    page = pypdfium2.PdfDocument(member_card_pdf(face, language="en"))[0]

    for piece in page.get_objects():
        left, bottom, right, top = piece.get_bounds()
        assert left >= -1
        assert bottom >= -1
        assert right <= CARD_WIDTH + 1
        assert top <= CARD_HEIGHT + 1


def test_a_sheet_holds_ten_cards_and_goes_on() -> None:
    faces = [CardFace("店", "张*", "", f"M00000{place:04d}") for place in range(11)]

    pdf = PdfReader(BytesIO(member_card_sheet_pdf(faces, language="zh_CN")))

    assert len(pdf.pages) == 2
    assert all(face.number in pdf.pages[0].extract_text() for face in faces[:10])
    assert faces[10].number in pdf.pages[1].extract_text()
