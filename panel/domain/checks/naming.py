"""Finds the names of the lexicon in a text, each with its place."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from panel.domain.checks.lexicon import BENCHMARKS, COMMON_WORDS, FAMILIES, LICENCES, VENDORS
from panel.domain.cues import Cued, any_cue, any_digit, any_of, cues
from panel.domain.typography import fold


def _either(choices: Iterable[str]) -> str:
    """A pattern for any of the names, the longest first."""
    return "|".join(re.escape(name) for name in sorted(choices, key=len, reverse=True))


_VARIANT = (
    r"(?:[ -](?:opus|sonnet|haiku|pro|flash|ultra|max|plus|mini|nano|small|large|medium|scout"
    r"|maverick|vl|omni|coder|next|turbo|lite|preview|instruct|thinking|base|code|studio|deep"
    r"|think|reasoner|chat))*"
)
_VERSION = r"(?:[ -]?v?\d+(?:\.\d+)*[a-z]{0,2}(?![a-z]))?"
_ENDING = r"(?:-[a-z]?\d[\w.]*\w|-\d\b|-(?:it|fp8|int4|gguf|moe))*"
_FAMILY = re.compile(
    rf"(?<![\w@./])(?:{_either(FAMILIES)})"
    rf"(?:(?![a-z])|(?=\d)){_VARIANT}{_VERSION}{_VARIANT}{_ENDING}(?:\+)?"
)
_O_SERIES = re.compile(r"(?<![\w.-])o[134](?:-(?:mini|pro|preview))?(?![\w.])")
_VENDOR = re.compile(
    rf"(?<![\w@./])(?:{_either(VENDORS)})"
    r"(?![\w.]\w)(?!\w)"
)
_Forms = tuple[tuple[str, Cued], ...]


def _forms(listed: Iterable[tuple[str, str, str]]) -> _Forms:
    return tuple((kind, Cued(rf"(?<!\w)(?:{form})(?!\w)", words)) for kind, form, words in listed)


_BENCHMARK, _LICENCE = _forms(BENCHMARKS), _forms(LICENCES)
_ANY_BENCHMARK = any_of(form for _, form in _BENCHMARK)
_ANY_LICENCE = any_of(form for _, form in _LICENCE)
_HARDWARE = re.compile(
    r"(?<!\w)(?:nvidia |geforce |amd )*(?:rtx|gtx|radeon(?: rx)?|rx|quadro|tesla|titan) ?(?:pro )?"
    r"[a-z]{0,2}\d{3,4}[a-z]?(?: ?(?:ti|super|xtx?|ada))*(?!\w)"
)
_DIGIT = re.compile(r"\d")
_MIXED = re.compile(r"(?<![\w@./$#-])[a-z][\w]*(?:[-.+:][\w]+)*")

Sort = Literal["family", "vendor", "benchmark", "licence", "mixed"]


@dataclass(frozen=True)
class Name:
    """One name of the lexicon in a text.

    Attributes:
        start: Offset in the original text.
        end: Offset after the last character.
        sort: Which list it comes from; `mixed` is any token of letters and digits.
        key: Canonical name for benchmarks and licences, the folded words otherwise.
    """

    start: int
    end: int
    sort: Sort
    key: str


_PROPER: tuple[tuple[Sort, re.Pattern[str]], ...] = (
    ("family", _FAMILY),
    ("family", _O_SERIES),
    ("vendor", _VENDOR),
)
_RUN = re.compile(r"[a-z]+")
_STARTS = cues(" ".join(_RUN.findall(name)[0] for name in (*FAMILIES, *VENDORS, "o")))
"""The first run of letters of every name; a text without one of them names nobody."""

_Candidate = tuple[Sort, str | None, re.Match[str]]


@lru_cache(maxsize=4096)
def names(text: str) -> tuple[Name, ...]:
    """Every name of the lexicon in a text, in order of place; none overlap.

    Args:
        text: Any text.
    """
    folded = fold(text)
    found: list[Name] = []
    for sort, kind, match in _candidates(folded.text):
        if match.end() == match.start():
            continue
        start, end = folded.original(*match.span())
        if any(start < other.end and other.start < end for other in found):
            continue
        if match.group() in COMMON_WORDS and not text[start].isupper():
            continue
        found.append(Name(start, end, sort, kind or match.group()))
    return tuple(sorted(found, key=lambda name: name.start))


def _candidates(folded: str) -> Iterator[_Candidate]:
    """Every match of every list, the more telling lists first."""
    for kind, form in _LICENCE if any_cue(folded, _ANY_LICENCE) else ():
        for match in form.finditer(folded):
            yield "licence", kind, match
    for kind, form in _BENCHMARK if any_cue(folded, _ANY_BENCHMARK) else ():
        for match in form.finditer(folded):
            yield "benchmark", kind, match
    for sort, form in _PROPER if any_cue(folded, _STARTS) else ():
        for match in form.finditer(folded):
            yield sort, None, match
    if any_digit(folded):
        yield from _with_digits(folded)


def _with_digits(folded: str) -> Iterator[_Candidate]:
    for match in _HARDWARE.finditer(folded):
        yield "mixed", None, match
    for match in _MIXED.finditer(folded):
        if _DIGIT.search(match.group()):
            yield "mixed", None, match


def named_in(folded: str, name: str) -> Iterator[re.Match[str]]:
    """Where a name stands in a text however its parts are joined, but no longer version of it.

    Args:
        folded: A folded text.
        name: A folded name, e.g. `gpt-5.4`.
    """
    pattern, parts = _pattern_of(name)
    return pattern.finditer(folded) if all(part in folded for part in parts) else iter(())


def is_named_in(folded: str, name: str) -> bool:
    """Whether a name stands in a text, see `named_in`.

    Args:
        folded: A folded text.
        name: A folded name.
    """
    return next(named_in(folded, name), None) is not None


@lru_cache(maxsize=4096)
def _pattern_of(name: str) -> tuple[re.Pattern[str], Sequence[str]]:
    """The pattern of a name, and its parts, without which it is not worth a try."""
    parts = re.findall(r"[a-z]+|\d+(?:\.\d+)*|[^\W\d_a-z]+", name)
    joined = r"[\s\-_.]*".join(re.escape(part) for part in parts)
    return re.compile(rf"(?<![a-z0-9]){joined or 'a^'}(?![a-z0-9]|\.\d)"), parts
