"""Every free text of a dossier, with its path and whether it is ours or a source's."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from panel.domain.dossier import Dossier
from panel.domain.fact import Fact
from panel.domain.planting.scan import find_plant


@dataclass(frozen=True)
class Plant:
    """Planted text in a dossier.

    Attributes:
        path: Where it stands, e.g. `facts[3].statement`.
        fact: Id of the fact it stands in; None elsewhere.
        text: The planted words.
        why: What gives it away.
    """

    path: str
    fact: str | None
    text: str
    why: str


class Field(NamedTuple):
    """One free text of a dossier."""

    path: str
    fact: str | None
    text: str | None
    own_words: bool


def plants(dossier: Dossier) -> tuple[Plant, ...]:
    """Planted text in any free-text field of a dossier, in the order of the file.

    Args:
        dossier: Any dossier.
    """
    found: list[Plant] = []
    for field in free_texts(dossier):
        hit = find_plant(field.text, own_words=field.own_words) if field.text else None
        if hit and field.text:
            start, end, why = hit
            found.append(Plant(field.path, field.fact, field.text[start:end], why))
    return tuple(found)


def free_texts(dossier: Dossier) -> Iterator[Field]:
    """Every free text of a dossier.

    Args:
        dossier: Any dossier.
    """
    for key in ("name", "vendor"):
        yield Field(key, None, getattr(dossier, key), own_words=False)
    for key in ("category", "tagline", "licence", "access"):
        yield Field(key, None, getattr(dossier, key), own_words=True)
    yield Field("price.entry", None, dossier.price.entry, own_words=True)
    for at, rival in enumerate(dossier.rivals):
        yield Field(f"rivals[{at}]", None, rival, own_words=False)
    for at, source in enumerate(dossier.sources):
        yield Field(f"sources[{at}].publisher", None, source.publisher, own_words=False)
        yield Field(f"sources[{at}].title", None, source.title, own_words=False)
        yield Field(f"sources[{at}].note", None, source.note, own_words=True)
    for at, fact in enumerate(dossier.facts):
        yield from _fact_texts(at, fact)
    for at, conflict in enumerate(dossier.conflicts):
        yield Field(f"conflicts[{at}].note", None, conflict.note, own_words=True)
        if settled := conflict.settlement:
            yield Field(f"conflicts[{at}].settlement.by", None, settled.by, own_words=False)
            yield Field(f"conflicts[{at}].settlement.reason", None, settled.reason, own_words=True)
    yield Field("summary", None, dossier.summary, own_words=True)


def _fact_texts(at: int, fact: Fact) -> Iterator[Field]:
    for key in ("statement", "brief", "value", "unit"):
        yield Field(f"facts[{at}].{key}", fact.id, getattr(fact, key), own_words=True)
    for nth, witness in enumerate(fact.witnesses):
        path = f"facts[{at}].witnesses[{nth}].quote"
        yield Field(path, fact.id, witness.quote, own_words=False)
