"""What a check may look at, which texts may carry a claim, and how a flag is made."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from panel.domain.dossier import Dossier
from panel.domain.fact import Fact
from panel.domain.flag import Flag, FlagKind, Severity, Span
from panel.domain.persona import Persona
from panel.domain.prompt import Prompt
from panel.domain.verdict import Verdict

CLAIMS = ("headline", "quote", "reasons_")
"""Fields that state things; flip conditions and predictions speak of what may be."""


@dataclass(frozen=True)
class CheckContext:
    """Everything a verdict is checked against.

    Attributes:
        dossier: The dossier under review.
        persona: The reviewer.
        prompt: What the reviewer was told.
        earlier: Quotes this persona wrote before, about this or other models.
    """

    dossier: Dossier
    persona: Persona
    prompt: Prompt
    earlier: tuple[str, ...] = ()

    def cited(self, verdict: Verdict) -> tuple[Fact, ...]:
        """The facts a verdict cites that exist and were shown, in the order of the dossier."""
        ids = cited_by(verdict).intersection(self.prompt.fact_ids)
        return tuple(fact for fact in self.dossier.facts if fact.id in ids)


class Keyed:
    """A dossier as the key of a cache: equal when the digests are, and never hashed again.

    Args:
        dossier: The dossier.
    """

    __slots__ = ("dossier",)

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Keyed) and self.dossier.digest == other.dossier.digest

    def __hash__(self) -> int:
        return hash(self.dossier.digest)


def fact_texts(fact: Fact) -> Iterator[str]:
    """Every text of a fact that can carry a claim."""
    yield fact.statement
    yield fact.brief
    if fact.value:
        yield f"{fact.value} {fact.unit or ''}".strip()
    for witness in fact.witnesses:
        yield witness.quote


def price_texts(dossier: Dossier) -> Iterator[str]:
    """The prices of a dossier, written out."""
    if dossier.price.entry:
        yield dossier.price.entry
    for amount in (dossier.price.input_per_million, dossier.price.output_per_million):
        if amount is not None:
            yield f"{dossier.price.currency} {amount} per 1 million tokens"


class _Same:
    """A verdict as the key of a cache: equal to itself alone, which is quick to tell."""

    __slots__ = ("verdict",)

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.verdict is other.verdict

    def __hash__(self) -> int:
        return id(self.verdict)


_Texts = tuple[tuple[str, str], ...]


def texts_of(verdict: Verdict) -> _Texts:
    """Every text of a verdict with its path, gathered once for all checks."""
    return _gathered(_Same(verdict))[0]


def claims(verdict: Verdict) -> _Texts:
    """The texts of a verdict that state things, with their paths."""
    return _gathered(_Same(verdict))[1]


def cited_by(verdict: Verdict) -> frozenset[str]:
    """Ids of all facts a verdict cites anywhere, gathered once for all checks."""
    return _gathered(_Same(verdict))[2]


@lru_cache(maxsize=16)
def _gathered(same: _Same) -> tuple[_Texts, _Texts, frozenset[str]]:
    every = tuple(same.verdict.texts())
    stated = tuple((path, text) for path, text in every if path.startswith(CLAIMS))
    return every, stated, same.verdict.cited()


def flag(
    kind: FlagKind,
    severity: Severity,
    message: str,
    *,
    path: str = "",
    text: str = "",
    span: tuple[int, int] | None = None,
    mendable: bool = True,
) -> Flag:
    """A flag on a stretch of one text.

    Args:
        kind: What was found.
        severity: Whether it blocks.
        message: What is wrong and how to mend it.
        path: Path of the field.
        text: The whole text of that field.
        span: Offsets in it; None when the flag concerns the whole verdict.
        mendable: Whether the llm can mend it.
    """
    place = None
    if span:
        start, end = span
        place = Span(field=path, start=start, end=end, text=text[start:end])
    return Flag(kind=kind, severity=severity, message=message, span=place, mendable=mendable)
