"""Pages for people: every value has a word, sums are explained, lines fit and align."""

from db.domain.birthday import BirthdayFault
from db.domain.consent import PURPOSES
from db.domain.lookup.phone_text import PhoneFault
from db.domain.members import CHANNELS, GENDERS, STATES
from db.domain.sales import TENDERS
from db.queries.member_candidates import MatchedBy
from desktop.cli.pages.day import bar
from desktop.cli.pages.labels import LABELS, UNSEEN
from desktop.cli.pages.sheet import Column, Line, Sheet, wrapped
from desktop.cli.pages.tongue import Tongue, change, money, points
from desktop.cli.pages.vocabulary import VOCABULARY
from desktop.wording.condition_words import condition_words
from desktop.wording.explained import explained
from desktop.wording.program_words import redemption_words, rule_words

NAMES = {"tier:gold": ("金卡", "Gold"), "rule:spend": ("消费积分", "Spend")}
ZH, EN = Tongue("zh", 2026, names=NAMES), Tongue("en", 2026, names=NAMES)


def test_the_values_that_the_domain_knows_have_words() -> None:
    wanted = {
        "channel": CHANNELS,
        "gender": GENDERS,
        "state": STATES,
        "purpose": PURPOSES,
        "tender": TENDERS,
        "matched": tuple(MatchedBy),
        "skipped": (
            *(f"phone_{fault}" for fault in PhoneFault),
            *(f"birthday_{fault}" for fault in BirthdayFault),
        ),
    }

    missing = {kind: set(values) - set(VOCABULARY[kind]) for kind, values in wanted.items()}

    assert not any(missing.values()), missing


def test_words_and_labels_are_chinese_first_and_english_second() -> None:
    pairs = [*LABELS.values(), *(pair for words in VOCABULARY.values() for pair in words.values())]

    for chinese, english in pairs:
        assert english.isascii(), english
        assert chinese == english or not chinese or any("\u4e00" <= c <= "\u9fff" for c in chinese)
    assert not UNSEEN & set(LABELS)


def test_a_sale_is_explained_rule_by_rule() -> None:
    steps: list[dict[str, object]] = [
        {"step": "program", "program": "p", "version": 1},
        {"step": "discount", "source": "tier:gold", "value": "10.00", "share": "1/10"},
        {"step": "redemption", "points": 100, "value": "1.00"},
        {
            "step": "rule",
            "rule": "spend",
            "gives": [
                {
                    "award": "per_amount",
                    "points": 1,
                    "per_amount": "1.00",
                    "base": "89.00",
                    "exact": "89",
                }
            ],
        },
        {"step": "rule", "rule": "birthday", "gives": [], "why": "condition"},
        {
            "step": "multiplier",
            "combine": "max",
            "parts": [{"source": "tier:gold", "value": "1.5"}],
        },
        {
            "step": "rounding",
            "exact": "133.5",
            "rounding": "down",
            "points": 133,
            "remainder": "0.5",
        },
        {"step": "cap", "cap": "per_day", "limit": 100, "before": 133, "after": 100},
        {"step": "line", "line": 1, "base": "89.00", "multiplier": "1.5", "earned": 100},
    ]

    assert list(explained(ZH, steps)) == [
        "金卡优惠 10%：减 ¥10.00",
        "用 100 分，抵 ¥1.00",
        "消费积分：¥89.00，每 ¥1.00 得 1 分，共 89 分",
        "birthday：条件不符，不给",
        "倍数：金卡 ×1.5",
        "合计 133.5 分，舍去小数，得 133 分",
        "每天上限 100 分：133 减为 100 分",
    ]
    assert list(explained(EN, steps))[2:4] == [
        "Spend: ¥89.00 at 1 per ¥1.00 gives 89",
        "birthday: its condition does not hold",
    ]


def test_points_in_thousands_have_their_comma() -> None:
    given = {"award": "per_amount", "points": 1000, "per_amount": "100.00", "base": "1280.50"}
    steps: list[dict[str, object]] = [
        {"step": "rule", "rule": "spend", "gives": [given | {"exact": "12805"}]},
        {
            "step": "rounding",
            "exact": "12805.5",
            "rounding": "down",
            "points": 12805,
            "remainder": "0.5",
        },
    ]

    assert list(explained(ZH, steps)) == [
        "消费积分：¥1,280.50，每 ¥100.00 得 1,000 分，共 12,805 分",
        "合计 12,805.5 分，舍去小数，得 12,805 分",
    ]


def test_a_program_is_told_in_sentences() -> None:
    when = {"all": [{"weekday": ["sat", "sun"]}, {"spend": {"min": "100.00"}}]}
    rule = {"id": "weekend", "give": {"multiply": "2"}, "when": when}
    terms = {"points_per_step": 100, "value_per_step": "1.00", "max_share": "1/2"}

    assert rule_words(ZH, rule) == "weekend：积分 ×2；周六、周日，且消费 ≥ ¥100.00"
    assert condition_words(EN, {"not": {"tier": ["gold"]}}) == "not: level Gold"
    assert redemption_words(ZH, {"money": terms}) == "100 分抵 ¥1.00，最多抵 50%"


def test_figures_and_times_are_written_as_people_write_them() -> None:
    assert (money("-1280.5"), points(-35), change(128), change(0)) == (
        "−¥1,280.50",
        "−35",
        "+128",
        "",
    )
    assert ZH.moment("2026-11-24T07:20:00+00:00") == "11-24 15:20"
    assert ZH.moment("2025-11-24T15:20:00+08:00") == "2025-11-24 15:20"
    assert bar(0.5, cells=4) == "██"
    assert bar(1 / 32, cells=4) == "▏"


def test_a_table_gives_way_where_it_can_and_never_leaves_the_page() -> None:
    sheet = Sheet(ZH, width=40)
    columns = [Column("商品", elastic=True), Column("金额", right=True), Column("空")]
    rows = [Line(("西湖龙井" * 10, "¥6.00", "")), Line(("面包", "¥1,012.00", ""), under="备注")]

    sheet.table("", columns, rows)

    assert sheet.lines == [
        "  商品                              金额",
        "  西湖龙井西湖龙井西湖龙井西…      ¥6.00",
        "  面包                         ¥1,012.00",
        "    备注",
    ]


def test_a_line_breaks_between_words_and_between_chinese_characters() -> None:
    assert wrapped("every record agrees", 12) == ["every record", "agrees"]
    assert wrapped("余额全部一致，可以放心。", 14) == ["余额全部一致，", "可以放心。"]
    assert "".join(wrapped("/srv/" + "a" * 90, 40)) == "/srv/" + "a" * 90
