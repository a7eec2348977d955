"""A replay as files: figures, spread and members for spreadsheets; bars and tables on paper."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from pypdf import PdfReader

from db.queries.program_replay import ProgramReplay, program_replay
from db.storage.unit_of_work import Storage
from desktop.reports.program_replay_csv import program_replay_csv
from desktop.reports.program_replay_pdf import program_replay_pdf
from desktop.reports.program_replay_tables import spread_bars
from desktop.wording.speech import Speech
from tests.support.makers import a_member, a_sale
from tests.support.programs import a_program

LEVELS = [{"code": "x"}, {"code": "gold", "from": "100.00", "discount": "0.1"}]
NAMES = {"tier:gold": ("金卡", "Gold")}


@pytest.fixture
def replay(storage: Storage) -> ProgramReplay:
    """Return a replay in which one of two members gains."""
    anna = a_member(storage)
    ben = a_member(storage, phone="13900001111", name="李")
    for _ in range(2):
        a_sale(storage, anna.member_id, amount=20_000)
    a_sale(storage, ben.member_id, amount=100)
    tiers = {"measure": "net_spend", "window": "lifetime", "levels": LEVELS}
    with storage.reading() as reader:
        return program_replay(
            reader, a_program(version=2, tiers=tiers), today=date(2026, 11, 21), days=1
        )


def rows(replay: ProgramReplay, language: str) -> list[list[str]]:
    raw = program_replay_csv(replay, Speech(language, NAMES))
    return list(csv.reader(StringIO(raw.decode("utf-8-sig"))))


def test_the_spreadsheet_has_both_programs_and_every_member(replay: ProgramReplay) -> None:
    found = rows(replay, "zh")
    by_title = {row[0]: row[1:] for row in found if len(row) == 4}

    assert by_title["直接优惠"] == ["0.00", "20.00", "20.00"]
    assert by_title["发放积分"] == ["401", "381", "-20"]
    assert by_title["会员实得比例"] == ["1%", "5.94%", "4.94%"]
    assert by_title["金卡"] == ["0", "1", "1"]
    assert [by_title[number][2] for number in replay.numbers.values()] in (
        ["19.80", "0.00"],
        ["0.00", "19.80"],
    )


def test_the_spreadsheet_speaks_english(replay: ProgramReplay) -> None:
    found = rows(replay, "en")

    assert found[0] == ["Program replay"]
    assert not any("\u4e00" <= each <= "\u9fff" for row in found for cell in row for each in cell)


def test_the_paper_has_bars_and_tables_and_no_member(replay: ProgramReplay) -> None:
    raw = program_replay_pdf(replay, Speech("zh", NAMES))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(raw)).pages)

    assert "1 位会员多得，0 位少得，1 位不变" in text
    assert "直接优惠" in text
    assert not any(number in text for number in replay.numbers.values())


def test_a_bar_is_named_by_the_far_end_of_its_range(replay: ProgramReplay) -> None:
    bars = spread_bars(replay, Speech("en"))

    assert [(bar.label, bar.amount) for bar in bars] == [
        ("same", 1), ("¥1", 0), ("¥2", 0), ("¥5", 0), ("¥10", 0), ("¥20", 1),
    ]  # fmt: skip
