"""What one scorecard shows, declared once: page, Markdown and terminal only lay it out.

Every text in a `CardView` is plain, visible and free of markup; whoever prints it escapes it for
the place it goes to.
"""

from panel.domain.scorecard import Outcome
from panel.domain.value import Value
from panel.publishing.evidence import ConflictView, FactView, SourceView
from panel.publishing.passages import FactRef
from panel.publishing.seats import SeatView, Shape


class IntervalView(Value):
    """The ship rate with its interval, as shares and in words.

    Attributes:
        rate: Ship rate, 0 to 1.
        low: Lower end, 0 to 1.
        high: Upper end, 0 to 1.
        words: e.g. `95 % interval 4 % to 62 %, n = 5`.
        method: How it was made, in words.
    """

    rate: float
    low: float
    high: float
    words: str
    method: str


class PricingView(Value):
    """What the model costs, in words.

    Attributes:
        entry: Cheapest way in, or `unknown`.
        per_million: Input and output price per million tokens, or `unknown`.
        disputed: Whether a fact behind it is in open conflict.
        facts: The facts it rests on.
    """

    entry: str
    per_million: str
    disputed: bool
    facts: tuple[FactRef, ...]


class DigestView(Value):
    """The name of one content.

    Attributes:
        label: What it is the name of, e.g. `dossier`.
        full: The whole digest.
        short: Its first twelve digits.
    """

    label: str
    full: str
    short: str


class CardView(Value):
    """Everything one scorecard shows, in the order in which it is read.

    Attributes:
        run: Run id.
        slug: Slug of the dossier.
        name: Name of the model under review.
        vendor: Who makes it.
        category: Kind of thing.
        tagline: One line about it.
        summary: Paragraphs about it.
        released: Release day in words, or `unknown`.
        licence: Licence, or `unknown`; says so when it is disputed.
        access: How one gets at it, or `unknown`; says so when it is disputed.
        as_of: Day the dossier describes, in words.
        newest_fact: Day of its newest fact, in words.
        outcome: `ship`, `skip`, `split` or `no_quorum`.
        word: `Ship`, `Skip`, `Split` or `No quorum`.
        shape: The mark that goes with the word.
        sentence: The outcome as a sentence.
        result: The votes, with rate, interval and n; without quorum no percentage.
        turnout: e.g. `4 of 5 seats answered`; always said.
        complete: Whether every seat answered.
        interval: The interval to draw; None without quorum.
        dissent: Who dissents, as a sentence; empty when nobody does.
        drafted_by: Who drafted.
        rubric: Whether that was the offline judge, which is no llm.
        notice: That this is a draft by AI personas, as a sentence.
        seats: All seats, dissent first, failed seats last.
        same_vendor: The same-vendor mark as a sentence; empty when it does not apply.
        flags: Number of flags in words; says so when there are none.
        blocking: Number of flags that block.
        warnings: Number of flags that warn.
        pricing: What it costs.
        conflicts: Open conflicts with both sides.
        facts: Facts that something rests on, in order.
        other_facts: The remaining facts of the dossier.
        sources: All sources.
        cost: Cost in words.
        tokens: Tokens in words, with the cached share.
        samples: Samples per seat.
        digests: Names of everything this rests on, the scorecard's first.
    """

    run: str
    slug: str
    name: str
    vendor: str
    category: str
    tagline: str
    summary: tuple[str, ...]
    released: str
    licence: str
    access: str
    as_of: str
    newest_fact: str
    outcome: Outcome
    word: str
    shape: Shape
    sentence: str
    result: str
    turnout: str
    complete: bool
    interval: IntervalView | None
    dissent: str
    drafted_by: str
    rubric: bool
    notice: str
    seats: tuple[SeatView, ...]
    same_vendor: str
    flags: str
    blocking: int
    warnings: int
    pricing: PricingView
    conflicts: tuple[ConflictView, ...]
    facts: tuple[FactView, ...]
    other_facts: tuple[FactView, ...]
    sources: tuple[SourceView, ...]
    cost: str
    tokens: str
    samples: int
    digests: tuple[DigestView, ...]
