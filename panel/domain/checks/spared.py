"""Figures that claim nothing about the model: a persona's own, counts of the file, suppositions."""

import re
from collections.abc import Iterator
from functools import lru_cache

from panel.domain.checks.context import CheckContext, Keyed
from panel.domain.checks.figures import Figure, figures
from panel.domain.checks.naming import names
from panel.domain.checks.units import TIME
from panel.domain.persona import Persona
from panel.domain.typography import fold

_MEASURED = re.compile(
    r"\b(?:behind|ahead|above|below|over|under|than|more|less|fewer|cheaper|dearer|faster|slower"
    r"|quicker|smaller|larger|bigger|better|worse|higher|lower|short(?:er)? of|lead(?:s|ing)?|led"
    r"|trail\w*|scor\w+|beat\w*|gain\w*|gap|index|benchmark\w*|price\w*|cost\w*|saving\w*)\b"
)
"""Words that turn a figure into a claim, whoever's figure it was."""

_COUNTED = re.compile(
    r"^ (?:of (?:the |its |all )?(?:\d+ |[a-z]+(?:-[a-z]+)? )?)?(?:[a-z-]+ ){0,2}?"
    r"(?P<noun>facts?|statements?|entries|sources?|witnesses|documents?|pages?|conflicts?"
    r"|disputes?|contradictions?)\b"
)
_SORTS = {
    "fact": "facts", "statement": "facts", "entrie": "facts", "source": "sources",
    "witnesse": "sources", "document": "sources", "page": "sources", "conflict": "conflicts",
    "dispute": "conflicts", "contradiction": "conflicts",
}  # fmt: skip

_SUPPOSED = re.compile(r"\b(?:if|suppose|supposing|imagine|picture|assume|say)\b(?! (?:it|that)\b)")
_IDLE_UNITS = TIME | {None, "users", "times"}


def is_spared(figure: Figure, text: str, context: CheckContext) -> bool:
    """Whether a figure needs no fact, although none carries it.

    Args:
        figure: A figure of the text.
        text: The text it stands in.
        context: What the verdict is checked against.
    """
    return (
        _is_own(figure, text, context.persona)
        or _is_count(figure, text, Keyed(context.dossier))
        or _is_supposed(figure, text)
    )


def _is_own(figure: Figure, text: str, persona: Persona) -> bool:
    """Whether the persona's file says the same figure, and nothing is measured with it here."""
    if not any(figure.unit == other.unit and figure.carried_by(other) for other in _own(persona)):
        return False
    return not _MEASURED.search(fold(_clause(text, figure)).text)


@lru_cache(maxsize=128)
def _own_of(texts: tuple[str, ...]) -> tuple[Figure, ...]:
    return tuple(figure for text in texts for figure in figures(text))


def _own(persona: Persona) -> tuple[Figure, ...]:
    points = (*persona.questions, *persona.ships_when, *persona.skips_when)
    return _own_of((persona.lens, persona.known_bias, persona.title, persona.portrait, *points))


def _clause(text: str, figure: Figure) -> str:
    """The words around a figure up to the next mark on either side."""
    before = re.split(r"[.,;:!?()\u2013\u2014]", text[: figure.start])[-1]
    after = re.split(r"[.,;:!?()\u2013\u2014]", text[figure.end :])[0]
    return f"{before} {after}"


def _is_count(figure: Figure, text: str, keyed: Keyed) -> bool:
    """Whether it counts the facts, sources or conflicts of this very file, and counts right."""
    if figure.unit is not None:
        return False
    after = _COUNTED.match(fold("." + text[figure.end :]).text[1:])
    return bool(after) and int(figure.value) == figure.value and (
        int(figure.value) in _counts(keyed)[_SORTS[after["noun"].removesuffix("s")]]
    )  # fmt: skip


@lru_cache(maxsize=128)
def _counts(keyed: Keyed) -> dict[str, frozenset[int]]:
    dossier = keyed.dossier
    disputed = sum(bool(dossier.disputes(fact.id)) for fact in dossier.facts)
    sorts = [[getattr(fact, key) for fact in dossier.facts] for key in ("standing", "topic")]
    sorts.append([fact.leaning for fact in dossier.facts])
    facts = {len(dossier.facts), disputed, len(dossier.facts) - disputed}
    facts.update(values.count(value) for values in sorts for value in values)
    first = sum(source.copy_of is None for source in dossier.sources)
    return {
        "facts": frozenset(facts),
        "sources": frozenset({len(dossier.sources), first}),
        "conflicts": frozenset({len(dossier.conflicts), len(dossier.open_conflicts)}),
    }


def _is_supposed(figure: Figure, text: str) -> bool:
    """Whether it belongs to a supposition or a question about people, time or traffic."""
    if figure.unit not in _IDLE_UNITS:
        return False
    for before, after in _sentence(figure, text):
        if any(name.sort != "vendor" for name in names(before + after)):
            return False
        asked = after.rstrip().endswith("?")
        return (asked or bool(_SUPPOSED.search(fold(before).text))) and not _MEASURED.search(
            fold(_clause(text, figure)).text
        )
    return False


def _sentence(figure: Figure, text: str) -> Iterator[tuple[str, str]]:
    """The sentence of a figure before and after it."""
    start = max(text.rfind(mark, 0, figure.start) for mark in (". ", "! ", "? ", ": ", "; "))
    end = re.search(r"[.!?](?=\s|$)", text[figure.end :])
    yield text[start + 1 : figure.start], text[figure.end :][: end.end() if end else None]
