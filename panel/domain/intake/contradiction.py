"""Finds by code which facts cannot all hold, and tells a newer truth from a contradiction.

Wrong alarms cost an editor's trust, so two facts clash only on a ground that can be named; what
needs reading between the lines is left to proposals, see `panel.domain.intake.proposal`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from panel.domain.checks.figures import Figure, figures
from panel.domain.fact import Fact, Source
from panel.domain.intake.aging import HAS_NONE, IS_FREE, Clash, aged, dated
from panel.domain.intake.attributes import canonical, is_many
from panel.domain.intake.normal import Meaning, content_words, licences_clash, meaning
from panel.domain.intake.opposites import is_free, opposite
from panel.domain.intake.polarity import stems
from panel.domain.intake.scopes import same_conditions, scopes_of
from panel.domain.intake.stance import opposed
from panel.domain.typography import fold

_EXHAUSTIVE = re.compile(
    r"\b(?:only|alone|exactly|just|solely|exclusively|no other|nothing but|nothing else"
    r"|(?:two|three|four|five|six|[2-9]) (?:\w+ ){0,2}(?:modes?|sizes?|versions?|variants?|tiers?"
    r"|models?|plans?|formats?|languages?|modalities|levels?|options?))\b"
)
_BOTH_WHOLE = "lists that cannot both be whole"
_ALONE = re.compile(r"\b(?:only|alone|solely|exclusively)\b")
_ADDS = re.compile(r"\b(?:with|and|plus|also|besides|together)\b|[&+]")
_DENIAL = re.compile(
    r"\b(?:not|no|never|none|without|cannot|lacks?|neither|nor)\b|n't\b|\bunable\b|\bfails? to\b"
)
_ABSENT = re.compile(r"\bthere (?:is|are|was|were) no\b|\bhas no\b|\boffers no\b")
_PRESENT = re.compile(r"\b(?:available|exists?|offered|released|there (?:is|are)|offers|has)\b")
_REFUSED = re.compile(
    r"\b(?:is|are|was|were) not (?:yet )?(?:offered|supported|available|possible|allowed|provided"
    r"|included)\b|\bcannot be\b|\bcan't be\b"
)
_ABLE = re.compile(r"\b(?:can|may|supports?|allows?|offers?|offered|possible|provides?)\b")
_ALIKE = 0.6
"""Share of common words from which two statements are about the same matter."""


_TWINS = 0.85
"""The same for two statements that name their property differently."""
_TWIN_WORDS = 3
"""Fewest words of such a statement, figures aside."""
_TOLD = frozenset({"model", "it", "available", "released", "offered", "there", "has", "yet"})
"""Words that two statements may share without being about the same thing."""


def clash(first: Fact, second: Fact, told: Iterable[str] = ()) -> Clash | None:
    """Whether two facts cannot both hold, and on what ground.

    Args:
        first: A fact.
        second: Another one.
        told: Ids of the facts whose day is told; without it a later day proves nothing.

    Returns:
        None for facts that may both be true, such as an alias, a paraphrase, a rounded figure or
        a figure under another condition.
    """
    if canonical(first.attribute) != canonical(second.attribute):
        return None
    if "superseded" in {first.standing, second.standing}:
        return None
    why = ground(first, second)
    return aged(first, second, why, told) if why else None


def clashes(
    facts: Sequence[Fact],
    sources: Iterable[Source] = (),
    wanted: Callable[[str, str], bool] = lambda _first, _second: True,
) -> tuple[Clash, ...]:
    """Every pair of facts that cannot both hold, in the order of the facts.

    Args:
        facts: The facts.
        sources: Their sources, for the dates of publication.
        wanted: Which pairs of ids to look at.
    """
    told = dated(facts, sources)
    alike: dict[str, list[Fact]] = {}
    for fact in facts:
        alike.setdefault(canonical(fact.attribute), []).append(fact)
    pairs = (pair for group in alike.values() for pair in combinations(group, 2))
    found = (clash(*pair, told) for pair in pairs if wanted(pair[0].id, pair[1].id))
    return tuple(one for one in found if one)


def groups(found: Sequence[Clash]) -> tuple[tuple[str, ...], ...]:
    """Clashing facts gathered into disputes: what clashes with one member belongs to all.

    Args:
        found: The clashes.

    Returns:
        Ids of the facts of each dispute, by number.
    """
    gathered: list[set[str]] = []
    for one in found:
        pair = {one.first, one.second}
        joined = [group for group in gathered if group & pair]
        gathered = [group for group in gathered if not group & pair]
        gathered.append(pair.union(*joined))
    ordered = (tuple(sorted(group, key=number)) for group in gathered)
    return tuple(sorted(ordered, key=lambda group: number(group[0])))


def number(fact_id: str) -> int:
    """The number of an id, e.g. 7 of `F7`."""
    return int(fact_id[1:])


def ground(first: Fact, second: Fact) -> str | None:
    """Why two facts on one attribute cannot both hold, dates aside; None when they can.

    Args:
        first: A fact.
        second: Another one of the same attribute.
    """
    if first.value and second.value:
        one, two = (meaning(it.attribute, it.value or "", it.unit) for it in (first, second))
        if one.untold or two.untold or one.same(two):
            return None
        found = _of_values(one, two, first, second)
        if found or (one.amount and two.amount):
            return found
    axis = opposed(_short(first), _short(second), {first.topic, second.topic}, first.attribute)
    if axis:
        return f"opposite sides on {axis}"
    if _is_refused(first, second) or _is_refused(second, first):
        return "one denies what the other offers"
    why = opposite(first, second) or _of_counts(first, second)
    return why or _of_statements(first.statement, second.statement)


def _of_values(one: Meaning, two: Meaning, first: Fact, second: Fact) -> str | None:
    if one.none != two.none:
        return HAS_NONE
    if one.day and two.day:
        alike = one.day.carried_by(two.day) or two.day.carried_by(one.day)
        return None if alike else "different days"
    if one.licences and two.licences:
        return "different licences" if licences_clash(one, two) else None
    if one.amount and two.amount:
        apart = one.amount.comparable(two.amount) and not one.amount.compatible(two.amount)
        alone = not is_many(first.attribute) and same_conditions(first, second)
        why = "different figures" if is_free(one.text) == is_free(two.text) else IS_FREE
        return why if apart and alone else None
    if one.items and two.items:
        return _of_lists(one.items, two.items, _said(first), _said(second))
    denied = _denies(one, two) or _denies(two, one)
    return "one denies what the other says" if denied else _of_wholes(one, two)


def _of_wholes(one: Meaning, two: Meaning) -> str | None:
    """What one names alone, the other names with somebody more."""
    for here, there in ((one, two), (two, one)):
        if _ALONE.search(here.text) and _ADDS.search(there.text) and here.words < there.words:
            return _BOTH_WHOLE
    return None


def _denies(one: Meaning, two: Meaning) -> bool:
    """Whether the one value is the other with a denial before it."""
    words = content_words(_DENIAL.sub(" ", one.text))
    denied = _DENIAL.match(one.text) is not None and not _DENIAL.search(two.text)
    return denied and bool(words) and words <= two.words


def _is_refused(first: Fact, second: Fact) -> bool:
    """Whether the first says that the very property is not to be had, and the second that it is."""
    one, two = (fold(fact.statement).text for fact in (first, second))
    if scopes_of(one) != scopes_of(two) or _DENIAL.search(two):
        return False
    name = fold(first.attribute).text.replace("-", " ")
    absent = _ABSENT.search(one)
    if absent and one[absent.end() :].strip().startswith(name):
        return True
    named = content_words(name) <= content_words(one)
    return named and _REFUSED.search(one) is not None and _ABLE.search(two) is not None


def _of_counts(first: Fact, second: Fact) -> str | None:
    """Values with figures of one unit of which none agree: `48 GB`, `two cards with 80 GB`."""
    mine, theirs = (figures(f"{fact.value or ''} {fact.unit or ''}") for fact in (first, second))
    if is_many(first.attribute) or not same_conditions(first, second):
        return None
    one, two = _by_unit(mine), _by_unit(theirs)
    for unit in one.keys() & two.keys():
        if not any(a.carried_by(b) or b.carried_by(a) for a in one[unit] for b in two[unit]):
            return "different figures"
    return None


def _of_lists(one: frozenset[str], two: frozenset[str], first: str, second: str) -> str | None:
    """A list that claims to be whole leaves no room for what only the other has."""
    whole = [bool(_EXHAUSTIVE.search(fold(text).text)) for text in (first, second)]
    if (whole[0] and two - one) or (whole[1] and one - two):
        return _BOTH_WHOLE
    return None


def _of_statements(first: str, second: str) -> str | None:
    """One sentence denied, or told with other figures of the same unit."""
    one, two = (fold(text).text for text in (first, second))
    words = [content_words(_DENIAL.sub(" ", text)) for text in (one, two)]
    plain = [frozenset(word for word in found if not word[0].isdigit()) for found in words]
    for here, there in ((one, two), (two, one)):
        if _ABSENT.search(here) and _PRESENT.search(there) and not _DENIAL.search(there):
            return "one says that there is none" if plain[0] & plain[1] - _TOLD else None
    if resemblance(*plain) < _ALIKE:
        return None
    if bool(_DENIAL.search(one)) != bool(_DENIAL.search(two)):
        return "one denies what the other says"
    mine, theirs = _by_unit(figures(first)), _by_unit(figures(second))
    for unit in mine.keys() & theirs.keys():
        alike = any(a.carried_by(b) or b.carried_by(a) for a in mine[unit] for b in theirs[unit])
        if not alike and scopes_of(first) == scopes_of(second):
            return "different figures"
    return None


def of_twins(first: Fact, second: Fact) -> str | None:
    """One sentence under two names of its property, denied or with another figure in it.

    Args:
        first: A fact.
        second: Another one; only an llm can tell that both are about one property.
    """
    if first.topic != second.topic or not same_conditions(first, second):
        return None
    one, two = (stems(_DENIAL.sub(" ", fold(fact.statement).text)) for fact in (first, second))
    plain = [frozenset(word for word in found if not word[0].isdigit()) for found in (one, two)]
    if resemblance(*plain) < _TWINS or min(map(len, plain)) < _TWIN_WORDS:
        return None
    return _of_statements(first.statement, second.statement)


def _by_unit(found: Sequence[Figure]) -> Mapping[str, list[Figure]]:
    by_unit: dict[str, list[Figure]] = {}
    for figure in found:
        if figure.unit:
            by_unit.setdefault(figure.unit, []).append(figure)
    return by_unit


def resemblance(first: frozenset[str], second: frozenset[str]) -> float:
    """Share of common words among all words of two texts (Jaccard, 1901).

    Args:
        first: Words of the one.
        second: Words of the other.
    """
    return len(first & second) / len(first | second) if first or second else 0.0


def _short(fact: Fact) -> str:
    return f"{fact.brief} ; {fact.value or ''}"


def _said(fact: Fact) -> str:
    quotes = (witness.quote for witness in fact.witnesses)
    return " ; ".join((fact.statement, fact.value or "", *quotes))
