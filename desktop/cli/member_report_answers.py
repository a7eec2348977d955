"""Reports about members as documents: money as decimal text, shares as numbers, phones masked."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from db.domain.exact import MINOR_PER_UNIT
from db.domain.ids import text_of
from db.domain.lookup.names import mask_name
from db.domain.lookup.phone_masks import mask_phone
from db.domain.money import amount_text
from db.storage.database import Reader
from desktop.cli.score_answers import rounded
from desktop.wording.score_words import GROUPS, STAGES
from desktop.wording.speech import Voice

if TYPE_CHECKING:  # NumPy comes with some of these
    from db.queries.reports.activity import ActivityFigures, ActivityReport
    from db.queries.reports.churn import ChurnList, ChurnMember
    from db.queries.reports.cohort import Cohort
    from db.queries.reports.goods import BookProfile, CategoryReport
    from db.queries.reports.lifecycle import LifecycleReport
    from db.queries.reports.rfm import RfmMember, RfmReport

Document = dict[str, Any]
_MONEY: Final = frozenset({"gross", "discount", "due", "former_returned", "returned"})


def rfm_document(report: "RfmReport", say: Voice) -> Document:
    """Return the report; edges and averages are numbers, money of groups decimal text."""
    edges, spend = report.edges, sum(row.spend for row in report.rows)
    return {
        "report": "rfm",
        "from": report.since.isoformat(),
        "to": report.today.isoformat(),
        "buyers": report.buyers,
        "edges": None
        if edges is None
        else {
            "recency": list(map(float, edges.recency)),
            "frequency": list(map(float, edges.frequency)),
            "monetary": [rounded(float(edge / MINOR_PER_UNIT)) for edge in edges.money],
            "fixed": edges.fixed,
        },
        "counts": {
            name: {str(score): count for score, count in enumerate(counts, 1)}
            for name, counts in zip(
                ("recency", "frequency", "monetary"), report.counts, strict=True
            )
        },
        "members_555": report.best,
        "members_111": report.poorest,
        "top_20_percent_share": _share(report.top_spend, report.all_spend),
        "groups": [
            {
                "group": row.group,
                "says": say(*GROUPS[row.group]),
                "members": row.members,
                "share": _share(row.members, report.buyers),
                "amount": amount_text(row.spend),
                "amount_share": _share(row.spend, spend),
                "recency": _share(row.recency_sum, row.members),
                "frequency": _share(row.frequency_sum, row.members),
                "monetary": _average(row.spend, row.members),
                "points": row.points,
            }
            for row in report.rows
        ],
    }


def lifecycle_document(report: "LifecycleReport", say: Voice) -> Document:
    """Return the report with the days between its stages, and six months behind."""
    settings = report.settings
    whole = sum(row.members for row in report.rows)
    return {
        "report": "lifecycle",
        "to": report.today.isoformat(),
        "days": {"new": settings.new, "active": settings.active, "lost": settings.lost},
        "members": whole,
        "stages": [
            {
                "stage": row.stage,
                "says": say(*STAGES[row.stage]),
                "members": row.members,
                "share": _share(row.members, whole),
                "entered": row.entered,
                "left": row.left,
                "amount": amount_text(row.spend),
            }
            for row in report.rows
        ],
        "history": [
            {"day": day.isoformat(), **{str(stage): count for stage, count in counts.items()}}
            for day, counts in report.history
        ],
    }


def cohort_document(cohorts: Sequence["Cohort"], today: date) -> Document:
    """Return the cohorts; `active` and `amount` are by months since the first purchase."""
    return {
        "report": "cohort",
        "to": today.isoformat(),
        "cohorts": [
            {
                "cohort": f"{each.month:%Y-%m}",
                "size": each.members,
                "active": list(each.active),
                "retention": [_share(count, each.members) for count in each.active],
                "amount": [amount_text(spend) for spend in each.spend],
                "again_30": each.again[0],
                "again_60": each.again[1],
                "again_90": each.again[2],
            }
            for each in cohorts
        ],
    }


def activity_document(report: "ActivityReport", by: str) -> Document:
    """Return the report; rates are shares of one."""
    now, before = report.figures, report.before
    return {
        "report": "activity",
        "from": report.day_from.isoformat(),
        "to": report.day_to.isoformat(),
        "by": by,
        "enrolled": report.enrolled,
        **_activity(now),
        "active_rate": _share(now.active, report.enrolled),
        "repurchase_rate": _share(now.repeat, now.active),
        "return_rate": _share(report.returned, before.active),
        "before": _activity(before),
        "periods": [
            {
                "period": f"{row.begins:%Y-%m}" if by == "month" else row.begins.isoformat(),
                **_activity(row.figures),
                "repurchase_rate": _share(row.figures.repeat, row.figures.active),
            }
            for row in report.periods
        ],
    }


def churn_document(found: "ChurnList", shown: list[Document]) -> Document:
    """Return who is at risk; `amount` is what all of them spent within 365 days."""
    return {
        "report": "churn",
        "to": found.today.isoformat(),
        "warn": found.warned,
        "high": found.high,
        "amount": amount_text(found.spend),
        "members": shown,
    }


def category_document(report: "CategoryReport") -> Document:
    """Return the categories, the largest first; growth is against as many days before.

    `preference` is money a buyer of the category by money a buyer of anything.
    """
    usual = Fraction(report.amount, report.buyers) if report.buyers else Fraction(0)
    return {
        "report": "category",
        "from": report.day_from.isoformat(),
        "to": report.day_to.isoformat(),
        "amount": amount_text(report.amount),
        "buyers": report.buyers,
        "categories": [
            {
                "category": row.category,
                "amount": amount_text(row.amount),
                "share": _share(row.amount, report.amount),
                "lines": row.lines,
                "purchases": row.purchases,
                "members": row.members,
                "growth": None if row.before <= 0 else _share(row.amount - row.before, row.before),
                "preference": None
                if not (row.members and usual)
                else rounded(float(Fraction(row.amount, row.members) / usual)),
            }
            for row in report.rows
        ],
    }


def profile_document(profile: "BookProfile", first: date | None, last: date) -> Document:
    """Return how much the book holds."""
    figures = {
        field.name: amount_text(value) if field.name in _MONEY else value
        for field in fields(profile)
        for value in (getattr(profile, field.name),)
    }
    return {
        "report": "profile",
        "from": None if first is None else first.isoformat(),
        "to": last.isoformat(),
        **figures,
        "figures": [figures],
    }


def with_members(reader: Reader, rows: Iterable[Any]) -> list[Document]:
    """Return a report's members with who they are, masked."""
    from db.queries.reports.named_members import named_members

    listed = list(rows)
    named = named_members(reader, [row.member_id for row in listed])
    documents = []
    for row in listed:
        who = named[row.member_id]
        documents.append(
            {
                "member_id": text_of(row.member_id),
                "number": who.number,
                "external_id": who.external_id,
                "name": mask_name(who.name),
                "phone_masked": mask_phone(who.phone),
                **(_rfm_member(row) if hasattr(row, "scores") else _churn_member(row)),
            }
        )
    return documents


def _rfm_member(row: "RfmMember") -> Document:
    return {
        "recency": row.recency,
        "frequency": row.frequency,
        "monetary": amount_text(row.money),
        "scores": "".join(map(str, row.scores)) if row.scores[0] else None,
        "group": row.group,
    }


def _churn_member(row: "ChurnMember") -> Document:
    return {
        "risk": rounded(row.risk),
        "band": row.band,
        "days_since": row.days_since,
        "usual_gap": rounded(row.usual_gap),
        "last_on": row.last_on.isoformat(),
        "amount": amount_text(row.spend),
    }


def _activity(figures: "ActivityFigures") -> Document:
    return {
        "active": figures.active,
        "new": figures.new,
        "repeat": figures.repeat,
        "visits": figures.visits,
        "purchases": figures.sales,
        "amount": amount_text(figures.gross),
        "net_amount": amount_text(figures.net),
        "average": _average(figures.gross, figures.sales),
    }


def _share(part: int, whole: int) -> float | None:
    return rounded(part / whole) if whole > 0 else None


def _average(amount: int, count: int) -> str | None:
    """Return an average in 元, half a 分 up; nothing of none."""
    return amount_text((2 * amount + count) // (2 * count)) if count else None
