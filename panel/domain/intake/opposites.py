"""Two values of one property that exclude each other without a figure: yes and no, free and paid.

A property with one name at a time, as its owner is, cannot have two that share no word.
"""

import re

from panel.domain.fact import Fact
from panel.domain.intake.aging import IS_FREE
from panel.domain.intake.attributes import canonical
from panel.domain.intake.normal import content_words
from panel.domain.intake.polarity import denies_all, narrowed, polarity
from panel.domain.intake.scopes import contrasted, same_conditions
from panel.domain.typography import fold

_FREE = re.compile(r"\b(?:free|gratis|no (?:cost|charge)|without charge)\b")
_PAID = re.compile(
    r"\b(?:full price|pay|pays|paid|paying|fee|charge[sd]?|costs?|must (?:buy|subscribe))\b"
    r"|[$\u20ac\u00a3]"
)
_PRICED = re.compile(r"price|cost|fee|charge|free|tier|trial")
_ONE_NAME = frozenset({"owner", "base-model", "headquarters", "tokenizer", "tokeniser"})
_DIGIT = re.compile(r"\d")


def is_free(value: str) -> bool:
    """Whether a value says that nothing is to be paid.

    Args:
        value: As a fact has it.
    """
    return _FREE.match(fold(value).text) is not None


def opposite(first: Fact, second: Fact) -> str | None:
    """Why two facts on one property exclude each other, or None.

    Args:
        first: A fact.
        second: Another one of the same property.
    """
    if _is_charged(first, second) or _is_charged(second, first):
        return IS_FREE
    if _is_other(first, second):
        return "different names"
    return _of_polarity(first, second)


def _is_charged(first: Fact, second: Fact) -> bool:
    """Whether the first is free, and the second is paid for."""
    free = is_free(first.value or "") and not _FREE.search(_told(second))
    priced = _PRICED.search(canonical(first.attribute)) is not None
    return bool(free and priced and _PAID.search(_told(second))) and same_conditions(first, second)


def _is_other(first: Fact, second: Fact) -> bool:
    """Whether a property that has one name at a time is given two that share no word."""
    if canonical(first.attribute) not in _ONE_NAME or not (first.value and second.value):
        return False
    mine, theirs = (content_words(fact.value or "") for fact in (first, second))
    shared = mine & content_words(second.statement) or theirs & content_words(first.statement)
    return not shared and same_conditions(first, second)


def _of_polarity(first: Fact, second: Fact) -> str | None:
    """A plain yes against a plain no, neither with a figure nor of a part only."""
    why = "one denies what the other says"
    for here, there in ((first, second), (second, first)):
        if narrowed(here.statement, f"{there.statement} {there.value or ''}"):
            continue
        if contrasted(here.statement, there.statement):
            continue
        if denies_all(here.statement, there.statement, here.attribute):
            return why
        says = [
            None if _DIGIT.search(it.value or "") else polarity(it.value or "")
            for it in (here, there)
        ]
        if says == [False, True]:
            return why
    return None


def _told(fact: Fact) -> str:
    return fold(f"{fact.statement} ; {fact.value or ''}").text
