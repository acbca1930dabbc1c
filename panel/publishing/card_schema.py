"""The stable schema of one scorecard as JSON: fields are added, never renamed or removed.

docs/reference/scorecard-json.md describes each field and a test compares the two.
"""

import datetime as dt
from typing import Literal

from pydantic import Field

from panel.domain.fact import Topic
from panel.domain.flag import FlagKind, Severity
from panel.domain.review import FailureKind
from panel.domain.scorecard import Outcome
from panel.domain.value import Value, canonical_json
from panel.domain.verdict import Call

Cost = float | Literal["unknown"]
"""USD, or `unknown`; never 0 for a price nobody knows."""


class SpanJson(Value):
    """The words a flag is about."""

    field: str = Field(description="Path of the text, e.g. `quote` or `reasons_for[0].text`.")
    start: int = Field(description="Offset of the first character, counted from 0.")
    end: int = Field(description="Offset after the last character.")
    text: str = Field(description="The words themselves.")


class FlagJson(Value):
    """What a check found in a verdict."""

    kind: FlagKind = Field(description="What was found.")
    severity: Severity = Field(description="`blocks` approval, or `warns` the editor.")
    message: str = Field(description="What is wrong and how to mend it, in one line.")
    span: SpanJson | None = Field(description="The words; null when it is about the whole verdict.")


class FailureJson(Value):
    """Why a seat gave no verdict."""

    kind: FailureKind = Field(description="What went wrong.")
    remedy: str = Field(description="What to do next.")
    detail: str = Field(description="What the provider or the check said.")
    retryable: bool = Field(description="Whether asking again later could help.")


class CitationJson(Value):
    """Which words of the quote rest on which facts."""

    phrase: str = Field(description="A span of the quote.")
    facts: tuple[str, ...] = Field(description="Ids of the facts that carry it.")


class ReasonJson(Value):
    """One reason with the facts it rests on."""

    text: str = Field(description="The reason.")
    facts: tuple[str, ...] = Field(description="Ids of the facts it rests on.")


class FlipJson(Value):
    """What would change the call."""

    condition: str = Field(description="What would have to happen.")
    topic: Topic = Field(description="Topic that news of it would come under.")


class PredictionJson(Value):
    """A dated forecast."""

    statement: str = Field(description="What the reviewer expects.")
    by: dt.date = Field(description="Day by which it is expected.")


class UsageJson(Value):
    """Tokens over all calls."""

    calls: int = Field(description="Answers received, mends included.")
    input_tokens: int | None = Field(description="Tokens sent; null when not reported.")
    output_tokens: int | None = Field(description="Tokens received; null when not reported.")
    cached_tokens: int = Field(description="Input tokens read from the provider's cache.")


class ReviewJson(Value):
    """One attempt of one seat; every field is there whether it answered or failed."""

    persona: str = Field(description="Id of the persona.")
    sample: int = Field(description="Sample number, counted from 1.")
    llm: str = Field(description="`KIND:NAME`, or `rubric draft, no llm`.")
    answered_by: str | None = Field(description="Name the provider reports; null without one.")
    call: Call | None = Field(description="`ship` or `skip`; null when failed.")
    headline: str | None = Field(description="The judgement in one line; null when failed.")
    quote: str | None = Field(description="The reviewer's paragraph; null when failed.")
    citations: tuple[CitationJson, ...] = Field(description="What the quote rests on.")
    reasons_for: tuple[ReasonJson, ...] = Field(description="What speaks for shipping.")
    reasons_against: tuple[ReasonJson, ...] = Field(description="What speaks against it.")
    flip_conditions: tuple[FlipJson, ...] = Field(description="What would change the call.")
    predictions: tuple[PredictionJson, ...] = Field(description="Dated forecasts.")
    flags: tuple[FlagJson, ...] = Field(description="What the checks found.")
    failure: FailureJson | None = Field(description="Why there is no verdict; null when answered.")
    cost: Cost = Field(description="USD, or `unknown`; 0 for the offline judge.")
    usage: UsageJson = Field(description="Tokens over all its calls.")
    key: str = Field(description="Its key within the run: equal inputs have equal keys.")
    digest: str = Field(description="Name of its content.")


class SeatJson(Value):
    """How one seat came out over its samples."""

    persona: str = Field(description="Id of the persona.")
    llm: str = Field(description="Who drafted.")
    call: Call | None = Field(description="Majority of its samples; null without one.")
    ships: int = Field(description="Samples that ship.")
    answered: int = Field(description="Samples that answered.")
    samples: int = Field(description="Samples asked for.")
    same_vendor: bool = Field(description="Whether llm and reviewed model share a vendor.")


class PricingJson(Value):
    """What the model costs, as the dossier knows it; null is unknown."""

    entry: str | None = Field(description="Cheapest way in, in words.")
    input_per_million: float | None = Field(description="Price per million input tokens.")
    output_per_million: float | None = Field(description="Price per million output tokens.")
    currency: str = Field(description="ISO 4217 code.")
    facts: tuple[str, ...] = Field(description="Ids of the facts that carry the prices.")
    disputed: bool = Field(description="Whether one of them is in open conflict.")


class FlagCounts(Value):
    """How many flags there are, by severity."""

    blocks: int = Field(description="Flags that block approval.")
    warns: int = Field(description="Flags that warn the editor.")


class CardJson(Value):
    """One scorecard: the result of one dossier in one run."""

    run: str = Field(description="Run id.")
    dossier: str = Field(description="Slug of the dossier.")
    dossier_digest: str = Field(description="Name of the dossier's content.")
    name: str = Field(description="Name of the model under review.")
    vendor: str = Field(description="Who makes it.")
    as_of: dt.date = Field(description="Day the dossier describes.")
    newest_fact: dt.date = Field(description="As-of day of its newest fact.")
    outcome: Outcome = Field(description="`ship`, `skip`, `split` or `no_quorum`.")
    ships: int = Field(description="Seats that ship.")
    skips: int = Field(description="Seats that skip.")
    seats: int = Field(description="Seats on the panel.")
    answered: int = Field(description="Seats that answered.")
    samples: int = Field(description="Samples per seat.")
    quorum: int = Field(description="Answers needed for a result.")
    rate: float | None = Field(description="Ship rate, 0 to 1; null without quorum.")
    interval: tuple[float, float] | None = Field(
        description="95 % interval of the rate, [low, high]; null without quorum."
    )
    interval_method: Literal["wilson", "bootstrap"] | None = Field(
        description="How the interval was made; null without quorum."
    )
    interval_n: int | None = Field(description="Seats it is taken over; null without quorum.")
    drafted_by: str = Field(description="Who drafted: `KIND:NAME`, or `rubric draft, no llm`.")
    cost: Cost = Field(description="USD, or `unknown`; 0 for the offline judge.")
    usage: UsageJson = Field(description="Tokens over all reviews.")
    dissent: tuple[str, ...] = Field(description="Personas whose call opposes the outcome.")
    open_conflicts: tuple[str, ...] = Field(description="Ids of the dossier's open conflicts.")
    same_vendor: tuple[str, ...] = Field(
        description="Personas whose llm comes from the reviewed model's vendor."
    )
    pricing: PricingJson = Field(description="What the model costs.")
    flags: FlagCounts = Field(description="Flags over all reviews.")
    results: tuple[SeatJson, ...] = Field(description="How each seat came out, dissent first.")
    reviews: tuple[ReviewJson, ...] = Field(description="Its reviews by seat and sample.")
    digest: str = Field(description="Name of the scorecard's content.")

    def to_line(self) -> str:
        """The scorecard as one line of JSON with a line feed, keys sorted."""
        return canonical_json(self) + "\n"
