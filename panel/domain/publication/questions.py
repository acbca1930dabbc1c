"""Who should pick which: questions of readers, each answered from facts and from nothing else.

A fact in dispute answers no question; where the dossiers are silent, that is the answer. Every rule
treats both sides alike, so that swapping them swaps the answer.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from panel.domain.checks.lexicon import CLOSED
from panel.domain.fact import FactId, Leaning, Topic
from panel.domain.publication.statements import Stated, ids
from panel.domain.publication.workloads import Bill, Cost
from panel.domain.typography import fold
from panel.domain.value import Value

Says = Literal["yes", "no", "mixed", "unsaid", "disputed"]
"""`mixed`: its facts point both ways. `unsaid`: its dossier does not say."""

Answer = Literal["A", "B", "both", "neither", "unsaid", "disputed"]
"""Whom to pick on this question alone; `unsaid` when the dossiers do not say."""

LONG_CONTEXT = 200_000
"""Tokens from which a context counts as long."""


class Side(Value):
    """What one dossier says to a question.

    Attributes:
        says: The answer it gives.
        facts: The facts it rests on.
    """

    says: Says
    facts: tuple[FactId, ...] = ()


class Question(Value):
    """A question with its answer.

    Attributes:
        about: What it is about, e.g. `budget`.
        ask: The question.
        answer: Whom to pick on this alone.
        a: What the dossier of A says.
        b: What the dossier of B says.
    """

    about: str
    ask: str
    answer: Answer
    a: Side
    b: Side


_Reader = Callable[[Sequence[Stated]], Side]


@dataclass(frozen=True)
class _Asked:
    about: str
    ask: str
    read: _Reader


def questions(
    a: Sequence[Stated], b: Sequence[Stated], bills: Sequence[Bill]
) -> tuple[Question, ...]:
    """All questions with their answers.

    Args:
        a: What the dossier of A states.
        b: What the dossier of B states.
        bills: What stated workloads cost on both sides.
    """
    read = tuple(_question(asked, a, b) for asked in _ASKED)
    return (*read, *(_budget(bill) for bill in bills))


def _question(asked: _Asked, a: Sequence[Stated], b: Sequence[Stated]) -> Question:
    one, two = asked.read(a), asked.read(b)
    return Question(
        about=asked.about, ask=asked.ask, answer=answer_of(one.says, two.says), a=one, b=two
    )


def answer_of(a: Says, b: Says) -> Answer:
    """Whom to pick by what both sides say.

    Args:
        a: What A's dossier says.
        b: What B's dossier says.
    """
    if "disputed" in {a, b}:
        return "disputed"
    if a == b == "yes":
        return "both"
    if "yes" in {a, b}:
        return "A" if a == "yes" else "B"
    return "neither" if a == b == "no" else "unsaid"


def _budget(bill: Bill) -> Question:
    work = bill.workload
    size = f"{work.input_tokens:,} tokens in and {work.output_tokens:,} out"
    answers: dict[str, Answer] = {"A": "A", "B": "B", "equal": "both", "disputed": "disputed"}
    return Question(
        about="budget",
        ask=f"Must {work.name} of use ({size}) cost as little as possible?",
        answer=answers.get(bill.cheaper, "unsaid"),
        a=_spends(bill.a, bill, "A"),
        b=_spends(bill.b, bill, "B"),
    )


def _spends(cost: Cost, bill: Bill, side: str) -> Side:
    """Whether a side costs the least, as far as the prices of both let one say."""
    says: Says = "unsaid"
    if cost.amount is not None and cost.disputed:
        says = "disputed"
    elif bill.cheaper in {"A", "B", "equal"}:
        says = "yes" if bill.cheaper in {side, "equal"} else "no"
    return Side(says=says, facts=cost.facts if cost.amount is not None else ())


def _side(found: Sequence[Stated], says: Iterable[Says]) -> Side:
    """One answer from those of single facts: what is disputed decides nothing."""
    if not found:
        return Side(says="unsaid")
    if any(one.disputed for one in found):
        return Side(says="disputed", facts=ids(found))
    said = set(says)
    told = said - {"unsaid"}
    if not told:
        return Side(says="unsaid")
    return Side(says=told.pop() if len(told) == 1 else "mixed", facts=ids(found))


_PULLS: dict[Leaning, Says] = {"for": "yes", "against": "no", "neutral": "unsaid"}


def _by_leaning(*topics: Topic, about: str = "") -> _Reader:
    """Facts of some topics, or of all, that pull one way and whose property or gist is wanted."""
    form = re.compile(about)

    def read(stated: Sequence[Stated]) -> Side:
        found = [
            one
            for one in stated
            if (not topics or one.topic in topics)
            and form.search(f"{one.attribute} {fold(one.brief).text}")
            and (one.leaning != "neutral" or one.disputed)
        ]
        return _side(found, [_PULLS[one.leaning] for one in found])

    return read


def _by_value(names: Iterable[str], says: Callable[[Stated], Says]) -> _Reader:
    """Facts that give certain properties a value."""
    wanted = frozenset(names)

    def read(stated: Sequence[Stated]) -> Side:
        found = [one for one in stated if one.attribute in wanted and (one.value or one.disputed)]
        told = [one for one in found if one.disputed or says(one) != "unsaid"]
        return _side(told, [says(one) for one in told])

    return read


_SHUT = re.compile(r"\b(?:closed|proprietary|private|withheld|none|no|not|never)\b")
_PART = re.compile(r"\b(?:part\w*|some|only|research|evaluation|academic|select\w*)\b")
_FREE_WEIGHTS = re.compile(r"\b(?:open|openly|public|publicly|download\w*|available|released)\b")
_MEDIA = {
    "images": re.compile(r"\b(?:images?|pictures?|photos?|vision|visual)\b"),
    "video": re.compile(r"\bvideos?\b"),
    "sound": re.compile(r"\b(?:audio|sound|speech|voice)\b"),
}
_FREE_LICENCES = frozenset({"apache", "mit", "bsd", "modified-mit", "mpl", "gpl", "public-domain"})
_FREE_WORDS = frozenset({"open-source", "permissive"})


def _downloads(one: Stated) -> Says:
    text = fold(one.value or "").text
    if _SHUT.search(text):
        return "no"
    if _PART.search(text):
        return "mixed"
    return "yes" if _FREE_WEIGHTS.search(text) else "unsaid"


def _is_free_licence(one: Stated) -> Says:
    found = one.meaning
    keys = found.licences if found else frozenset[str]()
    if not keys:
        return "unsaid"
    if keys & (CLOSED | {"cc-by-nc"}):
        return "no"
    narrowed = _PART.search(fold(one.value or "").text)
    return "yes" if keys & (_FREE_LICENCES | _FREE_WORDS) and not narrowed else "mixed"


def _costs_nothing(one: Stated) -> Says:
    amount = one.amount
    if amount is None:
        return "unsaid"
    return "yes" if all(high <= 0 for _, high in amount.spans) else "no"


def _takes(medium: str) -> Callable[[Stated], Says]:
    form = _MEDIA[medium]
    return lambda one: "yes" if form.search(fold(one.value or "").text) else "unsaid"


def _long_context(stated: Sequence[Stated]) -> Side:
    """Any length that the dossier gives may do; the facts say under which conditions."""
    found = [one for one in stated if one.topic == "context" and one.value]
    told = [one for one in found if one.disputed or _tokens(one) is not None]
    long = [one for one in told if (_tokens(one) or 0) >= LONG_CONTEXT]
    firm = [one for one in long if not one.disputed]
    if firm:
        return Side(says="yes", facts=ids(firm))
    return _side(told, ("no" for _ in told))


def _tokens(one: Stated) -> Decimal | None:
    amount = one.amount
    return max(high for _, high in amount.spans) if amount and amount.unit == "tokens" else None


_ASKED = (
    _Asked(
        "output",
        "Is code what you want out of it?",
        _by_leaning("capability", "benchmark", about=r"\bcod(?:e|ing)\b"),
    ),
    _Asked(
        "input",
        "Will you give it images to read?",
        _by_value({"modalities"}, _takes("images")),
    ),
    _Asked("input", "Will you give it video?", _by_value({"modalities"}, _takes("video"))),
    _Asked("input", "Will you give it sound?", _by_value({"modalities"}, _takes("sound"))),
    _Asked(
        "tools",
        "Must it call tools or work as an agent?",
        _by_leaning("tooling", "capability", about=r"\btools?\b|\bagent|function.call|\bmcp\b"),
    ),
    _Asked(
        "context",
        f"Do you feed it more than {LONG_CONTEXT:,} tokens at once?",
        _long_context,
    ),
    _Asked(
        "self-hosting",
        "Must it run on machines of your own?",
        _by_value({"weights", "openness"}, _downloads),
    ),
    _Asked(
        "licence",
        "Do you need an open licence, to change it and to sell what you build?",
        _by_value({"licence"}, _is_free_licence),
    ),
    _Asked("language", "Must it work well beyond English?", _by_leaning("language")),
    _Asked("privacy", "Must you know what happens to your data?", _by_leaning("privacy")),
    _Asked(
        "compliance",
        "Must it fit rules such as GDPR, SOC 2 or where data may lie?",
        _by_leaning(about=r"complian|certif|\baudit|gdpr|hipaa|\bsoc ?2|residen"),
    ),
    _Asked(
        "budget",
        "Must there be a way in that costs nothing?",
        _by_value({"entry-price"}, _costs_nothing),
    ),
)
