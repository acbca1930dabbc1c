"""Contradictions that an llm proposes, each verified by code before anybody sees it.

An llm sees that `the first model in a year` leaves no room for `alongside Llama 5`; it also calls
a founder and a chief executive a contradiction. So it may only point at words, and code looks
whether those words stand in the quotes and whether one side leaves no room for the other.
"""

import re
from collections.abc import Iterable, Mapping

from panel.domain.checks.figures import figures
from panel.domain.fact import Fact, FactId
from panel.domain.intake.attributes import canonical
from panel.domain.intake.contradiction import Clash, aged, ground, scopes_of
from panel.domain.intake.normal import content_words, meaning
from panel.domain.intake.stance import sides
from panel.domain.typography import find_folded, fold
from panel.domain.value import Line, Value

_LEAVES_NO_ROOM = re.compile(
    r"\b(?:not|no|never|none|without|neither|nor|cannot|only|solely|exclusively|exactly|all|every"
    r"|always|entirely|fully|completely|wholly|first|last|sole|single|end(?:s|ed)?|abandon\w*|stop\w*"
    r"|discontinu\w*|refus\w*|den(?:y|ies|ied)|lacks?|must|yet|until|two|three|four|five|six)\b|n't\b"
)
_DEGREE = re.compile(r"\b(?:better|best|worse|worst|leads?|trails?|ahead|behind|wins?|loses?)\b")


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
    proposal: Proposal, facts: Mapping[str, Fact], published: Iterable[str] = ()
) -> Clash | str:
    """Look whether a proposed contradiction stands on the quotes.

    Args:
        proposal: What the llm proposes.
        facts: The facts by id.
        published: Ids of the sources that tell their date.

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
    return aged(first, second, why, published)


def _same_value(first: Fact, second: Fact) -> bool:
    if canonical(first.attribute) != canonical(second.attribute):
        return False
    one, two = (meaning(it.attribute, it.value or "", it.unit) for it in (first, second))
    return bool(first.value and second.value) and one.same(two)


def _exclusion(first: Fact, second: Fact, proposal: Proposal) -> str | None:
    """On what ground the words of one side leave no room for the other's."""
    if canonical(first.attribute) == canonical(second.attribute) and (why := ground(first, second)):
        return why
    one, two = (fold(words).text for words in (proposal.first_words, proposal.second_words))
    if scopes_of(one) != scopes_of(two) and (figures(one) or figures(two)):
        return None
    return _of_words(one, two) or _of_room(first, second, one, two)


def _of_words(one: str, two: str) -> str | None:
    """Opposite sides, or other figures of one unit."""
    mine, theirs = sides(one), sides(two)
    axis = next((key for key in mine.keys() & theirs.keys() if mine[key] != theirs[key]), None)
    if axis:
        return f"opposite sides on {axis}"
    units = {figure.unit for figure in figures(one)} & {figure.unit for figure in figures(two)}
    return "different figures" if units - {None} and not _carried(one, two) else None


def _of_room(first: Fact, second: Fact, one: str, two: str) -> str | None:
    """Words that claim the whole of a matter both facts are about."""
    related = canonical(first.attribute) == canonical(second.attribute) or bool(
        content_words(first.statement) & content_words(second.statement)
    )
    if related and any(_LEAVES_NO_ROOM.search(text) for text in (one, two)):
        return "one side's words leave no room for the other"
    if related and all(_DEGREE.search(text) for text in (one, two)):
        return "opposite ranks"
    return None


def _carried(one: str, two: str) -> bool:
    return any(a.carried_by(b) or b.carried_by(a) for a in figures(one) for b in figures(two))
