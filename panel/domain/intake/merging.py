"""Merges candidates into facts: what several sources state alike is one fact with many witnesses.

The outcome does not depend on the order in which sources were read, and facts that stand in the
dossier already are never changed, only given further witnesses.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from panel.domain.fact import Fact, Standing, Witness
from panel.domain.intake.attributes import canonical
from panel.domain.intake.candidate import Candidate
from panel.domain.intake.contradiction import ground, number, resemblance
from panel.domain.intake.normal import content_words, meaning
from panel.domain.intake.scopes import scopes
from panel.domain.typography import find_folded, fold, sentences, words

MAX_WITNESSES = 20
"""Most witnesses of one fact, as the format has it."""

_RANK: Mapping[Standing, int] = {
    "official": 0, "measured": 1, "reported": 2, "disputed": 3, "superseded": 4,
}  # fmt: skip
_ALIKE = 0.75
"""Share of common words from which two statements without a value are one."""
_PASSAGE = 8
"""Fewest words of a sentence that can show copying; shorter ones agree by chance."""
_COPIED = 0.8
"""Share of its sentences from which a text is a copy of another."""


@dataclass(frozen=True)
class Merged:
    """What merging adds to a dossier.

    Attributes:
        facts: New facts.
        witnesses: New witnesses by id of the fact that stands there already.
    """

    facts: tuple[Fact, ...]
    witnesses: Mapping[str, tuple[Witness, ...]]


@dataclass
class _Group:
    """Statements that are one; `kept` is the fact of the dossier among them, if there is one."""

    members: list[Fact]
    kept: Fact | None = None
    witnesses: list[Witness] = field(default_factory=list[Witness])

    def takes(self, fact: Fact) -> bool:
        return all(same_statement(member, fact) for member in self.members)

    def add(self, fact: Fact) -> None:
        self.members.append(fact)
        for witness in fact.witnesses:
            if not any(_same_witness(witness, other) for other in self.witnesses):
                self.witnesses.append(witness)


def merge(kept: Sequence[Fact], candidates: Iterable[Candidate], *, next_number: int = 1) -> Merged:
    """Merge candidates with each other and into the facts of a dossier.

    Args:
        kept: Facts of the dossier; none of them is changed, and none is merged with another.
        candidates: What the sources state, in any order.
        next_number: Number of the first new fact.
    """
    gathered = [_Group([fact], fact, list(fact.witnesses)) for fact in kept]
    spelt = {canonical(fact.attribute): fact.attribute for fact in reversed(kept)}
    for candidate in sorted(set(candidates), key=_order):
        attribute = spelt.setdefault(canonical(candidate.attribute), candidate.attribute)
        fact = _fact(candidate, attribute)
        group = next((group for group in gathered if group.takes(fact)), None)
        if group is None:
            gathered.append(_Group([fact], None, list(fact.witnesses)))
        else:
            group.add(fact)
    fresh = [group for group in gathered if group.kept is None]
    facts = tuple(_joined(group, next_number + at) for at, group in enumerate(fresh))
    added = {
        group.kept.id: tuple(group.witnesses[len(group.kept.witnesses) : MAX_WITNESSES])
        for group in gathered
        if group.kept
    }
    return Merged(facts, {fact_id: new for fact_id, new in added.items() if new})


def same_statement(first: Fact, second: Fact) -> bool:
    """Whether two facts state the same.

    Args:
        first: A fact.
        second: Another one.
    """
    if canonical(first.attribute) != canonical(second.attribute):
        return False
    if first.value and second.value:
        one, two = (meaning(it.attribute, it.value or "", it.unit) for it in (first, second))
        if not one.same(two):
            return False
        if one.amount or two.amount:
            return scopes(first) == scopes(second)
        return one.day is not None or bool(one.licences) or ground(first, second) is None
    if ground(first, second):
        return False
    return _same_words(first, second)


def _same_words(first: Fact, second: Fact) -> bool:
    one, two = (content_words(fact.statement) for fact in (first, second))
    figures = [{word for word in found if word[0].isdigit()} for found in (one, two)]
    if figures[0] != figures[1]:
        return False
    quoted = any(
        fold(mine.quote).text == fold(other.quote).text
        for mine in first.witnesses
        for other in second.witnesses
    )
    return quoted or resemblance(one, two) >= _ALIKE


def _fact(candidate: Candidate, attribute: str) -> Fact:
    """A candidate as a fact without a number of its own."""
    content = candidate.model_dump(exclude={"entity", "quote", "source", "attribute"})
    witnesses = (candidate.witness,)
    return Fact.model_validate(
        {**content, "id": "F1", "attribute": attribute, "witnesses": witnesses}
    )


def _joined(group: _Group, numbered: int) -> Fact:
    """One fact out of a group: the best standing's words, the earliest day, all witnesses."""
    best = min(group.members, key=lambda fact: _RANK[fact.standing])
    return best.model_copy(
        update={
            "id": f"F{numbered}",
            "as_of": min(fact.as_of for fact in group.members),
            "witnesses": tuple(group.witnesses[:MAX_WITNESSES]),
        }
    )


def _order(candidate: Candidate) -> tuple[int, str, str]:
    """Source by source, and within one by what is said, so that the order of reading is no matter.

    The attribute comes before the words, so that facts on one property stand together.
    """
    return number(candidate.source), canonical(candidate.attribute), candidate.model_dump_json()


def _same_witness(first: Witness, second: Witness) -> bool:
    return first.source == second.source and fold(first.quote).text == fold(second.quote).text


def copies(
    texts: Mapping[str, str], quotes: Mapping[str, Sequence[str]], known: Mapping[str, str]
) -> dict[str, str]:
    """Which sources repeat the text of another where it speaks of this model.

    Only the sentences that carry a quote count, or all of them in a source without quotes, since
    two pages may share a description of one model and differ in all else.

    Args:
        texts: Text by source id, in the order in which they count as the original.
        quotes: Quotes taken from each source.
        known: Copies told already, by id; no source of theirs is looked at again.

    Returns:
        The original by id of the copy; an original is never itself a copy.
    """
    found: dict[str, str] = {}
    folded = {source: fold(text).text for source, text in texts.items()}
    seen: list[str] = []
    for source, text in texts.items():
        if source in known:
            continue
        told = _passages(text, quotes.get(source, ()))
        for other in seen:
            shared = sum(fold(passage).text in folded[other] for passage in told)
            if told and shared >= _COPIED * len(told):
                found[source] = other
                break
        else:
            seen.append(source)
    return found


def _passages(text: str, quotes: Sequence[str]) -> list[str]:
    """The sentences that carry the quotes, or all, as far as they are long enough."""
    places = [find_folded(quote, text) for quote in quotes]
    spans = [
        (start, end)
        for start, end in sentences(text)
        if not quotes or any(place and place[0] < end and start < place[1] for place in places)
    ]
    # A heading ends no sentence, and it is the part that two pages do not share.
    found = (line.strip() for start, end in spans for line in text[start:end].split("\n"))
    return [passage for passage in found if len(words(passage)) >= _PASSAGE]
