"""The sides of open conflicts: by which words a sentence gives away that it states one of them."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from panel.domain.checks.context import Keyed
from panel.domain.checks.evidence import own_names
from panel.domain.checks.lexicon import CLOSED, FUNCTION_WORDS, MONTHS_AND_DAYS, OPEN
from panel.domain.checks.licences import is_denied
from panel.domain.checks.naming import names
from panel.domain.checks.passages import clauses
from panel.domain.checks.units import SMALL
from panel.domain.fact import Conflict, Fact
from panel.domain.typography import fold, plain_words

_DULL = FUNCTION_WORDS | {
    "use", "used", "same", "day", "days", "month", "months", "year", "launch", "model", "models",
    "end", "ended", "best", "beside", "among", "manner", "like", "first", "open", "free", "name",
    "several", "gb", "tb",
}  # fmt: skip
"""Words that tell no side from the other."""

_TERM = re.compile(r"[^\W\d_]{2,}(?:-[^\W_]+)*")
_NO = (
    r"\b(?:no|without(?: any)?|lack(?:s|ing)|zero|(?:has|have) (?:not|never) (?:released|published"
    r"|disclosed|given out|shared|opened)(?: the| its| any)?|withh(?:eld|olds))"
    r"(?: (?:public|open|free|downloadable|published|official|released|available|launch|such|any"
    r"|usable|of the))*"
)
_SHUT = (
    r"(?: (?:are|is|were|was|stay|stays|remain|remains|have been|has been))"
    r" (?:not|never|closed|private|secret|locked|unavailable|withheld)\b"
)


@dataclass(frozen=True)
class Side:
    """One fact of an open conflict, and how a sentence gives away that it states it.

    Attributes:
        conflict: The conflict.
        fact: The fact.
        marks: Licences it names, and `open` or `closed` when the conflict is about that.
        terms: Sets of distinctive words; half of one set, and at least two words, state the fact.
        word: Its value, where that is one compound such as `self-hosted`.
        named: Other models it names; a sentence that states it names one of them.
        denied: Ways of saying that there is none, when the fact says so.
        counted: Pairs of a number and what is counted, such as `three modes`.
    """

    conflict: Conflict
    fact: Fact
    marks: frozenset[str]
    terms: tuple[frozenset[str], ...]
    word: frozenset[str]
    named: tuple[str, ...]
    denied: re.Pattern[str] | None
    counted: frozenset[tuple[str, str]]


@lru_cache(maxsize=128)
def sides_of(keyed: Keyed) -> tuple[Side, ...]:
    """Every fact of every open conflict, with the signs of its being stated.

    Args:
        keyed: The dossier.
    """
    dossier = keyed.dossier
    own = own_names(keyed)[0]
    return tuple(
        _side(conflict, fact, facts, f"{own} {fold(dossier.vendor).text}")
        for conflict in dossier.open_conflicts
        if (facts := [fact for fact in dossier.facts if fact.id in conflict.facts])
        for fact in facts
    )


def _side(conflict: Conflict, fact: Fact, facts: list[Fact], own: str) -> Side:
    others = [other for other in facts if other is not fact and not _agree(fact, other)]
    shared = frozenset[str]().union(*(stems_of(text) for other in others for text in _short(other)))
    named = [
        fold(text[name.start : name.end]).text
        for text in _short(fact)
        for name in names(text)
        if name.sort == "family" and not text.startswith(".", name.end)
    ]
    dull = shared | stems_of(own) | stems_of(" ".join(named))
    sets = (stems_of(text) - dull for text in _short(fact))
    return Side(
        conflict,
        fact,
        marks=_disputed_marks(fact, facts),
        terms=tuple(terms for terms in sets if len(terms) + bool(named) > 1),
        word=_compound(fact) - shared,
        named=tuple(dict.fromkeys(name for name in named if name not in own)),
        denied=_denial(fact, shared),
        counted=frozenset(pair for pair in counts_of(fact.brief) if pair[1] in shared),
    )


def _agree(fact: Fact, other: Fact) -> bool:
    """Whether two facts of a conflict come from one source, and so stand on one side."""
    sources = {witness.source for witness in fact.witnesses}
    return any(witness.source in sources for witness in other.witnesses)


def _compound(fact: Fact) -> frozenset[str]:
    stems = stems_of(fact.value or "")
    return stems if len(stems) == 1 and "-" in (fact.value or "") else frozenset()


def _short(fact: Fact) -> tuple[str, ...]:
    return (fact.brief, fact.value) if fact.value else (fact.brief,)


def told_by(fact: Fact) -> tuple[str, ...]:
    """What a fact says in our own words.

    Args:
        fact: The fact.
    """
    return (fact.statement, *_short(fact))


def _disputed_marks(fact: Fact, facts: list[Fact]) -> frozenset[str]:
    """Its marks; openness counts only where the conflict has both an open and a closed side."""
    if fact.topic not in {"licence", "access"}:
        return frozenset()
    by_fact = [frozenset[str]().union(*(marks_of(t) for t in told_by(one))) for one in facts]
    every = frozenset[str]().union(*by_fact)
    common = by_fact[0].intersection(*by_fact[1:])
    vague = frozenset[str]() if {"open", "closed"} <= every else OPEN | CLOSED | {"open", "closed"}
    return by_fact[facts.index(fact)] - common - vague


@lru_cache(maxsize=4096)
def marks_of(text: str, rivals: tuple[str, ...] = ()) -> frozenset[str]:
    """Licences a text names, and whether it calls the model open or closed; not those of others.

    Args:
        text: Any text.
        rivals: Folded names of other models; a clause that names one is about that one.
    """
    marks: set[str] = set()
    if not any(name.sort == "licence" for name in names(text)):
        return frozenset()
    for start, end in clauses(text, 0, len(text)):
        found = [name for name in names(text) if start <= name.start < end]
        clause = fold(text[start:end]).text
        if any(name.sort == "family" for name in found) or any(name in clause for name in rivals):
            continue
        for name in found:
            if name.sort == "licence":
                denied = is_denied(text, name.start)
                is_open = (name.key not in CLOSED) != denied
                marks |= {"open" if is_open else "closed"} | (set() if denied else {name.key})
    return frozenset(marks)


def _denial(fact: Fact, shared: frozenset[str]) -> re.Pattern[str] | None:
    """Ways of saying that there is none of what the fact says there is none of."""
    found = re.match(rf"{_NO} (\w+)", fold(fact.brief).text)
    if not found or _stem(found[1]) not in shared:
        return None
    head = re.escape(_stem(found[1]))
    return re.compile(rf"{_NO} {head}s?\b|\b{head}s?{_SHUT}")


@lru_cache(maxsize=4096)
def stems_of(text: str) -> frozenset[str]:
    """The telling words of a text without the endings s, ed, ly and e; compounds stay whole.

    Args:
        text: Any text.
    """
    found = _TERM.findall(fold(text).text)
    return frozenset(map(_stem, found)) - _DULL - MONTHS_AND_DAYS


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    for ending in ("ly", "ed", "s", "e"):
        if len(word) > len(ending) + 3 and word.endswith(ending) and not word.endswith("ss"):
            word = word.removesuffix(ending)
    return word


@lru_cache(maxsize=4096)
def counts_of(text: str) -> frozenset[tuple[str, str]]:
    """Numbers beside what they count, the number as a figure.

    Args:
        text: Any text.
    """
    plain = plain_words(text)
    return frozenset(
        (str(SMALL.index(number)) if number in SMALL else number, _stem(counted))
        for number, counted in pairwise(plain)
        if number in SMALL or number.isdecimal()
    )
