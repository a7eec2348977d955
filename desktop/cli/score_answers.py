"""Scores as documents: model figures are plain numbers, money that was paid is decimal text."""

from datetime import date
from fractions import Fraction
from math import isnan
from typing import TYPE_CHECKING, Any

from db.domain.analytics.churn import ChurnRisk
from db.domain.analytics.survival import Survival
from db.domain.money import amount_text
from desktop.wording.score_words import (
    BANDS,
    FREQUENCIES,
    GROUPS,
    STAGES,
    VALUES,
    churn_says,
    future_says,
)
from desktop.wording.speech import Voice

if TYPE_CHECKING:  # NumPy comes with these
    from db.queries.analytics.lifetime_value import Forecast, LifetimeFit, MemberFuture
    from db.queries.analytics.member_scores import MemberScores
    from db.queries.analytics.rhythm import ShopRhythm

Document = dict[str, Any]
_DIGITS = 6


def fit_document(fit: "LifetimeFit", ahead: "Forecast | None") -> Document:
    """Return a fitted model: parameters, standard errors, log-likelihood, spend, forecast."""
    names, x = fit.parameters, fit.summaries.x
    return {
        "model": fit.name,
        "unit": "week",
        "n": len(fit.summaries),
        "repeaters": fit.summaries.repeaters,
        "repeat_purchases": int(x.sum()),
        "mean_repeat_spend": rounded(fit.mean_spend),
        "params": _named(names, fit.top.values),
        "standard_errors": _named(names, fit.top.errors),
        "log_likelihood": rounded(fit.top.log_likelihood),
        "spend": _spend(fit),
        "forecast": None
        if ahead is None
        else {
            "until": ahead.until.isoformat(),
            "weeks": rounded(ahead.weeks),
            "expected_purchases": rounded(ahead.expected),
            "purchases": ahead.made,
        },
    }


def rhythm_document(rhythm: "ShopRhythm", today: date) -> Document:
    """Return the shop's rhythm, and the days between stages that it proposes."""
    proposed = rhythm.proposed
    return {
        "model": "gaps",
        "unit": "day",
        "to": today.isoformat(),
        "n": rhythm.buyers,
        "gaps": rhythm.gaps,
        "median_gap": _number(rhythm.median_gap),
        "gap_80": _number(rhythm.active_gap),
        "gap_95": _number(rhythm.lost_gap),
        "bands": {str(band): count for band, count in rhythm.bands.items()},
        "proposed_days": None
        if proposed is None
        else {"new": proposed.new, "active": proposed.active, "lost": proposed.lost},
        "active_30": rhythm.active,
        "active_30_before": rhythm.active_before,
        "falling": rhythm.falling,
    }


def scores_document(scores: "MemberScores | None", say: Voice) -> Document:
    """Return a member's groups and risk; a member who never bought has only his stage."""
    if scores is None:
        return {"lifecycle": "never_bought", "rfm": None, "churn": None}
    rfm = scores.scores
    return {
        "first_on": scores.first_on.isoformat(),
        "last_on": scores.last_on.isoformat(),
        "lifecycle": scores.stage,
        "frequency": scores.how_often,
        "value": scores.value,
        "rfm": {
            "recency": scores.recency,
            "frequency": scores.frequency,
            "monetary": amount_text(scores.money),
            "scores": None if rfm is None else str(rfm),
            "group": scores.group,
            "says": say(*GROUPS[scores.group]),
        },
        "says": say.listed(
            [
                say(*STAGES[scores.stage]),
                say(*FREQUENCIES[scores.how_often]),
                say(*VALUES[scores.value]),
            ]
        ),
        "churn": _churn(scores.churn, say),
    }


def future_document(future: "MemberFuture | None", say: Voice) -> Document:
    """Return a member as the model sees him; T is his age in weeks."""
    if future is None:
        return {"refused": {"code": "never_bought", "details": {}}}
    summary = future.summary
    return {
        "x": summary.x,
        "t_x": rounded(summary.t_x),
        "T": rounded(summary.age),
        "p_alive": rounded(future.p_alive),
        "enough_visits": summary.x > 0,
        "weeks": rounded(future.weeks),
        "expected_purchases": rounded(future.expected_visits),
        "mean_repeat_spend": rounded(future.mean_spend),
        "expected_spend": rounded(future.expected_spend),
        "value_12_months": rounded(future.value),
        "says": future_says(say, summary, alive=future.p_alive, visits=future.expected_visits),
    }


def survival_document(curve: Survival) -> Document:
    """Return a survival curve: who was seen, who left, what share is there after each time."""
    return {
        "n": curve.n,
        "left": curve.left,
        "rate": rounded(curve.left / curve.n) if curve.n else None,
        "median": curve.median,
        "survival": [
            {
                "time": step.time,
                "at_risk": step.at_risk,
                "left": step.left,
                "survival": rounded(step.survival),
            }
            for step in curve.steps
        ],
    }


def rounded(value: float | None) -> float | None:
    """Return a figure of a model with six decimals; nothing for none."""
    return None if value is None or isnan(value) else round(float(value), _DIGITS)


def _churn(risk: ChurnRisk, say: Voice) -> Document:
    return {
        "visits": risk.visits,
        "days_since": risk.days_since,
        "own_gap": _number(risk.own_gap),
        "usual_gap": _number(risk.usual_gap),
        "risk": _number(risk.risk),
        "band": risk.band,
        "band_says": say(*BANDS[risk.band]),
        "says": churn_says(say, risk),
    }


def _spend(fit: "LifetimeFit") -> Document:
    if fit.spend is None:
        assert fit.no_spend is not None, "one of both is there"
        return {"refused": {"code": fit.no_spend.code, "details": fit.no_spend.details}}
    spend = fit.spend
    names = ("p", "q", "gamma")
    return {
        **_named(names, spend.top.values),
        "standard_errors": _named(names, spend.top.errors),
        "log_likelihood": rounded(spend.top.log_likelihood),
        "members": spend.members,
        "correlation": rounded(spend.correlation),
        "mean": rounded(spend.model.mean),
    }


def _named(names: tuple[str, ...], values: tuple[float, ...]) -> Document:
    return {name: rounded(value) for name, value in zip(names, values, strict=True)}


def _number(value: Fraction | None) -> float | int | None:
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else rounded(float(value))
