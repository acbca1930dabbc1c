"""The dossier as a reader meets it: facts with their witnesses, sources, and open conflicts."""

from collections.abc import Collection, Iterable

from panel.domain.dossier import Dossier
from panel.domain.fact import Conflict, Fact, Source
from panel.domain.value import Value
from panel.publishing.words import counted, day, one_line, web_address


class SourceView(Value):
    """One document, ready to be listed.

    Attributes:
        id: `S1`, `S2`, ...
        publisher: Who published it.
        title: Its headline.
        url: Its address when a page may link to it, else None.
        published: Day in words, or `undated`.
        read: Day we read it, in words.
        repeats: Id of the source whose text it repeats; None for an independent witness.
        note: What a reader should know; empty when there is nothing.
    """

    id: str
    publisher: str
    title: str
    url: str | None
    published: str
    read: str
    repeats: str | None
    note: str


class WitnessView(Value):
    """The very words of one source.

    Attributes:
        quote: The words, without quotation marks.
        source: Where they stand.
    """

    quote: str
    source: SourceView


class FactView(Value):
    """One fact, ready to be listed.

    Attributes:
        id: `F1`, `F2`, ...
        topic: What it is about.
        statement: The fact as a sentence.
        brief: The fact as a noun phrase.
        value: Value with its unit; empty when there is none.
        as_of: Day in words from which it holds.
        standing: `official`, `reported`, `measured`, `disputed` or `superseded`.
        leaning: `for`, `against` or `neutral`.
        disputed_in: Ids of the open conflicts it stands in.
        cited: Whether a review, the pricing or an open conflict rests on it.
        witnesses: The sources that carry it.
        witnessed: How many independent witnesses that makes, in words.
    """

    id: str
    topic: str
    statement: str
    brief: str
    value: str
    as_of: str
    standing: str
    leaning: str
    disputed_in: tuple[str, ...]
    cited: bool
    witnesses: tuple[WitnessView, ...]
    witnessed: str


class ConflictView(Value):
    """Facts that cannot all hold, side by side, while no editor has settled it.

    Attributes:
        id: `C1`, `C2`, ...
        attribute: The property in dispute, in words.
        note: What exactly is contradictory.
        sides: The facts, each with its witnesses.
    """

    id: str
    attribute: str
    note: str
    sides: tuple[FactView, ...]


def source_view(source: Source) -> SourceView:
    """A source in words.

    Args:
        source: A source of the dossier.
    """
    return SourceView(
        id=source.id,
        publisher=one_line(source.publisher),
        title=one_line(source.title),
        url=web_address(source.url),
        published=day(source.published),
        read=day(source.read),
        repeats=source.copy_of,
        note=one_line(source.note or ""),
    )


def fact_view(fact: Fact, dossier: Dossier, cited: Collection[str]) -> FactView:
    """A fact in words, its witnesses resolved to their sources.

    Args:
        fact: A fact of the dossier.
        dossier: The dossier, whose rules say that every witness names a source of it.
        cited: Ids of the facts something rests on.
    """
    sources = {source.id: source for source in dossier.sources}
    found = [(witness, sources[witness.source]) for witness in fact.witnesses]
    independent = {source.copy_of or source.id for _, source in found}
    return FactView(
        id=fact.id,
        topic=fact.topic,
        statement=one_line(fact.statement),
        brief=one_line(fact.brief),
        value=one_line(f"{fact.value or ''} {fact.unit or ''}"),
        as_of=day(fact.as_of),
        standing=fact.standing,
        leaning=fact.leaning,
        disputed_in=tuple(conflict.id for conflict in dossier.disputes(fact.id)),
        cited=fact.id in cited,
        witnesses=tuple(
            WitnessView(quote=one_line(witness.quote), source=source_view(source))
            for witness, source in found
        ),
        witnessed=counted(len(independent), "independent source"),
    )


def open_conflict_views(
    dossier: Dossier, ids: Collection[str], facts: Iterable[FactView]
) -> tuple[ConflictView, ...]:
    """The open conflicts of a dossier, in its order.

    Args:
        dossier: The dossier.
        ids: Which of them.
        facts: All facts of the dossier.
    """
    by_id = {fact.id: fact for fact in facts}
    return tuple(
        conflict_view(conflict, by_id) for conflict in dossier.open_conflicts if conflict.id in ids
    )


def conflict_view(conflict: Conflict, facts: dict[str, FactView]) -> ConflictView:
    """An open conflict with both sides' facts.

    Args:
        conflict: A conflict of the dossier.
        facts: All facts of the dossier by id.
    """
    return ConflictView(
        id=conflict.id,
        attribute=conflict.attribute.replace("-", " "),
        note=one_line(conflict.note),
        sides=tuple(facts[fact_id] for fact_id in conflict.facts),
    )
