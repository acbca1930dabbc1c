"""The scorecard: the reduction of one dossier's reviews to one honest result."""

import datetime as dt
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from panel.domain.value import Digest, Slug, Value, digest_of
from panel.domain.verdict import Call

Outcome = Literal["ship", "skip", "split", "no_quorum"]


class SeatResult(Value):
    """How one seat came out over its samples.

    Attributes:
        persona: Id of the persona.
        llm_label: Who drafted.
        call: The seat's call by strict majority of its answered samples; None when it has none.
        ships: Samples that ship.
        answered: Samples that answered.
        samples: Samples asked for.
        same_vendor: Whether the llm comes from the reviewed model's vendor.
        reviews: Keys of its reviews by sample number.
    """

    persona: Slug
    llm_label: str
    call: Call | None
    ships: int
    answered: int
    samples: int
    same_vendor: bool
    reviews: tuple[Digest, ...]


class PricingRead(Value):
    """What it costs, as the dossier knows it; None reads "unknown".

    Attributes:
        entry: Cheapest way in, in words.
        input_per_million: Price per million input tokens.
        output_per_million: Price per million output tokens.
        currency: ISO 4217 code.
        facts: Facts that carry the prices.
        disputed: Whether one of those facts is in open conflict.
    """

    entry: str | None
    input_per_million: Decimal | None
    output_per_million: Decimal | None
    currency: str
    facts: tuple[str, ...]
    disputed: bool


class Interval(Value):
    """A 95 % interval of the ship rate, with how it was made and over how many.

    Attributes:
        low: Lower end, 0 to 1.
        high: Upper end, 0 to 1.
        method: `wilson` over seats, or `bootstrap` over seats and samples.
        n: Number of seats it is taken over.
    """

    low: Annotated[float, Field(ge=0, le=1)]
    high: Annotated[float, Field(ge=0, le=1)]
    method: Literal["wilson", "bootstrap"]
    n: int


class Scorecard(Value):
    """One dossier's result in one run; pure function of its reviews, holds no clock time.

    Attributes:
        run: Run id.
        slug: Slug of the dossier.
        name: Name of the model.
        vendor: Its vendor.
        dossier: Digest of the dossier.
        as_of: The dossier's as-of date.
        newest_fact: As-of date of its newest fact.
        drafted_by: Who drafted, e.g. `openai-chat:gpt-5.5` or `rubric draft, no llm`.
        outcome: `ship`, `skip`, `split` or `no_quorum`.
        ships: Seats that ship.
        skips: Seats that skip.
        answered: Seats that answered.
        seats: Seats on the panel.
        samples: Samples per seat.
        quorum: Answers needed for a result.
        rate: Mean ship rate over seats and samples, 0 to 1; None without quorum.
        interval: Interval of the rate; None without quorum.
        dissent: Personas whose call opposes the outcome.
        results: All seats, dissent first, failed seats last.
        open_conflicts: Ids of the dossier's open conflicts.
        blocking: Number of flags that block.
        warnings: Number of flags that warn.
        same_vendor: Personas whose llm comes from the model's vendor.
        pricing: What it costs.
        cost: Cost of the reviews in USD; None when unknown.
    """

    run: str
    slug: Slug
    name: str
    vendor: str
    dossier: Digest
    as_of: dt.date
    newest_fact: dt.date
    drafted_by: str
    outcome: Outcome
    ships: int
    skips: int
    answered: int
    seats: int
    samples: int
    quorum: int
    rate: float | None
    interval: Interval | None
    dissent: tuple[Slug, ...]
    results: tuple[SeatResult, ...]
    open_conflicts: tuple[str, ...]
    blocking: int
    warnings: int
    same_vendor: tuple[Slug, ...]
    pricing: PricingRead
    cost: Decimal | None

    @cached_property
    def digest(self) -> str:
        """Name of this scorecard's content."""
        return digest_of("scorecard", self)
