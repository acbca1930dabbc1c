"""A against B, derived from their two scorecards: what each panel said, and where they differ.

No llm is asked and no winner is named: the reader sees both results, whether they can be told
apart, and what the facts answer. Everything two-sided has fields `a` and `b`, and swapping the
models swaps exactly those.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from panel.domain.difference import SeatCall
from panel.domain.fact import Topic
from panel.domain.intake.normal import Meaning
from panel.domain.publication.questions import Question, questions
from panel.domain.publication.release import Published
from panel.domain.publication.statements import Stated, statements
from panel.domain.publication.workloads import Bill, bills
from panel.domain.scorecard import Scorecard, SeatResult
from panel.domain.value import Slug, Value

Apart = Literal["A", "B", "overlap", "no result"]
"""Whose interval lies wholly above the other's; `overlap` when the panels do not tell them apart.

`no result` where a panel had no quorum.
"""

Split = Literal["both ship", "both skip", "A", "B", "open"]
"""How a seat came out on two models; `A` when it ships A alone, `open` when it has no two calls."""

Reading = Literal["same", "differ", "one side", "disputed", "words"]
"""How two sides of a property compare; `words` when no value is there to be compared."""


class SeatPair(Value):
    """One seat on both models.

    Attributes:
        persona: Id of the persona.
        a: How it came out on A.
        b: How it came out on B.
        split: Both together.
    """

    persona: Slug
    a: SeatCall
    b: SeatCall
    split: Split


class Row(Value):
    """One property on both sides.

    Attributes:
        topic: What it is about.
        attribute: Its one name.
        a: What the dossier of A states.
        b: What the dossier of B states.
        reading: How they compare.
        larger: Who has the larger figure; None where none is, or nothing may be said.
    """

    topic: Topic
    attribute: str
    a: tuple[Stated, ...]
    b: tuple[Stated, ...]
    reading: Reading
    larger: Literal["A", "B"] | None = None


class Comparison(Value):
    """Two models side by side.

    Attributes:
        a: Slug of A.
        b: Slug of B.
        apart: Whether the panels tell them apart.
        seats: Every seat on both, in order of the panel.
        rows: Properties that can be set side by side, by topic.
        bills: What stated workloads cost.
        questions: Who should pick which.
    """

    a: Slug
    b: Slug
    apart: Apart
    seats: tuple[SeatPair, ...]
    rows: tuple[Row, ...]
    bills: tuple[Bill, ...]
    questions: tuple[Question, ...]


def compare(a: Published, b: Published) -> Comparison:
    """Set two models side by side.

    Args:
        a: One model.
        b: Another, that may be compared with it: see `comparable.comparability`.
    """
    one, two = a.edition, b.edition
    stated = statements(one.dossier), statements(two.dossier)
    spent = bills(one.card.pricing, two.card.pricing)
    return Comparison(
        a=a.slug,
        b=b.slug,
        apart=_apart(one.card, two.card),
        seats=tuple(_seats(a, b)),
        rows=tuple(_rows(*stated)),
        bills=spent,
        questions=questions(*stated, spent),
    )


def _apart(a: Scorecard, b: Scorecard) -> Apart:
    one, two = a.interval, b.interval
    if one is None or two is None:
        return "no result"
    if one.low > two.high:
        return "A"
    return "B" if two.low > one.high else "overlap"


def _seats(a: Published, b: Published) -> Iterator[SeatPair]:
    ones, twos = (
        {result.persona: result for result in model.edition.card.results} for model in (a, b)
    )
    for seat in a.panel.seats:
        one, two = _call(ones.get(seat.persona)), _call(twos.get(seat.persona))
        yield SeatPair(persona=seat.persona, a=one, b=two, split=_split(one, two))


def _call(result: SeatResult | None) -> SeatCall:
    if result is None:
        return "no seat"
    return result.call or ("tie" if result.answered * 2 > result.samples else "no answer")


def _split(a: SeatCall, b: SeatCall) -> Split:
    if {a, b} <= {"ship", "skip"}:
        if a == b:
            return "both ship" if a == "ship" else "both skip"
        return "A" if a == "ship" else "B"
    return "open"


_TOPICS: tuple[Topic, ...] = (
    *("benchmark", "capability", "context", "modality", "tooling", "language"),
    *("licence", "access", "price", "hardware", "efficiency", "architecture"),
    *("privacy", "safety", "adoption", "roadmap", "vendor"),
)
"""In the order in which a reader who has to choose asks."""

_ALWAYS = frozenset(
    {"licence", "weights", "openness", "access", "context-window", "hosted-context", "modalities"}
    | {"languages", "total-parameters", "active-parameters", "max-output"}
    | {"input-price", "output-price", "entry-price"}
)
"""Properties shown although one dossier is silent about them."""

_NEVER = frozenset({"release", "release-date"})
"""Properties in which two models always differ, and which decide nothing."""

_COUNTED: frozenset[Topic] = frozenset({"benchmark", "context", "architecture", "language"})
"""Topics whose figures are said to be larger or smaller; elsewhere both are only shown."""


def _rows(a: Sequence[Stated], b: Sequence[Stated]) -> Iterator[Row]:
    ones, twos = _grouped(a), _grouped(b)
    found = [
        _row(name, ones.get(name, ()), twos.get(name, ()))
        for name in sorted(ones.keys() | twos.keys())
        if name in _ALWAYS or (name in ones and name in twos and name not in _NEVER)
    ]
    shown = (row for row in found if row.topic != "benchmark" or _same_scale(row))
    yield from sorted(shown, key=lambda row: (_TOPICS.index(row.topic), row.attribute))


def _grouped(stated: Sequence[Stated]) -> dict[str, tuple[Stated, ...]]:
    found: dict[str, list[Stated]] = {}
    for one in stated:
        found.setdefault(one.attribute, []).append(one)
    return {name: tuple(group) for name, group in found.items()}


def _row(attribute: str, a: tuple[Stated, ...], b: tuple[Stated, ...]) -> Row:
    reading = _reading(a, b)
    topics: list[Topic] = [one.topic for one in (*a, *b)]
    topic = min(topics, key=_TOPICS.index)
    larger = _larger(a, b) if reading == "differ" and topic in _COUNTED else None
    return Row(topic=topic, attribute=attribute, a=a, b=b, reading=reading, larger=larger)


def _reading(a: tuple[Stated, ...], b: tuple[Stated, ...]) -> Reading:
    if any(one.disputed for one in (*a, *b)):
        return "disputed"
    if not a or not b:
        return "one side"
    ones, twos = ([one.meaning for one in side if one.meaning] for side in (a, b))
    if not ones or not twos:
        return "words"
    return "same" if _all_met(ones, twos) and _all_met(twos, ones) else "differ"


def _all_met(ones: Sequence[Meaning], twos: Sequence[Meaning]) -> bool:
    return all(any(one.same(two) for two in twos) for one in ones)


def _same_scale(row: Row) -> bool:
    """Whether results of a test are given on one scale; two scales cannot stand side by side."""
    amounts = [[one.amount for one in side if one.amount] for side in (row.a, row.b)]
    if not all(amounts):
        return not any(amounts)
    return any(one.comparable(two) for one in amounts[0] for two in amounts[1])


def _larger(a: tuple[Stated, ...], b: tuple[Stated, ...]) -> Literal["A", "B"] | None:
    """Who has the larger figure, where each side gives one, both count alike, and none overlap."""
    ones, twos = ([one.amount for one in side if one.amount] for side in (a, b))
    if len(ones) != 1 or len(twos) != 1 or not ones[0].comparable(twos[0]):
        return None
    one, two = ones[0], twos[0]
    if "rank" in {one.unit, two.unit} or one.compatible(two):
        return None
    return "A" if one.spans[0] > two.spans[0] else "B"
