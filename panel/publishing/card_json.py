"""Fills the stable JSON of one scorecard, as `--json` and `scorecards.jsonl` give it.

The numbers are those of the domain; text from outside is made visible, since a terminal may be
where it ends up.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from panel.domain.flag import Flag
from panel.domain.review import Failure, Review, Usage
from panel.domain.scorecard import Scorecard, SeatResult
from panel.domain.verdict import Reason, Verdict
from panel.publishing.card_schema import (
    CardJson,
    CitationJson,
    Cost,
    FailureJson,
    FlagCounts,
    FlagJson,
    FlipJson,
    PredictionJson,
    PricingJson,
    ReasonJson,
    ReviewJson,
    SeatJson,
    UsageJson,
)
from panel.publishing.seats import is_rubric
from panel.publishing.view import reviews_of
from panel.publishing.words import visible

__all__ = ["CardJson", "card_json", "schema"]


def card_json(card: Scorecard, reviews: Sequence[Review]) -> CardJson:
    """The stable JSON of a scorecard.

    Args:
        card: The scorecard.
        reviews: At least its reviews, in any order.

    Raises:
        TamperError: When a review that the scorecard names is missing.
    """
    rows = reviews_of(card, reviews)
    usage = Usage()
    for review in rows:
        usage = usage.plus(review.usage)
    interval = card.interval
    return CardJson(
        run=card.run,
        dossier=card.slug,
        dossier_digest=card.dossier,
        name=card.name,
        vendor=card.vendor,
        as_of=card.as_of,
        newest_fact=card.newest_fact,
        outcome=card.outcome,
        ships=card.ships,
        skips=card.skips,
        seats=card.seats,
        answered=card.answered,
        samples=card.samples,
        quorum=card.quorum,
        rate=card.rate,
        interval=interval and (interval.low, interval.high),
        interval_method=interval and interval.method,
        interval_n=interval and interval.n,
        drafted_by=card.drafted_by,
        cost=_cost(card.cost, card.drafted_by),
        usage=UsageJson(**usage.model_dump()),
        dissent=card.dissent,
        open_conflicts=card.open_conflicts,
        same_vendor=card.same_vendor,
        pricing=PricingJson(**card.pricing.model_dump()),
        flags=FlagCounts(blocks=card.blocking, warns=card.warnings),
        results=tuple(_seat(result) for result in card.results),
        reviews=tuple(_review(review) for review in rows),
        digest=card.digest,
    )


def schema() -> dict[str, Any]:
    """JSON schema (draft 2020-12) of one scorecard."""
    found = CardJson.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def _cost(amount: Decimal | None, drafted_by: str) -> Cost:
    if is_rubric(drafted_by):
        return 0.0
    return "unknown" if amount is None else float(amount)


def _seat(result: SeatResult) -> SeatJson:
    parts = result.model_dump(exclude={"llm_label", "reviews"})
    return SeatJson(llm=result.llm_label, **parts)


def _review(review: Review) -> ReviewJson:
    verdict, failure = review.verdict, review.failure
    return ReviewJson(
        persona=review.persona,
        sample=review.sample,
        llm=review.llm_label,
        answered_by=review.answered_by and visible(review.answered_by),
        call=verdict and verdict.call,
        headline=verdict and verdict.headline,
        quote=verdict and verdict.quote,
        citations=_citations(verdict),
        reasons_for=_reasons(verdict.reasons_for if verdict else ()),
        reasons_against=_reasons(verdict.reasons_against if verdict else ()),
        flip_conditions=tuple(
            FlipJson(**flip.model_dump()) for flip in (verdict.flip_conditions if verdict else ())
        ),
        predictions=tuple(
            PredictionJson(**item.model_dump()) for item in (verdict.predictions if verdict else ())
        ),
        flags=tuple(_flag(flag) for flag in review.flags),
        failure=failure and _failure(failure),
        cost=_cost(review.cost, review.llm_label),
        usage=UsageJson(**review.usage.model_dump()),
        key=review.key,
        digest=review.digest,
    )


def _citations(verdict: Verdict | None) -> tuple[CitationJson, ...]:
    cited = verdict.citations if verdict else ()
    return tuple(CitationJson(phrase=item.phrase, facts=item.facts) for item in cited)


def _reasons(reasons: Sequence[Reason]) -> tuple[ReasonJson, ...]:
    return tuple(ReasonJson(text=reason.text, facts=reason.facts) for reason in reasons)


def _failure(failure: Failure) -> FailureJson:
    return FailureJson(
        kind=failure.kind,
        remedy=visible(failure.remedy),
        detail=visible(failure.detail),
        retryable=failure.retryable,
    )


def _flag(flag: Flag) -> FlagJson:
    return FlagJson(**flag.model_dump(exclude={"mendable"}))
