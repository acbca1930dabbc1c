"""How many independent witnesses a fact has: a text repeated by ten sites is still one text."""

from collections.abc import Iterator

from panel.domain.dossier import Dossier
from panel.domain.fact import Fact
from panel.domain.typography import words

SAME_WORDS = 5
"""Two quotes of at least so many equal words are one text; shorter ones agree by chance."""


def witness_count(dossier: Dossier, fact: Fact) -> int:
    """Number of independent sources behind a fact.

    Sources are one witness when one is a copy of the other, when their bytes are equal, or when
    their quotes for this fact are the same words; and what holds of A and B and of B and C makes
    all three one.

    Args:
        dossier: The dossier with the sources.
        fact: One of its facts.
    """
    groups: list[set[str]] = []
    for marks in {source: set(_marks(dossier, fact, source)) for source in _cited(fact)}.values():
        joined = [group for group in groups if group & marks]
        groups = [group for group in groups if not group & marks]
        groups.append(marks.union(*joined))
    return len(groups)


def _cited(fact: Fact) -> list[str]:
    return list(dict.fromkeys(witness.source for witness in fact.witnesses))


def _marks(dossier: Dossier, fact: Fact, source_id: str) -> Iterator[str]:
    """What a source shares with every other source of the same text."""
    yield f"id {source_id}"
    source = dossier.source(source_id)
    if source is not None and source.copy_of:
        yield f"id {source.copy_of}"
    if source is not None and source.sha256:
        yield f"bytes {source.sha256}"
    for witness in fact.witnesses:
        said = [word.text for word in words(witness.quote)]
        if witness.source == source_id and len(said) >= SAME_WORDS:
            yield f"words {' '.join(said)}"
