"""The dossier: everything the panel may know about one model, and nothing else."""

import datetime as dt
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from panel.domain.fact import Conflict, Fact, FactId, Source
from panel.domain.integrity import defects
from panel.domain.value import Line, Slug, Text, Value, digest_of

Money = Annotated[Decimal, Field(ge=0, le=100_000, allow_inf_nan=False)]
"""An amount in the price's currency."""


class Price(Value):
    """What it costs to use the model; None means nobody has said.

    Attributes:
        entry: The cheapest way in, in words, e.g. `Free in the vendor's apps`.
        input_per_million: Price per million input tokens.
        output_per_million: Price per million output tokens.
        currency: ISO 4217 code.
        facts: The facts that carry these prices.
    """

    entry: Line | None = None
    input_per_million: Money | None = None
    output_per_million: Money | None = None
    currency: Literal["USD", "EUR", "GBP", "CNY", "JPY", "INR"] = "USD"
    facts: tuple[FactId, ...] = ()


class Dossier(Value):
    """One model under review, with its evidence.

    Attributes:
        slug: Stable id, also the file name.
        name: Public name of the model.
        vendor: Who makes it.
        category: Kind of thing, e.g. `Open-weight language model`.
        tagline: One line in our own words.
        released: Release day; None when unknown.
        licence: Licence in one line; None when unknown.
        access: How one gets at it; None when unknown.
        as_of: The day this dossier describes; nothing in it may be later.
        price: What it costs.
        rivals: Names of other models that the facts compare this one with.
        sources: Documents read.
        facts: What they say.
        conflicts: Where they contradict each other.
        summary: Plain paragraphs in our own words (the text below the front matter).
    """

    slug: Slug
    name: Annotated[Line, Field(max_length=80)]
    vendor: Annotated[Line, Field(max_length=80)]
    category: Annotated[Line, Field(max_length=60)]
    tagline: Annotated[Line, Field(max_length=140)]
    released: dt.date | None = None
    licence: Line | None = None
    access: Line | None = None
    as_of: dt.date
    price: Price = Price()
    rivals: tuple[Line, ...] = ()
    sources: Annotated[tuple[Source, ...], Field(min_length=1, max_length=200)]
    facts: Annotated[tuple[Fact, ...], Field(min_length=1, max_length=500)]
    conflicts: Annotated[tuple[Conflict, ...], Field(max_length=200)] = ()
    summary: Text = ""

    @model_validator(mode="after")
    def _consistent(self) -> "Dossier":
        found = defects(
            as_of=self.as_of,
            released=self.released,
            price_facts=self.price.facts,
            sources=self.sources,
            facts=self.facts,
            conflicts=self.conflicts,
        )
        if found:
            raise PydanticCustomError(
                "integrity",
                "the dossier contradicts itself: {first}",
                {"first": found[0].message, "defects": found},
            )
        return self

    @cached_property
    def digest(self) -> str:
        """Name of this dossier's content; the same text always has the same name."""
        return digest_of("dossier", self)

    def fact(self, fact_id: str) -> Fact | None:
        """The fact of that id, or None."""
        return self._facts_by_id.get(fact_id)

    def source(self, source_id: str) -> Source | None:
        """The source of that id, or None."""
        return self._sources_by_id.get(source_id)

    @cached_property
    def _sources_by_id(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}

    @cached_property
    def _facts_by_id(self) -> dict[str, Fact]:
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def newest_fact(self) -> dt.date:
        """The as-of date of the newest fact."""
        return max(fact.as_of for fact in self.facts)

    @cached_property
    def open_conflicts(self) -> tuple[Conflict, ...]:
        """Conflicts that no editor has settled."""
        return tuple(conflict for conflict in self.conflicts if conflict.settlement is None)

    def disputes(self, fact_id: str) -> tuple[Conflict, ...]:
        """The open conflicts a fact stands in."""
        return tuple(conflict for conflict in self.open_conflicts if fact_id in conflict.facts)
