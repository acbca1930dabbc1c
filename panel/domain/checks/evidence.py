"""What facts, and the identity of the model, can carry: read once, then kept for every verdict.

The checks ask the same dossier about thousands of verdicts, so whatever depends on the dossier
alone is cached by its digest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from panel.domain.checks.context import CheckContext, Keyed, fact_texts, price_texts
from panel.domain.checks.dates import Date, dates, of_day
from panel.domain.checks.figures import Figure, figures_in_names, figures_outside, free_words
from panel.domain.checks.naming import names
from panel.domain.dossier import Dossier
from panel.domain.fact import Fact
from panel.domain.typography import fold


@dataclass(frozen=True)
class Evidence:
    """What some texts carry.

    Attributes:
        folded: All of them, folded, one after the other.
        figures: Their numbers, with the sizes that names of models tell.
        dates: Their dates.
        benchmarks: Keys of the benchmarks they name.
        licences: Keys of the licences they name.
        free: Whether one says that something costs nothing.
    """

    folded: str = ""
    figures: tuple[Figure, ...] = ()
    dates: tuple[Date, ...] = ()
    benchmarks: frozenset[str] = frozenset()
    licences: frozenset[str] = frozenset()
    free: bool = False


def evidence_of(context: CheckContext, fact_ids: Iterable[str]) -> Evidence:
    """What the facts of these ids carry, their publishers and prices included.

    Args:
        context: What a verdict is checked against; a fact the panel was not shown carries nothing.
        fact_ids: Ids of facts; unknown ones are passed over.
    """
    shown = frozenset(fact_ids).intersection(context.prompt.fact_ids)
    return _of_facts(Keyed(context.dossier), shown)


def identity(context: CheckContext) -> Evidence:
    """What nobody has to cite: name, vendor, category, release day and as-of date.

    Args:
        context: What a verdict is checked against.
    """
    return _identity(Keyed(context.dossier))


@lru_cache(maxsize=128)
def own_names(keyed: Keyed) -> tuple[str, ...]:
    """The folded names of this model and its rivals; figures in them are part of the name.

    Args:
        keyed: The dossier.
    """
    return tuple(fold(name).text for name in (keyed.dossier.name, *keyed.dossier.rivals))


@lru_cache(maxsize=256)
def _of_facts(keyed: Keyed, fact_ids: frozenset[str]) -> Evidence:
    parts = [_of_fact(keyed, fact.id) for fact in keyed.dossier.facts if fact.id in fact_ids]
    if fact_ids.intersection(keyed.dossier.price.facts):
        parts.append(_of_prices(keyed))
    return _joined(parts)


@lru_cache(maxsize=1024)
def _of_fact(keyed: Keyed, fact_id: str) -> Evidence:
    fact = next(fact for fact in keyed.dossier.facts if fact.id == fact_id)
    texts = (*fact_texts(fact), *_publishers(keyed.dossier, fact))
    read = _read(texts, own_names(keyed))
    ranks = (Figure(0, 0, Decimal(fact.value), "rank"),) if fact.value and _is_rank(fact) else ()
    return _joined([read, Evidence(figures=ranks, dates=(of_day(fact.as_of),))])


def _is_rank(fact: Fact) -> bool:
    ranked = "rank" in f"{fact.attribute} {fact.unit or ''}"
    return ranked and bool(fact.value and fact.value.isdecimal())


def _publishers(dossier: Dossier, fact: Fact) -> Iterator[str]:
    for witness in fact.witnesses:
        if source := dossier.source(witness.source):
            yield source.publisher


@lru_cache(maxsize=128)
def _of_prices(keyed: Keyed) -> Evidence:
    return _read(tuple(price_texts(keyed.dossier)), own_names(keyed))


@lru_cache(maxsize=128)
def _identity(keyed: Keyed) -> Evidence:
    dossier = keyed.dossier
    read = _read((dossier.name, dossier.vendor, dossier.category), own_names(keyed))
    days = [day for day in (dossier.as_of, dossier.released) if day]
    return _joined([read, Evidence(dates=tuple(of_day(day) for day in days))])


def _read(texts: tuple[str, ...], own: tuple[str, ...]) -> Evidence:
    figures = [figure for text in texts for figure in figures_outside(text, own)]
    sizes = [figure for text in texts for figure in figures_in_names(text)]
    named = [name for text in texts for name in names(text)]
    return Evidence(
        folded=" | ".join(fold(text).text for text in texts),
        figures=tuple(dict.fromkeys((*figures, *sizes))),
        dates=tuple(date for text in texts for date in dates(text) if date.possible),
        benchmarks=frozenset(name.key for name in named if name.sort == "benchmark"),
        licences=frozenset(name.key for name in named if name.sort == "licence"),
        free=any(free_words(text) for text in texts)
        or any(figure.priced and not figure.value for figure in figures),
    )


def _joined(parts: Iterable[Evidence]) -> Evidence:
    parts = tuple(parts)
    return Evidence(
        folded=" | ".join(part.folded for part in parts if part.folded),
        figures=tuple(figure for part in parts for figure in part.figures),
        dates=tuple(date for part in parts for date in part.dates),
        benchmarks=frozenset[str]().union(*(part.benchmarks for part in parts)),
        licences=frozenset[str]().union(*(part.licences for part in parts)),
        free=any(part.free for part in parts),
    )
