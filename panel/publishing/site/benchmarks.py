"""What was measured, beside what its rivals reach, as far as the sources print it.

A rival's figure is taken only from words that name the rival and print the figure right after it;
what stands less plainly is left in the statement, where readers find it.
"""

import re
from collections.abc import Sequence

from panel.domain.dossier import Dossier
from panel.domain.fact import Fact
from panel.domain.publication.entry import Entry
from panel.domain.publication.related import plain
from panel.domain.value import Value
from panel.publishing.site import paths
from panel.publishing.words import day, one_line

_FIGURE = (
    r"(?: [A-Z][\w.]*)?,?(?: at| with| scores| \(both| \() ?(?P<figure>\d+(?:\.\d+)?)(?![\w-])"
)
"""What may stand between a rival and its figure: one more word of its name, `at`, a bracket."""


class RivalView(Value):
    """A rival in a row of benchmarks.

    Attributes:
        name: What it is called.
        path: Its page below the root; empty when the site has none.
        figure: What it reaches, as printed; empty when only its name stands there.
    """

    name: str
    path: str
    figure: str


class BenchmarkView(Value):
    """One fact about a measurement.

    Attributes:
        id: Id of the fact.
        statement: The fact as a sentence.
        own: What the model itself reaches; empty when that is not told.
        rivals: Who else is named.
        as_of: Day in words.
        standing: How well the fact stands.
        disputed: Whether it stands in an open conflict.
    """

    id: str
    statement: str
    own: str
    rivals: tuple[RivalView, ...]
    as_of: str
    standing: str
    disputed: bool


def benchmarks(dossier: Dossier, known: Sequence[Entry]) -> tuple[BenchmarkView, ...]:
    """What was measured, in order of the facts.

    Args:
        dossier: The dossier.
        known: Models of the site it is compared with.
    """
    pages = {plain(entry.name): paths.model_path(entry.slug) for entry in known}
    return tuple(
        _benchmark(fact, _rivals(fact, dossier.rivals, pages), bool(dossier.disputes(fact.id)))
        for fact in dossier.facts
        if fact.topic == "benchmark"
    )


def _benchmark(fact: Fact, rivals: tuple[RivalView, ...], disputed: bool) -> BenchmarkView:
    return BenchmarkView(
        id=fact.id,
        statement=one_line(fact.statement),
        own=_own(fact, rivals),
        rivals=rivals,
        as_of=day(fact.as_of),
        standing=fact.standing,
        disputed=disputed,
    )


def _own(fact: Fact, rivals: tuple[RivalView, ...]) -> str:
    """The fact's value, unless that is a rival's figure or a rival itself."""
    value = one_line(fact.value or "")
    if any(value in (rival.figure, rival.name) for rival in rivals):
        return ""
    if fact.unit == "rank":
        return f"rank {value}" if value else ""
    return one_line(f"{value} {fact.unit or ''}") if value else ""


def _rivals(fact: Fact, names: Sequence[str], pages: dict[str, str]) -> tuple[RivalView, ...]:
    text = " | ".join((fact.statement, *(witness.quote for witness in fact.witnesses)))
    found: list[RivalView] = []
    for name in names:
        told = _without_longer(text, name, names)
        if re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", told) is None:
            continue
        figures = {match["figure"] for match in re.finditer(re.escape(name) + _FIGURE, told)}
        figure = figures.pop() if len(figures) == 1 else ""
        found.append(RivalView(name=name, path=pages.get(plain(name), ""), figure=figure))
    return tuple(found)


def _without_longer(text: str, name: str, names: Sequence[str]) -> str:
    """The text without the rivals whose names begin with this one, e.g. `Llama 4` for `Llama`."""
    for longer in names:
        if longer != name and longer.startswith(name):
            text = text.replace(longer, "|")
    return text
