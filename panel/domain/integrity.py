"""Rules across the parts of a dossier: ids are unique, references lead somewhere, dates hold.

Each breach is a `Defect` with the key path of the offending value, so that the reader of the file
can name the line.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from panel.domain.fact import MAX_QUOTE_WORDS, Conflict, Fact, Source


@dataclass(frozen=True)
class Defect:
    """One broken rule.

    Attributes:
        path: Keys and indices down to the value, e.g. `("facts", 2, "id")`.
        message: What is wrong.
        remedy: What to do about it.
    """

    path: tuple[str | int, ...]
    message: str
    remedy: str


def defects(
    *,
    as_of: dt.date,
    released: dt.date | None,
    price_facts: Sequence[str],
    sources: Sequence[Source],
    facts: Sequence[Fact],
    conflicts: Sequence[Conflict],
) -> list[Defect]:
    """Every breach of the rules that hold between the parts of a dossier.

    Args:
        as_of: The day the dossier describes.
        released: Release day of the model, if known.
        price_facts: Ids of the facts that carry the prices.
        sources: All sources.
        facts: All facts.
        conflicts: All conflicts.

    Returns:
        The defects in the order of the file; empty when the dossier is consistent.
    """
    fact_ids = {fact.id for fact in facts}
    found = [*_duplicates("sources", sources), *_duplicates("facts", facts)]
    found += _duplicates("conflicts", conflicts)
    if released and released > as_of:
        found.append(_late(("released",), released, as_of))
    found += [
        Defect(("price", "facts", at), f"there is no fact {fact_id}", "cite a fact of this file")
        for at, fact_id in enumerate(price_facts)
        if fact_id not in fact_ids
    ]
    found += _source_defects(as_of, sources)
    found += _fact_defects(as_of, sources, facts)
    found += _conflict_defects(as_of, facts, conflicts)
    return found


def _duplicates(
    section: str, items: Sequence[Source] | Sequence[Fact] | Sequence[Conflict]
) -> Iterator[Defect]:
    seen: set[str] = set()
    for at, item in enumerate(items):
        if item.id in seen:
            remedy = "give each its own number; ids are never reused"
            yield Defect((section, at, "id"), f"{item.id} is used twice", remedy)
        seen.add(item.id)


def _late(path: tuple[str | int, ...], day: dt.date, as_of: dt.date) -> Defect:
    return Defect(
        path,
        f"{day} lies after the as-of date {as_of}",
        "correct the date, or raise as_of to the day this dossier describes",
    )


def _source_defects(as_of: dt.date, sources: Sequence[Source]) -> Iterator[Defect]:
    originals = {source.id: source for source in sources}
    for at, source in enumerate(sources):
        for key in ("published", "read"):
            day: dt.date | None = getattr(source, key)
            if day and day > as_of:
                yield _late(("sources", at, key), day, as_of)
        if source.published and source.published > source.read:
            yield Defect(
                ("sources", at, "read"),
                f"read on {source.read}, before it was published on {source.published}",
                "correct one of the two dates",
            )
        original = originals.get(source.copy_of or source.id)
        if original is None or source.copy_of == source.id:
            yield Defect(
                ("sources", at, "copy_of"),
                f"there is no other source {source.copy_of}",
                "name the source whose text this one repeats",
            )
        elif source.copy_of and original.copy_of:
            yield Defect(
                ("sources", at, "copy_of"),
                f"{original.id} is itself a copy of {original.copy_of}",
                f"write copy_of: {original.copy_of}",
            )


def _fact_defects(
    as_of: dt.date, sources: Sequence[Source], facts: Sequence[Fact]
) -> Iterator[Defect]:
    source_ids = {source.id for source in sources}
    for at, fact in enumerate(facts):
        if fact.as_of > as_of:
            yield _late(("facts", at, "as_of"), fact.as_of, as_of)
        if fact.unit and not fact.value:
            yield Defect(
                ("facts", at, "unit"), "a unit without a value", "add the value or drop the unit"
            )
        for nth, witness in enumerate(fact.witnesses):
            path = ("facts", at, "witnesses", nth)
            if witness.source not in source_ids:
                yield Defect(
                    (*path, "source"),
                    f"there is no source {witness.source}",
                    f"add it under sources, or cite one of {', '.join(sorted(source_ids))}",
                )
            words = len(witness.quote.split())
            if words > MAX_QUOTE_WORDS:
                yield Defect(
                    (*path, "quote"),
                    f"the quote has {words} words",
                    f"keep the {MAX_QUOTE_WORDS} that carry the fact",
                )


def _conflict_defects(
    as_of: dt.date, facts: Sequence[Fact], conflicts: Sequence[Conflict]
) -> Iterator[Defect]:
    by_id = {fact.id: fact for fact in facts}
    for at, conflict in enumerate(conflicts):
        for nth, fact_id in enumerate(conflict.facts):
            path = ("conflicts", at, "facts", nth)
            fact = by_id.get(fact_id)
            if fact is None:
                yield Defect(path, f"there is no fact {fact_id}", "cite a fact of this file")
            elif fact.attribute != conflict.attribute:
                yield Defect(
                    path,
                    f"{fact_id} states {fact.attribute!r}, the conflict is on"
                    f" {conflict.attribute!r}",
                    "facts in conflict share one attribute; rename it or drop the fact",
                )
            if fact_id in conflict.facts[:nth]:
                yield Defect(path, f"{fact_id} is listed twice", "list each fact once")
        settled = conflict.settlement
        if settled is None:
            continue
        path = ("conflicts", at, "settlement")
        if settled.on > as_of:
            yield _late((*path, "on"), settled.on, as_of)
        if (settled.how == "keep-both") != (settled.fact is None):
            yield Defect(
                (*path, "fact"),
                f"{settled.how} {'names' if settled.fact else 'does not name'} a fact",
                "pick and supersede name the fact that holds; keep-both names none",
            )
        elif settled.fact and settled.fact not in conflict.facts:
            yield Defect(
                (*path, "fact"),
                f"{settled.fact} is not part of {conflict.id}",
                f"name one of {', '.join(conflict.facts)}",
            )
