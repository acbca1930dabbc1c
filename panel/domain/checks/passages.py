"""Where citations stand in a quote, and the sentences and clauses around a place in a text."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from panel.domain.typography import find_folded, fold, sentences
from panel.domain.verdict import Reason, Verdict

_BREAK = re.compile(
    r"[,;:()\u2013\u2014]+(?=\s|$)|\s-\s|\s\u2014\s?|\s(?=(?:and|but|yet|while|which|whereas|so"
    r"|because|since|though|although)\s)"
)
_SUPPOSED = re.compile(
    r"\b(?:if|unless|until|whether|would|could|might|may|should|suppose|imagine|perhaps|maybe"
    r"|whoever|wherever|once|ought|must|were to|hope\w*|wish\w*|want\w*|ask\w*|wonder\w*"
    r"|question)\b|'d\b|\?\s*$"
)
_DENIED = re.compile(
    r"\b(?:unknown|missing|without|nobody|nothing|nowhere|no|not|never|neither|nor|hardly|cannot)\b"
    r"|n't\b"
)


class Use(NamedTuple):
    """Words that rest on facts.

    Attributes:
        path: Path of the text.
        text: The whole text.
        start: Offset of the first character that rests on them.
        end: Offset after the last one.
        facts: Ids of the facts.
    """

    path: str
    text: str
    start: int
    end: int
    facts: tuple[str, ...]


def uses(verdict: Verdict) -> tuple[Use, ...]:
    """Every cited phrase that stands in the quote, then every reason as a whole."""
    phrases = tuple((citation.phrase, citation.facts) for citation in verdict.citations)
    return (*_cited(verdict.quote, phrases), *_reasons(verdict))


def _reasons(verdict: Verdict) -> Iterator[Use]:
    for name in ("reasons_for", "reasons_against"):
        group: tuple[Reason, ...] = getattr(verdict, name)
        for at, reason in enumerate(group):
            yield Use(f"{name}[{at}].text", reason.text, 0, len(reason.text), reason.facts)


@lru_cache(maxsize=128)
def _cited(quote: str, phrases: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Use, ...]:
    return tuple(
        Use("quote", quote, *place, facts)
        for phrase, facts in phrases
        if (place := find_folded(phrase, quote))
    )


@lru_cache(maxsize=1024)
def sentences_of(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the sentences of a text, kept because several checks ask.

    Args:
        text: Any text, as it was typed.
    """
    return sentences(text)


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Offsets of the clauses of one sentence.

    Args:
        text: The whole text.
        start: Where the sentence begins.
        end: Where it ends.
    """
    at = start
    for mark in _BREAK.finditer(text, start, end):
        if mark.start() > at:
            yield at, mark.start()
        at = mark.end()
    if at < end:
        yield at, end


@lru_cache(maxsize=1024)
def is_supposed(words: str) -> bool:
    """Whether words ask, wish or suppose rather than state.

    Args:
        words: A sentence or a clause.
    """
    return bool(_SUPPOSED.search(fold(words).text))


@lru_cache(maxsize=1024)
def is_doubted(words: str) -> bool:
    """Whether words ask, wish, suppose or deny rather than state.

    Args:
        words: A sentence or a clause.
    """
    return is_supposed(words) or bool(_DENIED.search(fold(words).text))


def overlaps(start: int, end: int, other: Use) -> bool:
    """Whether a stretch of a text shares words with a use of facts in it.

    Args:
        start: Offset of the first character.
        end: Offset after the last one.
        other: The use.
    """
    return start < other.end and other.start < end
