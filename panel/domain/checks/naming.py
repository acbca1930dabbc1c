"""Finds the names of the lexicon in a text, each with its place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from panel.domain.checks.lexicon import BENCHMARKS, COMMON_WORDS, FAMILIES, LICENCES, VENDORS
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
_BENCHMARK = tuple((kind, re.compile(rf"(?<!\w)(?:{form})(?!\w)")) for kind, form in BENCHMARKS)
_LICENCE = tuple((kind, re.compile(rf"(?<!\w)(?:{form})(?!\w)")) for kind, form in LICENCES)
_ANY_LICENCE = re.compile(rf"(?<!\w)(?:{'|'.join(form for _, form in LICENCES)})")
_ANY_BENCHMARK = re.compile(rf"(?<!\w)(?:{'|'.join(form for _, form in BENCHMARKS)})")
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
_STARTS = frozenset(
    found.group() for name in (*FAMILIES, *VENDORS, "o") if (found := _RUN.search(name))
)
"""The first run of letters of every name; a text without one of them names nobody."""

_Forms = tuple[tuple[str, re.Pattern[str]], ...]
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
    for kind, form in _listed(folded, _ANY_LICENCE, _LICENCE):
        for match in form.finditer(folded):
            yield "licence", kind, match
    for kind, form in _listed(folded, _ANY_BENCHMARK, _BENCHMARK):
        for match in form.finditer(folded):
            yield "benchmark", kind, match
    for sort, form in () if _STARTS.isdisjoint(_RUN.findall(folded)) else _PROPER:
        for match in form.finditer(folded):
            yield sort, None, match
    for match in _HARDWARE.finditer(folded):
        yield "mixed", None, match
    for match in _MIXED.finditer(folded) if _DIGIT.search(folded) else ():
        if _DIGIT.search(match.group()):
            yield "mixed", None, match


def _listed(folded: str, any_of: re.Pattern[str], forms: _Forms) -> _Forms:
    """The forms of a list, or none when none of them can match."""
    return forms if any_of.search(folded) else ()


@lru_cache(maxsize=4096)
def pattern_of(name: str) -> re.Pattern[str]:
    """A pattern that finds a name however its parts are joined, but no longer version of it.

    Args:
        name: A folded name, e.g. `gpt-5.4`.
    """
    parts = re.findall(r"[a-z]+|\d+(?:\.\d+)*|[^\W\d_a-z]+", name)
    joined = r"[\s\-_.]*".join(re.escape(part) for part in parts)
    return re.compile(rf"(?<![a-z0-9]){joined or 'a^'}(?![a-z0-9]|\.\d)")
