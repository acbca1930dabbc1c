"""The one written rule by which texts are compared, whoever typed them.

A third of true quotes fail a plain `in` test once dashes and curly quotes are retyped, so every
comparison goes through `fold`, which keeps the way back to the original characters.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_SINGLE = dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u2039\u203a`\u00b4", "'")
_DOUBLE = dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"')
_RETYPED = _SINGLE | _DOUBLE | {"\u2212": "-", "\u2044": "/"}

_WORD = re.compile(r"[^\W_]+")
_STOP = re.compile(r"[.!?\u3002\uff01\uff1f]+[\"')\]\u201d\u2019]*(?=\s+|[\u3000-\u9fff]|$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|no|inc|ltd|co|approx|dr|mr|ms|u\.s|cf|etc|v|fig)|\b[A-Z])\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Folded:
    """A folded text and the way back.

    Attributes:
        text: The folded text.
        starts: For every folded character, where its original begins.
        ends: For every folded character, where its original ends.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original text of a stretch of the folded text.

        Args:
            start: Offset of the first folded character.
            end: Offset after the last; must be greater than `start`.
        """
        return self.starts[start], self.ends[end - 1]


class Word(NamedTuple):
    """One word, folded, with its place in the original text."""

    text: str
    start: int
    end: int


def in_place(count: int) -> tuple[Sequence[int], Sequence[int]]:
    """Where characters begin and end that stand where they stood.

    Args:
        count: How many characters.
    """
    return range(count), range(1, count + 1)


@lru_cache(maxsize=2048)
def fold(text: str) -> Folded:
    """Fold a text for comparison.

    In this order: quotation marks, primes, dashes and minus signs become ASCII; NFKC; format
    characters (zero width, soft hyphen, direction marks) vanish; case is folded; a run of white
    space becomes one space, a run of hyphens one hyphen; white space at both ends vanishes.

    Args:
        text: Any text.
    """
    if text.isascii():
        if text.isprintable() and "`" not in text and _is_even(text):
            return Folded(text.lower(), *in_place(len(text)))
    elif not any(map(unicodedata.combining, text)):
        pieces = [_fold_cluster(char) for char in text]
        plain = "".join(pieces)
        if {*map(len, pieces)} == {1} and _is_even(plain):  # letter for letter, as nearly always
            return Folded(plain, *in_place(len(plain)))
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        for char in _fold_cluster(text[start:end]):
            if char in " -" and out and out[-1] == char:
                ends[-1] = end
                continue
            if char == " " and not out:
                continue
            out.append(char)
            starts.append(start)
            ends.append(end)
    while out and out[-1] == " ":
        out.pop()
    return Folded("".join(out), tuple(starts[: len(out)]), tuple(ends[: len(out)]))


def _is_even(text: str) -> bool:
    """Whether no white space stands at an end, and no space or hyphen beside another."""
    return text == text.strip() and "  " not in text and "--" not in text


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Each character together with the combining marks that follow it."""
    if text.isascii():
        yield from zip(range(len(text)), range(1, len(text) + 1), strict=True)
        return
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            yield start, at
            start = at


@lru_cache(maxsize=4096)
def _fold_cluster(cluster: str) -> str:
    retyped = "".join(
        "-" if unicodedata.category(char) == "Pd" else _RETYPED.get(char, char) for char in cluster
    )
    composed = unicodedata.normalize("NFKC", retyped)
    visible = "".join(char for char in composed if unicodedata.category(char) != "Cf")
    spaced = "".join(" " if char.isspace() else _RETYPED.get(char, char) for char in visible)
    return spaced.casefold()


def find_folded(needle: str, haystack: str) -> tuple[int, int] | None:
    """Where a text stands in another, both folded; spaces around dashes do not matter.

    Args:
        needle: What to look for.
        haystack: Where to look.

    Returns:
        Offsets in the haystack as it was typed, or None.
    """
    wanted, folded = fold(needle).text, fold(haystack)
    if not wanted:
        return None
    at = folded.text.find(wanted)
    if at >= 0:
        return folded.original(at, at + len(wanted))
    if "-" not in wanted:
        return None
    parts = re.split(r" ?- ?", wanted)
    if not all(part in folded.text for part in parts):  # hardly ever, and soon told
        return None
    found = re.search(" ?- ?".join(re.escape(part) for part in parts), folded.text)
    return folded.original(*found.span()) if found and found.end() > found.start() else None


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[Word, ...]:
    """The folded words of a text: runs of letters and digits, with their original offsets.

    Args:
        text: Any text.
    """
    folded = fold(text)
    starts, ends = folded.starts, folded.ends
    return tuple(
        Word(found.group(), starts[found.start()], ends[found.end() - 1])
        for found in _WORD.finditer(folded.text)
    )


@lru_cache(maxsize=1024)
def plain_words(text: str) -> tuple[str, ...]:
    """The folded words of a text without their places, which is quicker than `words`.

    Args:
        text: Any text.
    """
    return tuple(_WORD.findall(fold(text).text))


@lru_cache(maxsize=256)
def shingles(text: str, n: int) -> frozenset[tuple[str, ...]]:
    """Every run of n consecutive folded words of a text (Broder's w-shingling, 1997).

    Args:
        text: Any text.
        n: Words per shingle, at least 1.
    """
    plain = plain_words(text)
    return frozenset(zip(*(plain[at:] for at in range(n)), strict=False))


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the sentences of a text; `Apache 2.0` and `e.g.` end none.

    Args:
        text: Any text, as it was typed.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text):
        if stop.group() == "." and _ABBREVIATION.search(
            text, max(start, stop.end() - 8), stop.end()
        ):
            continue
        spans.append((start, stop.end()))
        start = stop.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return tuple(spans)
