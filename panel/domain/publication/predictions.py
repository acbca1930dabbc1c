"""What the panel predicted, and how it turned out: a forecast nobody ever checks is worth nothing.

A person says how it ended, with a reason; said again, the last word stands and the first is kept.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from panel.domain.publication.entry import Entry
from panel.domain.value import Digest, Line, Slug, Value

Turnout = Literal["came-true", "did-not", "unclear"]
"""How a prediction turned out."""

PredictionName = tuple[str, int]
"""Digest of the review as the panel left it, and the place of the prediction in it, from 1."""


class PredictionEnd(Value):
    """How a prediction turned out, as somebody said.

    Attributes:
        review: Digest of the review as the panel left it.
        number: Place of the prediction in it, counted from 1.
        seq: Number of this word on it, counted from 1; the last one stands.
        outcome: How it turned out.
        by: Name of who says so.
        at: When.
        reason: Why, for readers.
        url: Where readers can see it; empty without an address.
    """

    review: Digest
    number: Annotated[int, Field(ge=1)]
    seq: Annotated[int, Field(ge=1)] = 1
    outcome: Turnout
    by: Line
    at: AwareDatetime
    reason: Annotated[Line, StringConstraints(max_length=500)]
    url: Annotated[str, StringConstraints(pattern=r"^(https?://[^\s@]+)?$", max_length=500)] = ""


class Forecast(Value):
    """A prediction that readers see.

    Attributes:
        review: Digest of the review as the panel left it.
        number: Its place in it, counted from 1.
        persona: Id of who predicts.
        name: What pages call them.
        slug: The model it is about.
        model: Name of that model.
        made: The day it was published first.
        statement: What is expected.
        by: The day by which.
        end: How it turned out; None while nobody said.
    """

    review: Digest
    number: int
    persona: Slug
    name: str
    slug: Slug
    model: str
    made: dt.date
    statement: str
    by: dt.date
    end: PredictionEnd | None = None


def standing_ends(ends: Iterable[PredictionEnd]) -> Mapping[PredictionName, PredictionEnd]:
    """The word that stands on each prediction.

    Args:
        ends: All words, in any order.
    """
    return {(end.review, end.number): end for end in sorted(ends, key=lambda end: end.seq)}


def forecasts(
    entries: Iterable[Entry], ends: Mapping[PredictionName, PredictionEnd]
) -> tuple[Forecast, ...]:
    """Every prediction of the models given, by day, then model.

    Args:
        entries: The models.
        ends: How predictions turned out.
    """
    found = (forecast for entry in entries for forecast in _of_entry(entry, ends))
    return tuple(sorted(found, key=lambda one: (one.by, one.slug, one.persona, one.number)))


def _of_entry(entry: Entry, ends: Mapping[PredictionName, PredictionEnd]) -> Iterator[Forecast]:
    for seat in entry.seats:
        for one in seat.predictions:
            yield Forecast(
                review=one.review,
                number=one.number,
                persona=seat.persona,
                name=seat.name or seat.persona,
                slug=entry.slug,
                model=entry.name,
                made=entry.first.astimezone(dt.UTC).date(),
                statement=one.statement,
                by=one.by,
                end=ends.get((one.review, one.number)),
            )


def due(found: Iterable[Forecast], today: dt.date) -> tuple[Forecast, ...]:
    """Predictions whose day has come and of which nobody said how they turned out.

    Args:
        found: Predictions.
        today: The day it is.
    """
    return tuple(one for one in found if one.end is None and one.by <= today)
