"""What is different between two editions of one model, so that readers need not compare pages.

Said in plain parts, what it was and what it is; how each is worded is left to the page.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from panel.domain.dossier import Dossier
from panel.domain.editing.edition import Edition
from panel.domain.fact import Conflict
from panel.domain.scorecard import Scorecard
from panel.domain.value import Value
from panel.domain.verdict import Verdict

ChangeKind = Literal[
    "outcome",
    "ships",
    "seat",
    "words",
    "price",
    "identity",
    "fact",
    "conflict",
    "source",
    "summary",
]
"""What a change is about, in the order in which readers care."""


class Change(Value):
    """One difference between two editions.

    Attributes:
        kind: What it is about.
        what: Whose or which, e.g. a persona's id, a fact's id or `entry price`.
        before: What it was; empty for what is new.
        after: What it is; empty for what is gone.
    """

    kind: ChangeKind
    what: str
    before: str
    after: str


def changes(before: Edition, after: Edition) -> tuple[Change, ...]:
    """Everything a reader can see that differs between two editions of one model.

    Args:
        before: The earlier edition.
        after: The later edition.
    """
    return (
        *_result(before.card, after.card),
        *_words(before, after),
        *_prices(before.card, after.card),
        *_dossier(before.dossier, after.dossier),
    )


def _result(before: Scorecard, after: Scorecard) -> Iterator[Change]:
    yield from _differing("outcome", {"outcome": before.outcome}, {"outcome": after.outcome})
    ships = [f"{card.ships} of {card.seats}" for card in (before, after)]
    yield from _differing("ships", {"ships": ships[0]}, {"ships": ships[1]})
    yield from _differing("seat", _calls(before), _calls(after))


def _calls(card: Scorecard) -> dict[str, str]:
    return {seat.persona: seat.call or "no call" for seat in card.results}


def _words(before: Edition, after: Edition) -> Iterator[Change]:
    """Words of verdicts, by persona: which of its texts are not what they were."""
    earlier, later = _said(before), _said(after)
    for persona in later:
        if persona in earlier and earlier[persona] != later[persona]:
            one, two = earlier[persona], later[persona]
            texts = [name for name in one.keys() | two.keys() if one.get(name) != two.get(name)]
            names = sorted({_field(name) for name in texts})
            yield Change(kind="words", what=persona, before="", after=", ".join(names))


def _said(edition: Edition) -> dict[str, dict[str, str]]:
    """The texts of the first verdict of each persona, by path."""
    found: dict[str, dict[str, str]] = {}
    for review in edition.reviews:
        if isinstance(review.verdict, Verdict):
            found.setdefault(review.persona, dict(review.verdict.texts()))
    return found


def _field(path: str) -> str:
    return path.partition("[")[0].replace("_", " ")


def _prices(before: Scorecard, after: Scorecard) -> Iterator[Change]:
    named = (
        ("entry price", "entry"),
        ("input price per million", "input_per_million"),
        ("output price per million", "output_per_million"),
    )
    for what, name in named:
        one, two = getattr(before.pricing, name), getattr(after.pricing, name)
        if one != two:
            yield Change(
                kind="price",
                what=what,
                before=_amount(one, before.pricing.currency),
                after=_amount(two, after.pricing.currency),
            )


def _amount(value: Any, currency: str) -> str:
    if value is None:
        return "unknown"
    return value if isinstance(value, str) else f"{value:f} {currency}"


def _dossier(before: Dossier, after: Dossier) -> Iterator[Change]:
    names = ("name", "vendor", "category", "tagline", "released", "licence", "access")
    one = {name: str(getattr(before, name) or "unknown") for name in names}
    two = {name: str(getattr(after, name) or "unknown") for name in names}
    yield from _differing("identity", one, two)
    yield from _differing("fact", _facts(before), _facts(after))
    yield from _differing("conflict", _conflicts(before), _conflicts(after))
    yield from _differing("source", _sources(before), _sources(after))
    if before.summary != after.summary:
        yield Change(kind="summary", what="summary", before="", after="rewritten")


def _facts(dossier: Dossier) -> dict[str, str]:
    return {fact.id: f"{fact.statement} ({fact.standing})" for fact in dossier.facts}


def _conflicts(dossier: Dossier) -> dict[str, str]:
    return {conflict.id: _state(conflict) for conflict in dossier.conflicts}


def _state(conflict: Conflict) -> str:
    about = conflict.attribute.replace("-", " ")
    settled = conflict.settlement
    if settled is None:
        return f"{about}: open"
    return f"{about}: settled" + (f" for {settled.fact}" if settled.fact else ", both kept")


def _sources(dossier: Dossier) -> dict[str, str]:
    return {source.id: f"{source.publisher}: {source.title}" for source in dossier.sources}


def _differing(
    kind: ChangeKind, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[Change]:
    """Differences of two tables: gone and changed in the old order, then what is new."""
    for what in dict.fromkeys((*before, *after)):
        one, two = before.get(what, ""), after.get(what, "")
        if one != two:
            yield Change(kind=kind, what=what, before=one, after=two)
