"""One model in a list: small enough that thousands fit in memory, enough to order and to compare.

Lists, feeds, the search index and the choice of pairs are made of entries alone, so that a build
opens a whole edition only for the pages that are about it.
"""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AwareDatetime, Field

from panel.domain.publication.release import Published, Release, ReleaseKind
from panel.domain.scorecard import Outcome
from panel.domain.value import Digest, Slug, Value
from panel.domain.verdict import Call


class EntryPrediction(Value):
    """A forecast of a seat.

    Attributes:
        review: Digest of the review as the panel left it; names the forecast with `number`.
        number: Its place in the verdict, counted from 1.
        statement: What is expected, as edited.
        by: The day by which.
    """

    review: Digest
    number: Annotated[int, Field(ge=1)]
    statement: str
    by: dt.date


class EntrySeat(Value):
    """A seat in a list.

    Attributes:
        persona: Id of the persona.
        call: Its call; None when it has none.
        dissents: Whether it opposes the outcome.
        headline: Headline of its first verdict; empty without one.
        name: What pages call the persona; its id unless given.
        edited: Whether an editor changed or rejected what it said.
        predictions: Its forecasts.
    """

    persona: Slug
    call: Call | None
    dissents: bool
    headline: str
    name: str = ""
    edited: bool = False
    predictions: tuple[EntryPrediction, ...] = ()


class EntryCorrection(Value):
    """A correction that readers were told about.

    Attributes:
        at: When it went live.
        note: What they were told.
    """

    at: AwareDatetime
    note: str


class EntryRelease(Value):
    """An edition in a list, so that digests need no whole editions.

    Attributes:
        at: When it went live.
        kind: How it went live.
        outcome: Its outcome.
        ships: Seats that ship.
        answered: Seats that answered.
        seats: Seats on the panel.
        rate: Ship rate, 0 to 1; None without quorum.
        low: Lower end of the 95 % interval; None without quorum.
        high: Upper end of it; None without quorum.
        n: Seats the interval is taken over; None without quorum.
        note: What readers are told about it; empty otherwise.
    """

    at: AwareDatetime
    kind: ReleaseKind
    outcome: Outcome
    ships: int
    answered: int
    seats: int
    rate: float | None
    low: float | None
    high: float | None
    n: int | None
    note: str


class Entry(Value):
    """One model in a list.

    Attributes:
        slug: Slug of its dossier.
        name: Name of the model.
        vendor: Who makes it.
        category: Kind of thing.
        tagline: One line about it.
        released: Its release day; None when unknown.
        licence: Licence in one line; None when unknown.
        access: How one gets at it; None when unknown.
        as_of: The day its dossier describes.
        newest_fact: Day of its newest fact.
        outcome: Outcome of its panel.
        ships: Seats that ship.
        answered: Seats that answered.
        seats: Seats on the panel, in its order.
        rate: Ship rate, 0 to 1; None without quorum.
        low: Lower end of the 95 % interval; None without quorum.
        high: Upper end of it; None without quorum.
        n: Seats the interval is taken over; None without quorum.
        entry: Cheapest way in, in words; None when unknown.
        input_per_million: Price per million input tokens; None when unknown.
        output_per_million: Price per million output tokens; None when unknown.
        currency: ISO 4217 code of the prices.
        rivals: Names of models its facts compare it with.
        kind: How its last release went live.
        first: When its first release went live.
        at: When its last release went live.
        note: What readers are told about that release.
        editors: Names of who changed its words, or else of who approved it unchanged.
        corrections: Everything readers were told about, oldest first.
        edition: Digest of the edition.
        panel: Digest of how its panel was asked, see `Published.panel_digest`.
        retracted: When it was retracted; None while readers see it.
        why_retracted: What readers are told about that; empty while they see it.
        history: Every release in short, oldest first.
    """

    slug: Slug
    name: str
    vendor: str
    category: str
    tagline: str
    released: dt.date | None
    licence: str | None
    access: str | None
    as_of: dt.date
    newest_fact: dt.date
    outcome: Outcome
    ships: int
    answered: int
    seats: tuple[EntrySeat, ...]
    rate: float | None
    low: float | None
    high: float | None
    n: int | None
    entry: str | None
    input_per_million: Decimal | None
    output_per_million: Decimal | None
    currency: str
    rivals: tuple[str, ...]
    kind: ReleaseKind
    first: AwareDatetime
    at: AwareDatetime
    note: str
    editors: tuple[str, ...] = ()
    corrections: tuple[EntryCorrection, ...] = ()
    edition: Digest
    panel: Digest
    retracted: AwareDatetime | None = None
    why_retracted: str = ""
    history: tuple[EntryRelease, ...] = ()


def entry_of(published: Published) -> Entry:
    """A model in a list.

    Args:
        published: The model.
    """
    edition, last = published.edition, published.last
    card, dossier = edition.card, edition.dossier
    interval = card.interval
    return Entry(
        slug=published.slug,
        name=card.name,
        vendor=card.vendor,
        category=dossier.category,
        tagline=dossier.tagline,
        released=dossier.released,
        licence=dossier.licence,
        access=dossier.access,
        as_of=card.as_of,
        newest_fact=card.newest_fact,
        outcome=card.outcome,
        ships=card.ships,
        answered=card.answered,
        seats=_seats(published),
        rate=card.rate,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        n=interval.n if interval else None,
        entry=card.pricing.entry,
        input_per_million=card.pricing.input_per_million,
        output_per_million=card.pricing.output_per_million,
        currency=card.pricing.currency,
        rivals=dossier.rivals,
        kind=last.kind,
        first=published.releases[0].at,
        at=last.at,
        note=last.note,
        editors=edition.edited_by or ((edition.approved_by,) if edition.approved_by else ()),
        corrections=tuple(
            EntryCorrection(at=release.at, note=release.note)
            for release in published.releases
            if release.kind == "corrected"
        ),
        edition=edition.digest,
        panel=published.panel_digest,
        retracted=published.retraction.at if published.retraction else None,
        why_retracted=published.retraction.note if published.retraction else "",
        history=tuple(map(_in_short, published.releases)),
    )


def _in_short(release: Release) -> EntryRelease:
    card = release.edition.card
    interval = card.interval
    return EntryRelease(
        at=release.at,
        kind=release.kind,
        outcome=card.outcome,
        ships=card.ships,
        answered=card.answered,
        seats=card.seats,
        rate=card.rate,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        n=interval.n if interval else None,
        note=release.note,
    )


def _seats(published: Published) -> tuple[EntrySeat, ...]:
    """The seats in the order of the panel; the scorecard has them dissent first."""
    edition = published.edition
    results = {result.persona: result for result in edition.card.results}
    names = {persona.id: persona.name for persona in published.personas}
    return tuple(
        EntrySeat(
            persona=seat.persona,
            call=results[seat.persona].call,
            dissents=seat.persona in edition.card.dissent,
            name=names.get(seat.persona, seat.persona),
            **_said(published, seat.persona),
        )
        for seat in published.panel.seats
        if seat.persona in results
    )


def _said(published: Published, persona: str) -> dict[str, Any]:
    """What a seat said, and whether an editor had a hand in it."""
    drafted = {review.key: review for review in published.drafted if review.persona == persona}
    said = [review for review in published.edition.reviews if review.persona == persona]
    headlines = [review.verdict.headline for review in said if review.verdict]
    return {
        "headline": headlines[0] if headlines else "",
        "edited": any(
            review.key in drafted and drafted[review.key].verdict != review.verdict
            for review in said
        ),
        "predictions": tuple(
            EntryPrediction(
                review=drafted.get(review.key, review).digest,
                number=number,
                statement=forecast.statement,
                by=forecast.by,
            )
            for review in said
            for number, forecast in enumerate(
                review.verdict.predictions if review.verdict else (), start=1
            )
        ),
    }
