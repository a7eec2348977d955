"""The counter's sentences: from members, previews and answers to what the screen shows."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from db.domain.money import amount_shown
from db.domain.program.program import Program
from db.queries.counter_status import LastSale as LastSaleFacts
from db.queries.member_card import MemberCard
from desktop.devices.qr_code import code_matrix
from desktop.runtime.desk import DeskFacts
from desktop.screens.counter.bill import Preview
from desktop.screens.counter.draft import Draft
from desktop.screens.counter.finder import Finder
from desktop.screens.counter.state import Confirm, QuickChip, Welcome
from desktop.widgets.amount_field import Entry
from desktop.widgets.banner import Notice
from desktop.widgets.benefit_list import Benefit
from desktop.widgets.chip import ChipKind
from desktop.widgets.explanation import Explanation
from desktop.widgets.member_card import MemberFace
from desktop.widgets.undo_bar import LastSale
from desktop.wording.explained import counted, withheld
from desktop.wording.figures import age_text, change_text, day_text, moment_text, points_text
from desktop.wording.people import shown_name, shown_phone, shown_tier, speaks_chinese
from desktop.wording.program_names import program_names
from desktop.wording.refusals import refusal_text
from desktop.wording.speech import Speech
from desktop.wording.typing import AmountTyping

translate = QCoreApplication.translate
STALE_MS = 24 * 3_600_000
MINUTE_S = 60
GOODS_ROWS = 2
"""So many lines fit over what the sale gives and takes, in a window of 768 px."""


def finder_entry(finder: Finder, *, active: bool) -> Entry:
    """Return what the finder's field shows."""
    label = translate("Counter", "会员")
    if not finder.typing.text:
        hint = translate("Counter", "扫码，或输入号码、拼音")
        placeholder = translate("Counter", "手机号 / 后四位")
        return Entry(label, placeholder, active=active, hint=hint, empty=True, placeholder=True)
    hint, wrong = _finder_hint(finder)
    return Entry(label, finder.typing.shown, active=active, hint=hint, wrong=wrong)


def _finder_hint(finder: Finder) -> tuple[str, bool]:
    if finder.answer.refusal is not None:
        return refusal_text(finder.answer.refusal), True
    if finder.answer.nobody:
        return translate("Counter", "本机没有找到"), True
    if finder.impossible:
        return translate("Counter", "没有这样的号段"), True
    if missing := finder.missing_digits:
        return translate("Counter", "还差 {digits} 位").format(digits=missing), False
    return "", False


def amount_entry(typing: AmountTyping, *, active: bool, looks_like_phone: bool) -> Entry:
    """Return what the amount's field shows."""
    wrong = typing.too_large and not looks_like_phone
    hint = translate("Counter", "金额太大，请核对") if wrong else ""
    label = translate("Counter", "实付金额")
    if looks_like_phone:
        shown = typing.text
    elif active or typing.too_large:
        shown = typing.shown
    else:
        shown = amount_shown(typing.minor)
    return Entry(label, shown, active=active, hint=hint, wrong=wrong, empty=not typing.text)


def goods_entry(draft: Draft, *, active: bool) -> Entry:
    """Return what the amount's field shows of a sale by goods."""
    pieces = sum(line.quantity for line in draft.lines)
    label = translate("Counter", "商品 {pieces} 件").format(pieces=pieces)
    return Entry(label, amount_shown(draft.minor), active=active)


def goods_key() -> str:
    """Return what the key says that opens the sheet of goods."""
    return translate("Counter", "添加商品")


def goods_rows(draft: Draft) -> tuple[Benefit, ...]:
    """Return the newest lines of a sale by goods, and how many more there are."""
    rows = [
        Benefit(f"{line.name} × {line.quantity}", amount_shown(line.amount))
        for line in draft.lines[-GOODS_ROWS:]
    ]
    if (more := len(draft.lines) - GOODS_ROWS) > 0:
        rows.insert(0, Benefit(translate("Counter", "另有 {lines} 种").format(lines=more), ""))
    return tuple(rows)


def member_face(card: MemberCard, facts: DeskFacts, now_ms: int, *, lendable: bool) -> MemberFace:
    """Return the attached member's card; `lendable` as the scene says it."""
    old_ms = now_ms - card.as_of_ms
    in_debt = card.available < 0
    return MemberFace(
        name=shown_name(card.name, card.gender),
        phone=shown_phone(card.phone),
        tier=shown_tier(facts.program, card.tier),
        points=points_text(abs(card.available)),
        redeemable=points_text(card.redeemable),
        coupons="",
        as_of=_as_of(card, facts, now_ms),
        in_debt=in_debt,
        lent_on=lendable and not facts.home.own_authority,
        stale=old_ms > STALE_MS and not facts.home.own_authority,
    )


def _as_of(card: MemberCard, facts: DeskFacts, now_ms: int) -> str:
    if facts.home.own_authority:
        fresh = translate("Counter", "数据在本机，已是最新")
    else:
        at = moment_text(card.as_of_ms, calendar=facts.home.calendar, now_ms=now_ms)
        age = age_text(now_ms - card.as_of_ms)
        fresh = translate("Counter", "数据截至 {at}（{age}）").format(at=at, age=age)
    if card.last_on is None:
        return translate("Counter", "{fresh}·第一次到店").format(fresh=fresh)
    words = translate("Counter", "{fresh}·上次到店 {day}")
    return words.format(fresh=fresh, day=day_text(card.last_on, facts.day))


def results_note(finder: Finder) -> str:
    """Return what stands under the list."""
    if not finder.answer.more:
        return ""
    return translate("Counter", "还有更多，请再多输入几位")


def member_rows(card: MemberCard | None, facts: DeskFacts) -> tuple[Benefit, ...]:
    """Return what is worth saying to a member before he buys."""
    if card is None:
        return ()
    rows = [Benefit(translate("Counter", "消费次数"), points_text(card.visits))]
    if card.to_next is not None and facts.program.ladder.measure == "net_spend":
        code, missing = card.to_next
        label = translate("Counter", "升级 {tier} 还差").format(
            tier=shown_tier(facts.program, code)
        )
        rows.append(Benefit(label, amount_shown(missing)))
    if card.pending:
        rows.append(Benefit(translate("Counter", "待生效积分"), points_text(card.pending)))
    if card.next_expiry is not None:
        day, points = card.next_expiry
        label = translate("Counter", "{day} 到期").format(day=day_text(day, facts.day))
        words = translate("Counter", "{points} 积分").format(points=points_text(points))
        rows.append(Benefit(label, words))
    return tuple(rows)


def welcome(card: MemberCard, *, can_save: bool, can_print: bool) -> Welcome:
    """Return the panel of a member who has just been enrolled."""
    return Welcome(
        title=translate("Counter", "入会完成，让顾客拍照保存会员码"),
        number=card.number,
        code=code_matrix(card.number),
        can_save=can_save,
        can_print=can_print,
    )


def raised(card: MemberCard, tier: str, program: Program) -> Notice:
    """Return that a sale lifted the member, from the next one on."""
    text = translate("Counter", "{name} 升级为 {tier}，下一单起享受").format(
        name=shown_name(card.name, card.gender), tier=shown_tier(program, tier)
    )
    return Notice(ChipKind.OK, text)


def not_active(state: str) -> str:
    """Return why somebody cannot be attached."""
    if state == "frozen":
        return translate("Counter", "该会员已冻结，请找店长")
    return translate("Counter", "该会员已注销，可以重新入会")


def phone_notice() -> Notice:
    """Return the question whether the amount is a phone number."""
    return Notice(
        ChipKind.WARN,
        translate("Counter", "这是手机号？"),
        (translate("Counter", "按手机号找会员"),),
    )


def saved(path: Path) -> str:
    """Return that a file was written, and where."""
    return translate("Counter", "会员码已存到 {path}").format(path=path)


def not_saved() -> str:
    """Return that a file was not written."""
    return translate("Counter", "会员码没有存成，请看磁盘是否已满")


def benefit_rows(
    preview: Preview, card: MemberCard | None, off: Sequence[Benefit]
) -> tuple[Benefit, ...]:
    """Return what the sale gives and takes; `off` is what came off before points."""
    result = preview.result
    rows = []
    if card is not None:
        earned = translate("Counter", "{points} 积分").format(points=change_text(result.earned))
        rows.append(Benefit(translate("Counter", "本单获得"), earned, "points"))
    rows += off
    if card is not None and result.redeemed_value:
        used = f"−{amount_shown(result.redeemed_value)}"
        rows.append(Benefit(translate("Counter", "积分抵扣"), used))
    due = amount_shown(result.due)
    rows.append(Benefit(translate("Counter", "应付"), due, strong=True))
    if preview.by_value:
        paid = f"−{amount_shown(preview.by_value)}"
        rows.append(Benefit(translate("Counter", "储值付"), paid))
    if card is not None:
        after = points_text(preview.balance_after)
        rows.append(Benefit(translate("Counter", "交易后积分"), after))
    return tuple(rows)


def why(steps: Sequence[Mapping[str, Any]], earned: int, program: Program) -> Explanation:
    """Return why a sale earns what it does, in the words of the receipt and of `sale show`."""
    say = Speech("zh" if speaks_chinese() else "en", program_names(program))
    return Explanation(
        translate("Counter", "为什么是 {points} 分").format(points=points_text(earned)),
        tuple(counted(say, steps)),
        tuple(withheld(say, steps)),
    )


def chips(
    preview: Preview, card: MemberCard, *, points: int, lendable: bool
) -> tuple[QuickChip, ...]:
    """Return the proposals; one greyed word where the member has points but none here."""
    shown = [
        QuickChip(
            _proposal(approved=not lendable and chip.points > card.redeemable).format(
                points=points_text(chip.points), value=amount_shown(chip.value)
            ),
            on=chip.points == points,
        )
        for chip in preview.chips
    ]
    if not shown and not lendable and card.available > card.redeemable:
        shown.append(QuickChip(translate("Counter", "用积分：需联网"), usable=False))
    return tuple(shown)


def _proposal(*, approved: bool) -> str:
    """Return the words of a proposal; one beyond the lease says that somebody has to approve."""
    if approved:
        return translate("Counter", "用 {points} 分 = −{value}，需授权")
    return translate("Counter", "用 {points} 分 = −{value}")


def confirm(
    preview: Preview | None, card: MemberCard | None, *, amount: AmountTyping, caution: bool
) -> Confirm:
    """Return the confirm button: its result, or why it cannot be pressed."""
    if amount.too_large:
        return Confirm(translate("Counter", "请核对金额"))
    if preview is None:
        return Confirm(translate("Counter", "请输入金额"))
    due = amount_shown(preview.result.due)
    if caution:
        return Confirm(
            translate("Counter", "再按一次确认 {due}").format(due=due), usable=True, caution=True
        )
    if card is None:
        return Confirm(translate("Counter", "确认 {due}，不积分").format(due=due), usable=True)
    words = _promise(preview).format(
        points=points_text(preview.result.redeemed),
        due=due,
        value=amount_shown(preview.by_value),
        rest=amount_shown(preview.rest),
        off=amount_shown(sum(used.value for used in preview.result.coupons)),
        earned=change_text(preview.result.earned),
    )
    return Confirm(words, usable=True)


def _promise(preview: Preview) -> str:
    """Return the sentence of the button: what pays, and what is earned."""
    by_points = bool(preview.result.redeemed)
    if preview.by_value and preview.rest:
        if by_points:
            return translate(
                "Counter", "用 {points} 分，储值付 {value}，现金 {rest}，积分 {earned}"
            )
        return translate("Counter", "储值付 {value}，现金 {rest}，积分 {earned}")
    if preview.by_value:
        if by_points:
            return translate("Counter", "用 {points} 分，储值付 {value}，积分 {earned}")
        return translate("Counter", "储值付 {value}，积分 {earned}")
    if by_points:
        return translate("Counter", "用 {points} 分，应付 {due}，积分 {earned}")
    if preview.result.coupons:
        return translate("Counter", "用券减 {off}，应付 {due}，积分 {earned}")
    return translate("Counter", "确认并积分 {earned}")


def last_sale(last: LastSaleFacts | None, facts: DeskFacts, now_ms: int) -> LastSale:
    """Return the undo bar for this counter's newest sale; empty where there is none."""
    if last is None or facts.home.calendar.day_of(last.sold_at) != facts.day:
        return LastSale(text="")
    left_s = last.undo_seconds_left(now_ms)
    at = moment_text(last.sold_at, calendar=facts.home.calendar, now_ms=now_ms)
    detail = translate("Counter", "上一笔，已记账 {at}").format(at=at)
    return LastSale(
        text=_sale_text(last),
        detail=detail,
        undo_left=f"{left_s // MINUTE_S}:{left_s % MINUTE_S:02d}" if left_s else "",
        waiting=facts.status.waiting > 0,
    )


def recorded_and(paper: str, last: LastSaleFacts, *, facts: DeskFacts, now_ms: int) -> str:
    """Return when the last sale was recorded and how it stands with its paper."""
    at = moment_text(last.sold_at, calendar=facts.home.calendar, now_ms=now_ms)
    return translate("Counter", "{at} 已记账，{paper}").format(at=at, paper=paper)


def _sale_text(last: LastSaleFacts) -> str:
    due = amount_shown(last.due)
    if last.member_id is None:
        return translate("Counter", "无会员 {due}").format(due=due)
    words = translate("Counter", "{name} {due}，积分 {earned}")
    if last.redeemed:
        words = translate("Counter", "{name} {due}，积分 {earned}，用 {used} 分")
    return words.format(
        name=shown_name(last.member_name),
        due=due,
        earned=change_text(last.earned),
        used=points_text(last.redeemed),
    )
