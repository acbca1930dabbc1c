"""Contradictions that an llm proposes, each verified by code before anybody sees it.

An llm sees that `the first model in a year` leaves no room for `alongside Llama 5`; it also calls
a founder and a chief executive a contradiction. So it may only point at words, and code looks
whether those words stand in the quotes and whether one side leaves no room for the other.
"""

import re
from collections.abc import Iterable, Mapping

from panel.domain.checks.figures import figures
from panel.domain.fact import Fact, FactId
from panel.domain.intake.aging import Clash, aged
from panel.domain.intake.attributes import canonical
from panel.domain.intake.contradiction import ground, of_twins, resemblance
from panel.domain.intake.normal import Meaning, content_words, meaning
from panel.domain.intake.polarity import polarity
from panel.domain.intake.scopes import same_conditions, scopes_of
from panel.domain.intake.stance import sides
from panel.domain.typography import find_folded, fold
from panel.domain.value import Line, Value

_LEAVES_NO_ROOM = re.compile(
    r"\b(?:not|no|never|none|without|neither|nor|cannot|only|alone|solely|exclusively|exactly|all|every"
    r"|always|entirely|fully|completely|wholly|first|last|sole|single|end(?:s|ed)?|abandon\w*|stop\w*"
    r"|discontinu\w*|refus\w*|den(?:y|ies|ied)|lacks?|must|yet|until|two|three|four|five|six"
    r"|from scratch"
    r"|nobody|nothing|nowhere|any(?:one|body|thing|where)?|every(?:one|body|thing|where)?)\b|n't\b"
)
_DEGREE = re.compile(r"\b(?:better|best|worse|worst|leads?|trails?|ahead|behind|wins?|loses?)\b")

_REWORDED = 0.6
"""Share of common words from which two values are one in other words."""


class Proposal(Value):
    """Two facts that an llm thinks cannot both hold.

    Attributes:
        first: Id of the one.
        second: Id of the other.
        first_words: The words of the first fact's quote that clash.
        second_words: The words of the second fact's quote that clash.
        note: What is contradictory, in the llm's words; shown, never relied on.
    """

    first: FactId
    second: FactId
    first_words: Line
    second_words: Line
    note: Line


def verified(
    proposal: Proposal, facts: Mapping[str, Fact], told: Iterable[str] = ()
) -> Clash | str:
    """Look whether a proposed contradiction stands on the quotes.

    Args:
        proposal: What the llm proposes.
        facts: The facts by id.
        told: Ids of the facts whose day is told.

    Returns:
        The clash, or why there is none.
    """
    first, second = facts.get(proposal.first), facts.get(proposal.second)
    if first is None or second is None or first.id == second.id:
        return "it does not name two facts of this dossier"
    for fact, words in ((first, proposal.first_words), (second, proposal.second_words)):
        if not any(find_folded(words, witness.quote) for witness in fact.witnesses):
            return f"{words!r} stands in no quote of {fact.id}"
    if "superseded" in {first.standing, second.standing}:
        return "one of the two is superseded already"
    if _same_value(first, second):
        return "both state the same value"
    why = _exclusion(first, second, proposal)
    if why is None:
        return "neither side's words leave no room for the other's"
    return aged(first, second, why, told)


def _same_value(first: Fact, second: Fact) -> bool:
    one, two = (meaning(it.attribute, it.value or "", it.unit) for it in (first, second))
    if canonical(first.attribute) != canonical(second.attribute):
        if first.topic != second.topic or not (one.amount and two.amount):
            return False
        return bool(one.amount.unit) and one.amount.unit == two.amount.unit and one.same(two)
    if one.amount and two.amount:  # `about 210` and `214` need not be the same to agree
        return one.amount.comparable(two.amount) and one.amount.compatible(two.amount)
    if not (first.value and second.value):
        return False
    return one.same(two) or _reworded(one, two)


def _reworded(one: Meaning, two: Meaning) -> bool:
    """Whether both are mostly of the same words, with the same figures and denials."""
    if resemblance(one.words, two.words) < _REWORDED or polarity(one.text) != polarity(two.text):
        return False
    return all(word in one.words & two.words for word in one.words | two.words if word.isdigit())


def _exclusion(first: Fact, second: Fact, proposal: Proposal) -> str | None:
    """On what ground the words of one side leave no room for the other's."""
    named = canonical(first.attribute) == canonical(second.attribute)
    if why := ground(first, second) if named else of_twins(first, second):
        return why
    one, two = (fold(words).text for words in (proposal.first_words, proposal.second_words))
    if scopes_of(one) != scopes_of(two) and (figures(one) or figures(two)):
        return None
    return _of_words(first, second, one, two) or _of_room(
        first,
        second,
        _clause(first, proposal.first_words),
        _clause(second, proposal.second_words),
    )


def _clause(fact: Fact, words: str) -> str:
    """The words that were pointed at with what stands before them in their clause."""
    for witness in fact.witnesses:
        if place := find_folded(words, witness.quote):
            before = re.split(r"[,;:.](?= )", witness.quote[: place[0]])[-1]
            return fold(before + witness.quote[slice(*place)]).text.strip()
    return fold(words).text


def _of_words(first: Fact, second: Fact, one: str, two: str) -> str | None:
    """Opposite sides, or other figures of one unit for one property."""
    mine, theirs = sides(one), sides(two)
    axis = next((key for key in mine.keys() & theirs.keys() if mine[key] != theirs[key]), None)
    if axis:
        return f"opposite sides on {axis}"
    if canonical(first.attribute) != canonical(second.attribute):
        return None
    if not same_conditions(first, second):
        return None
    units = {figure.unit for figure in figures(one)} & {figure.unit for figure in figures(two)}
    return "different figures" if units - {None} and not _carried(one, two) else None


def _of_room(first: Fact, second: Fact, one: str, two: str) -> str | None:
    """Words that claim the whole of a matter both facts are about."""
    related = first.topic == second.topic or bool(
        content_words(first.statement) & content_words(second.statement)
    )
    if related and any(_LEAVES_NO_ROOM.search(text) for text in (one, two)):
        return "one side's words leave no room for the other"
    if related and all(_DEGREE.search(text) for text in (one, two)):
        return "opposite ranks"
    return None


def _carried(one: str, two: str) -> bool:
    return any(a.carried_by(b) or b.carried_by(a) for a in figures(one) for b in figures(two))
