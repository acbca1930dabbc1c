"""Predictions of published models, and the word of a person on how they turned out."""

import datetime as dt
from dataclasses import dataclass

from panel.bootstrap.house import House
from panel.domain.publication.entry import entry_of
from panel.domain.publication.predictions import (
    Forecast,
    PredictionEnd,
    Turnout,
    forecasts,
    standing_ends,
)
from panel.editing.drafts import Drafts
from panel.editing.published import PublishedModels
from panel.errors import InputError
from panel.store.store import Store

_REMEDY = "see `shipskip personas predictions` for their names"


@dataclass(frozen=True)
class Word:
    """What somebody says about a prediction.

    Attributes:
        outcome: How it turned out.
        by: Name of who says so.
        reason: Why, for readers.
        url: Where readers can see it; empty without an address.
    """

    outcome: Turnout
    by: str
    reason: str
    url: str = ""


def predicted(house: House) -> tuple[Forecast, ...]:
    """Every prediction that readers see, by day.

    Args:
        house: The workspace.

    Raises:
        StoreError: The records cannot be read.
    """
    with house.store(write=False) as store:
        return _predicted(store)


def settle_prediction(house: House, name: str, word: Word, now: dt.datetime) -> Forecast:
    """Say how a prediction turned out; a later word replaces an earlier one for readers.

    Args:
        house: The workspace.
        name: `REVIEW:NUMBER`; the review may be cut short as long as it names one.
        word: What is said.
        now: When.

    Returns:
        The prediction with that word on it.

    Raises:
        InputError: There is no such prediction, or the words cannot be kept.
        BusyError: Another process writes to the records.
        StoreError: The records cannot be read or written.
    """
    with house.store(write=True) as store:
        found = _named(_predicted(store), name)
        end = PredictionEnd(
            review=found.review,
            number=found.number,
            outcome=word.outcome,
            by=word.by,
            at=now,
            reason=word.reason,
            url=word.url,
        )
        seq = store.end_prediction(end)
    return found.model_copy(update={"end": end.model_copy(update={"seq": seq})})


def _predicted(store: Store) -> tuple[Forecast, ...]:
    models = PublishedModels(store, Drafts(store, lambda _: None))
    entries = (entry_of(models.model(head.slug)) for head in models.heads())
    seen = [entry for entry in entries if entry.retracted is None]
    return forecasts(seen, standing_ends(store.prediction_ends()))


def _named(found: tuple[Forecast, ...], name: str) -> Forecast:
    review, _, number = name.partition(":")
    meant = [
        one
        for one in found
        if review and one.review.startswith(review) and str(one.number) == number
    ]
    if not meant:
        raise InputError(f"no published prediction is called {name}", remedy=_REMEDY)
    if len({one.review for one in meant}) > 1:
        raise InputError(f"{len(meant)} predictions begin with {name}", remedy=_REMEDY)
    return meant[0]
