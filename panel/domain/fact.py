"""Sources, facts and conflicts: the evidence a dossier is made of."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from panel.domain.value import Digest, Line, Value

SourceId = Annotated[str, StringConstraints(pattern=r"^S[1-9][0-9]{0,2}$")]
FactId = Annotated[str, StringConstraints(pattern=r"^F[1-9][0-9]{0,2}$")]
ConflictId = Annotated[str, StringConstraints(pattern=r"^C[1-9][0-9]{0,2}$")]

Topic = Literal[
    "access",
    "adoption",
    "architecture",
    "benchmark",
    "capability",
    "context",
    "efficiency",
    "hardware",
    "language",
    "licence",
    "modality",
    "price",
    "privacy",
    "roadmap",
    "safety",
    "tooling",
    "vendor",
]
"""What a fact is about; persona rubrics are weighted by it."""

Standing = Literal["official", "reported", "measured", "disputed", "superseded"]
"""How well a fact stands: said by the vendor, reported by others, measured by a third party."""

Leaning = Literal["for", "against", "neutral"]
"""Which way a fact pulls for somebody who wants to use the model."""

MAX_QUOTE_WORDS = 12
"""A quote kept in a dossier is a short span, never a passage (our own editorial limit)."""


class Source(Value):
    """One document about the model under review.

    Attributes:
        id: `S1`, `S2`, ...
        publisher: Who published it.
        title: Its headline.
        url: Where it stands; None when it was read from a copy without an address.
        published: Day it was published; None when the document does not say.
        read: Day we read it.
        sha256: Digest of the bytes we read, so that a quote can be checked years later.
        copy_of: The source whose text this one repeats; both then count as one witness.
        note: What a reader should know, e.g. that it calls itself unconfirmed.
    """

    id: SourceId
    publisher: Line
    title: Line
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s@]+$", max_length=500)] | None = (
        None
    )
    published: dt.date | None = None
    read: dt.date
    sha256: Digest | None = None
    copy_of: SourceId | None = None
    note: Line | None = None


class Witness(Value):
    """A source that carries a fact, with its very words.

    Attributes:
        source: Id of the source.
        quote: Verbatim span of that source, at most `MAX_QUOTE_WORDS` words.
    """

    source: SourceId
    quote: Line


class Fact(Value):
    """One dated, atomic statement about the model under review.

    Attributes:
        id: `F1`, `F2`, ...
        topic: What it is about.
        attribute: The property it states, e.g. `licence`; facts of one attribute may conflict.
        statement: The fact as a sentence in our own words.
        brief: A noun phrase of at most 70 characters for tables and rubric drafts.
        value: The value alone (`52`, `proprietary`), when there is one.
        unit: Unit of the value (`points`, `parameters`, `GB`), when there is one.
        as_of: Day from which the statement is known to hold.
        standing: How well it stands.
        leaning: Which way it pulls.
        witnesses: The sources that carry it, each with its words.
    """

    id: FactId
    topic: Topic
    attribute: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
    statement: Line
    brief: Annotated[Line, StringConstraints(max_length=70)]
    value: Line | None = None
    unit: Line | None = None
    as_of: dt.date
    standing: Standing
    leaning: Leaning
    witnesses: Annotated[tuple[Witness, ...], Field(min_length=1, max_length=20)]


class Settlement(Value):
    """An editor's decision on a conflict.

    Attributes:
        how: `pick` one fact, `keep-both`, or `supersede` (the picked fact is the newer truth).
        fact: The fact that holds; None when both are kept.
        by: Who decided.
        on: The day.
        at: The moment, where it was recorded; not written at all otherwise, so that a decision
            of before keeps its digest.
        reason: Why.
    """

    how: Literal["pick", "keep-both", "supersede"]
    fact: FactId | None = None
    by: Line
    on: dt.date
    at: Annotated[AwareDatetime | None, Field(exclude_if=lambda told: told is None)] = None
    reason: Line


class Conflict(Value):
    """Facts on one attribute that cannot all hold; open until settled.

    Attributes:
        id: `C1`, `C2`, ...
        attribute: The property in dispute.
        facts: Ids of the facts, at least two.
        note: What exactly is contradictory, in our words.
        settlement: The editor's decision; None while open.
    """

    id: ConflictId
    attribute: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
    facts: Annotated[tuple[FactId, ...], Field(min_length=2, max_length=20)]
    note: Line
    settlement: Settlement | None = None
