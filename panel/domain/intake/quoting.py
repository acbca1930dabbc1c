"""Quotes: found in the source by the one rule for comparing texts, and kept in its own words.

What stands in part of a word or number is no quote of it, and a quote may not begin right after
the word that denies it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from panel.domain.typography import fold, sentences

_DENIAL = re.compile(
    r"(?:\b(?:not|no|never|without|nor|neither|cannot|hardly|barely|denies|denied|lacks?|false"
    r"|isn't|aren't|wasn't|weren't|doesn't|don't|didn't|won't|can't|hasn't|haven't|wouldn't)"
    r"(?: (?:a|an|the|any|yet|to|be|been|currently|really|publicly|officially|have|offer))*)\s*$"
)


class Span(NamedTuple):
    """A stretch of a text.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last.
    """

    start: int
    end: int


def places(quote: str, text: str) -> Iterator[Span]:
    """Where a quote stands in a text, whole words only; spaces around dashes do not matter.

    Args:
        quote: Words, however they were typed.
        text: The source's text.
    """
    wanted, folded = fold(quote).text, fold(text)
    if not wanted:
        return
    parts = re.split(r" ?- ?", wanted)
    if not all(part in folded.text for part in parts):
        return
    form = " ?- ?".join(re.escape(part) for part in parts)
    for found in re.finditer(f"(?={form})", folded.text):
        whole = re.compile(form).match(folded.text, found.start())
        if whole and whole.end() > whole.start() and _is_whole(folded.text, *whole.span()):
            yield Span(*folded.original(*whole.span()))


def own_words(quote: str, text: str) -> str | None:
    """A quote as the source has it, on one line; None when it does not stand there.

    Args:
        quote: Words, however they were typed.
        text: The source's text.
    """
    span = next(places(quote, text), None)
    return " ".join(text[span.start : span.end].split()) if span else None


def denied_before(span: Span, text: str) -> str | None:
    """The denial that a quote has been cut off from; None when there is none.

    Args:
        span: Where the quote stands.
        text: The source's text.
    """
    start, _ = sentence_at(span, text)
    before = fold(text[start : span.start]).text
    found = _DENIAL.search(before)
    return found.group().strip() if found else None


def sentence_at(span: Span, text: str) -> Span:
    """The sentence, or the line, in which a stretch of text begins, up to where it ends.

    Args:
        span: The stretch.
        text: The whole text.
    """
    left = text.rfind("\n", 0, span.start) + 1
    right = text.find("\n", span.end)
    right = len(text) if right < 0 else right
    line = text[left:right]
    start, end = left, right
    for one in sentences(line):
        if left + one[0] <= span.start:
            start = left + one[0]
        if left + one[1] >= span.end:
            end = left + one[1]
            break
    return Span(start, end)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether neither end stands inside a word or number."""
    if start and text[start].isalnum() and text[start - 1].isalnum():
        return False
    if end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        return False
    before, after = text[max(0, start - 2) : start + 1], text[end - 1 : end + 2]
    return not (re.fullmatch(r"\d[.,]\d", before) or re.fullmatch(r"\d[.,]\d", after))
