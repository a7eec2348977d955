"""Scores on a terminal: each figure with the sentence that says where it comes from."""

from typing import Any

from desktop.cli.pages.sheet import Column, Line, Sheet
from desktop.cli.pages.tongue import Tongue
from desktop.cli.sentences import sentence

Document = dict[str, Any]
_SHOWN = 12


def clv_page(sheet: Sheet, answer: Document) -> None:
    """Show what was fitted: parameters with their errors, and the forecast."""
    say = sheet.tongue
    model = {"bgnbd": "BG/NBD", "pareto_nbd": "Pareto/NBD"}[answer["model"]]
    n, repeaters = answer["n"], answer["repeaters"]
    sheet.say(
        say(
            f"{model}：{n:,} 位消费过的会员，{repeaters:,} 位来过不止一天（截至 {answer['to']}）",
            f"{model}: {n:,} buyers, {repeaters:,} came on more than one day (to {answer['to']})",
        )
    )
    spend = answer["spend"]
    rows = [
        (name, answer["params"][name], answer["standard_errors"][name]) for name in answer["params"]
    ]
    if "p" in spend:
        rows += [
            (name, spend[name], spend["standard_errors"][name]) for name in ("p", "q", "gamma")
        ]
    columns = [
        Column(say("参数", "Parameter")),
        Column(say("估计值", "Estimate"), right=True),
        Column(say("标准误", "Standard error"), right=True),
    ]
    sheet.table("", columns, [Line((name, f"{a:.4f}", f"{b:.4f}")) for name, a, b in rows])
    sheet.gap()
    sheet.facts([(say("对数似然", "Log-likelihood"), f"{answer['log_likelihood']:,.2f}")])
    if "refused" in spend:
        sheet.say(say("消费金额：", "Spend: ") + _refused(say, spend["refused"]))
    if (ahead := answer["forecast"]) is not None:
        until, weeks = ahead["until"], ahead["weeks"]
        expected, made = ahead["expected_purchases"], ahead["purchases"]
        sheet.say(
            say(
                f"到 {until}（{weeks:.1f} 周）：预计 {expected:,.1f} 次，实际 {made:,} 次",
                f"Until {until} ({weeks:.1f} weeks): expected {expected:,.1f}, made {made:,}",
            )
        )


def rhythm_page(sheet: Sheet, answer: Document) -> None:
    """Show the gaps between visits, who is at risk, and which days they propose."""
    say = sheet.tongue
    bands, proposed = answer["bands"], answer["proposed_days"]
    sheet.say(
        say(
            f"{answer['n']:,} 位消费过的会员，{answer['gaps']:,} 个间隔（截至 {answer['to']}）",
            f"{answer['n']:,} buyers, {answer['gaps']:,} gaps between visits (to {answer['to']})",
        )
    )
    sheet.gap()
    sheet.facts(
        [
            (say("通常间隔", "Usual gap"), _days(say, answer["median_gap"])),
            (say("高风险", "High risk"), f"{bands['high']:,}"),
            (say("预警", "Warning"), f"{bands['warn']:,}"),
            (say("正常", "As usual"), f"{bands['none']:,}"),
            (say("次数不足", "Too few visits"), f"{bands['too_few_visits']:,}"),
            (say("近 30 天活跃", "Active, 30 days"), f"{answer['active_30']:,}"),
            (say("再前 30 天", "30 days before"), f"{answer['active_30_before']:,}"),
        ]
    )
    if proposed is not None:
        active, lost = proposed["active"], proposed["lost"]
        sheet.say(
            say(
                f"按本店间隔建议：{active} 天内为活跃，超过 {lost} 天为流失。",
                f"The gaps propose: active up to {active} days, lost after {lost}.",
            )
        )


def member_scores_page(sheet: Sheet, answer: Document) -> None:
    """Show a member's groups, his risk and what to expect, each in a sentence."""
    say = sheet.tongue
    if answer["rfm"] is None:
        sheet.say(say("还没有消费过。", "Has not bought yet."))
        return
    rfm = answer["rfm"]
    sheet.facts(
        [
            (say("概况", "In a word"), answer["says"]),
            ("RFM", f"{rfm['says']} {rfm['scores'] or ''}"),
            (say("流失", "Churn"), answer["churn"]["band_says"]),
            ("", ""),
        ]
    )
    sheet.gap()
    sheet.say(answer["churn"]["says"])
    clv = answer["clv"]
    sheet.say(_refused(say, clv["refused"]) if "refused" in clv else clv["says"])


def staying_page(sheet: Sheet, answer: Document) -> None:
    """Show who stays, at a few times along the way, and each group below the other."""
    say = sheet.tongue
    for each in ({"group": "", **answer}, *answer.get("groups", ())):
        median = say("无", "none") if each["median"] is None else f"{each['median']:g}"
        head = f"{each['group']}: " if each["group"] else ""
        sheet.say(
            head
            + say(
                f"{each['n']:,} 位，离开 {each['left']:,} 位，中位时间 {median}",
                f"{each['n']:,} seen, {each['left']:,} left, median {median}",
            )
        )
        steps = each["survival"]
        shown = steps[:: max(1, len(steps) // _SHOWN)]
        columns = [
            Column(say("时间", "Time"), right=True),
            Column(say("还在", "At risk"), right=True),
            Column(say("留存", "Staying"), right=True),
        ]
        rows = [
            Line((f"{s['time']:g}", f"{s['at_risk']:,}", f"{s['survival']:.1%}")) for s in shown
        ]
        sheet.table("", columns, rows)
        sheet.gap()
    for test in answer.get("log_rank", ()):
        chi = test["chi_square"]
        sheet.say(f"{' / '.join(test['groups'])}: χ² {'–' if chi is None else f'{chi:.3f}'}")


def _days(say: Tongue, value: float | None) -> str:
    return "" if value is None else say(f"{value:g} 天", f"{value:g} days")


def _refused(say: Tongue, refused: Document) -> str:
    return sentence(refused["code"], refused["details"], say.language)
