"""Finds by code which facts cannot all hold, and tells a newer truth from a contradiction.

Wrong alarms cost an editor's trust, so two facts clash only on a ground that can be named; what
needs reading between the lines is left to proposals, see `panel.domain.intake.proposal`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Literal

from panel.domain.checks.dates import dates
from panel.domain.checks.figures import Figure, figures
from panel.domain.fact import Fact, Source
from panel.domain.intake.attributes import canonical, is_many, nature
from panel.domain.intake.normal import Meaning, content_words, licences_clash, meaning
from panel.domain.intake.stance import opposed
from panel.domain.typography import fold

ClashKind = Literal["contradiction", "supersession"]

_SCOPES = tuple(
    re.compile(form)
    for form in (
        r"\binput\b", r"\boutput\b", r"\bbatch", r"\bcach(?:e|ed|ing)\b", r"\boff-?peak\b",
        r"\bnon-?thinking|\b(?:without|no) (?:thinking|reasoning)\b", r"(?<!non-)\bthinking\b",
        r"\bexten(?:d|s)\w*|\byarn\b|\bextrapolat", r"\bhosted (?:api|version)|\bapi version",
        r"\bquanti[sz]", r"\b2[ -]?bits?\b", r"\b4[ -]?bits?\b|\b(?:int|fp)4\b",
        r"\b8[ -]?bits?\b|\b(?:int|fp)8\b", r"\b(?:bf|fp)16\b|\bfull precision\b",
        r"\bpreview\b(?! to)|\bbeta\b",
        r"\b(?:with|using) tools\b", r"\b(?:without|no) tools\b",
        r"\bpass@\d*", r"\bmajority|cons@",
        r"\bactive\b|\bactivated\b", r"\bbase model\b", r"\binstruct", r"\bfine-?tuned\b",
        r"\b(?:plus|team|enterprise|business|student|education|premium|max|ultra) (?:plan|tier)\b",
        r"\bpro (?:plan|tier|subscription)\b", r"\bfree tier\b", r"\bper (?:image|minute|hour)\b",
        r"\b(?:above|beyond|longer than|over) \d+k\b", r"\bsubset\b", r"\blite\b", r"\bmini\b",
    )
)  # fmt: skip
"""Conditions of a figure; figures under different ones do not contradict each other."""

_EXHAUSTIVE = re.compile(
    r"\b(?:only|exactly|just|solely|exclusively|no other|nothing but|nothing else"
    r"|(?:two|three|four|five|six|[2-9]) (?:\w+ ){0,2}(?:modes?|sizes?|versions?|variants?|tiers?"
    r"|models?|plans?|formats?|languages?|modalities|levels?|options?))\b"
)
_DENIAL = re.compile(
    r"\b(?:not|no|never|none|without|cannot|lacks?|neither|nor)\b|n't\b|\bunable\b|\bfails? to\b"
)
_CHANGE = re.compile(
    r"\b(?:now|no longer|since|cut|cuts|raised?|raises|lowered|dropped|reduced|increased|changed"
    r"|updated?|upgraded|relicen[sc]ed|re-licen[sc]ed|switched (?:to|from)|moved|became|new price"
    r"|as of|from then|doubled|halved|opened|was extended|previously|formerly|replac\w+)\b"
)
_ABSENT = re.compile(r"\bthere (?:is|are|was|were) no\b|\bhas no\b|\boffers no\b")
_PRESENT = re.compile(r"\b(?:available|exists?|offered|released|there (?:is|are)|offers|has)\b")
_ALIKE = 0.6
"""Share of common words from which two statements are about the same matter."""


_TOLD = frozenset({"model", "it", "available", "released", "offered", "there", "has", "yet"})
"""Words that two statements may share without being about the same thing."""


@dataclass(frozen=True)
class Clash:
    """Two facts that cannot both hold now.

    Attributes:
        first: Id of the one.
        second: Id of the other.
        kind: A contradiction, or a newer truth that replaces an older one.
        why: The ground, in a few words.
        newer: Id of the fact that is the newer truth; empty for a contradiction.
    """

    first: str
    second: str
    kind: ClashKind
    why: str
    newer: str = ""


def clash(first: Fact, second: Fact, published: Iterable[str] = ()) -> Clash | None:
    """Whether two facts cannot both hold, and on what ground.

    Args:
        first: A fact.
        second: Another one.
        published: Ids of the sources that tell their date; without it a later date proves nothing.

    Returns:
        None for facts that may both be true, such as an alias, a paraphrase, a rounded figure or
        a figure under another condition.
    """
    if canonical(first.attribute) != canonical(second.attribute):
        return None
    if "superseded" in {first.standing, second.standing}:
        return None
    why = ground(first, second)
    return aged(first, second, why, published) if why else None


def aged(first: Fact, second: Fact, why: str, published: Iterable[str] = ()) -> Clash:
    """A clash with its kind: a later date supersedes what may change in time.

    Args:
        first: A fact.
        second: One that cannot hold beside it.
        why: The ground.
        published: Ids of the sources that tell their date.
    """
    older, newer = sorted((first, second), key=lambda fact: fact.as_of)
    told = set(published)
    dated = all(
        dates(fact.statement) or any(witness.source in told for witness in fact.witnesses)
        for fact in (older, newer)
    )
    moves = nature(first.attribute)
    cue = _CHANGE.search(fold(_said(newer)).text) is not None
    if older.as_of < newer.as_of and dated and (moves == "moving" or (moves == "either" and cue)):
        return Clash(first.id, second.id, "supersession", why, newer.id)
    return Clash(first.id, second.id, "contradiction", why)


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
    published = frozenset(source.id for source in sources if source.published)
    alike: dict[str, list[Fact]] = {}
    for fact in facts:
        alike.setdefault(canonical(fact.attribute), []).append(fact)
    pairs = (pair for group in alike.values() for pair in combinations(group, 2))
    found = (clash(*pair, published) for pair in pairs if wanted(pair[0].id, pair[1].id))
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
    return _of_statements(first.statement, second.statement)


def _of_values(one: Meaning, two: Meaning, first: Fact, second: Fact) -> str | None:
    if one.none != two.none:
        return "one says that there is none"
    if one.day and two.day:
        return "different days"
    if one.licences and two.licences:
        return "different licences" if licences_clash(one, two) else None
    if one.amount and two.amount:
        apart = one.amount.comparable(two.amount) and not one.amount.compatible(two.amount)
        alone = not is_many(first.attribute) and scopes(first) == scopes(second)
        return "different figures" if apart and alone else None
    if one.items and two.items:
        return _of_lists(one.items, two.items, _said(first), _said(second))
    return None


def _of_lists(one: frozenset[str], two: frozenset[str], first: str, second: str) -> str | None:
    """A list that claims to be whole leaves no room for what only the other has."""
    whole = [bool(_EXHAUSTIVE.search(fold(text).text)) for text in (first, second)]
    if (whole[0] and two - one) or (whole[1] and one - two):
        return "lists that cannot both be whole"
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


def scopes(fact: Fact) -> frozenset[str]:
    """The conditions under which a fact's figure holds, each with the digits in it."""
    parts = (fact.statement, fact.brief, fact.value, fact.unit)
    return scopes_of(" ; ".join(part for part in parts if part))


@lru_cache(maxsize=4096)
def scopes_of(text: str) -> frozenset[str]:
    """The conditions that a text names, see `scopes`.

    Args:
        text: Any text.
    """
    folded = fold(text).text
    return frozenset(
        f"{at} {''.join(filter(str.isdigit, found.group()))}"
        for at, form in enumerate(_SCOPES)
        for found in form.finditer(folded)
    )


def _short(fact: Fact) -> str:
    return f"{fact.brief} ; {fact.value or ''}"


def _said(fact: Fact) -> str:
    quotes = (witness.quote for witness in fact.witnesses)
    return " ; ".join((fact.statement, fact.value or "", *quotes))
