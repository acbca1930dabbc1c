"""Cuts a reviewer's text where a citation ends or a flag begins, so that marks sit on the words.

Flags may overlap and citations may share words; every output format walks the same segments.
"""

from collections.abc import Sequence
from itertools import pairwise

from panel.domain.flag import Flag, Severity
from panel.domain.value import Value
from panel.domain.verdict import Citation
from panel.publishing.words import visible

_TYPOGRAPHY = str.maketrans(
    "\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2011\u00a0\u202f", "'''\"\"\"---  "
)
"""Retyped characters, one for one, so that offsets stay what they are."""


class FactRef(Value):
    """A citation mark.

    Attributes:
        id: Id of the fact.
        known: Whether the dossier holds it; a mark that leads nowhere is not a link.
        disputed: Whether the fact stands in an open conflict.
    """

    id: str
    known: bool
    disputed: bool


class Segment(Value):
    """A stretch of text that carries the same flags from end to end.

    Attributes:
        text: The words.
        flags: Numbers of the flags on these words, counted from 1 within the review.
        severity: The worst of them; None without flags.
        opens: Flags whose span begins here.
        closes: Flags whose span ends here.
        marks: Facts cited by a phrase that ends here.
    """

    text: str
    flags: tuple[int, ...] = ()
    severity: Severity | None = None
    opens: tuple[int, ...] = ()
    closes: tuple[int, ...] = ()
    marks: tuple[FactRef, ...] = ()


def locate(text: str, phrase: str) -> tuple[int, int] | None:
    """Where a cited phrase stands in a text, whatever quotes and dashes it was retyped with.

    Args:
        text: The reviewer's paragraph.
        phrase: The cited words.

    Returns:
        Offsets of the first match, or None.
    """
    plain = text.translate(_TYPOGRAPHY)
    wanted = phrase.translate(_TYPOGRAPHY)
    for haystack, needle in ((text, phrase), (plain, wanted), (plain.lower(), wanted.lower())):
        at = haystack.find(needle)
        if needle and at >= 0 and len(haystack) == len(text):
            return at, at + len(needle)
    return None


def marks_at(
    text: str, citations: Sequence[Citation], refs: dict[str, FactRef]
) -> tuple[dict[int, tuple[FactRef, ...]], tuple[FactRef, ...]]:
    """Citation marks by the offset they stand at, and those whose phrase is not in the text.

    Args:
        text: The reviewer's paragraph.
        citations: Its citations.
        refs: A mark for every fact id that may be cited.
    """
    placed: dict[int, list[FactRef]] = {}
    for citation in citations:
        found = locate(text, citation.phrase)
        at = found[1] if found else -1
        known = placed.setdefault(at, [])
        known += [refs[fact] for fact in citation.facts if refs[fact] not in known]
    lost = tuple(placed.pop(-1, ()))
    return {at: tuple(marks) for at, marks in placed.items()}, lost


def segments(
    text: str,
    field: str,
    flags: Sequence[Flag],
    marks: dict[int, tuple[FactRef, ...]] | None = None,
) -> tuple[Segment, ...]:
    """A text cut at every border of a flag and every citation mark.

    Args:
        text: The text of one field of a verdict.
        field: Path of that field, as spans name it.
        flags: All flags of the review; their position is their number.
        marks: Citation marks by offset.

    Returns:
        Segments whose texts, put together, are the text with invisible characters replaced.
    """
    marks = marks or {}
    spans = _spans(text, field, flags)
    borders = {0, len(text), *marks}
    borders |= {edge for start, end, _ in spans for edge in (start, end)}
    edges = sorted(borders)
    return tuple(
        _segment(text, (start, end), spans, flags, marks.get(end, ()))
        for start, end in pairwise(edges)
    )


def _spans(text: str, field: str, flags: Sequence[Flag]) -> list[tuple[int, int, int]]:
    """Start, end and number of each flag on this field, kept inside the text."""
    found: list[tuple[int, int, int]] = []
    for number, flag in enumerate(flags, start=1):
        if flag.span is None or flag.span.field != field:
            continue
        start, end = min(flag.span.start, len(text)), min(flag.span.end, len(text))
        if start < end:
            found.append((start, end, number))
    return found


def _segment(
    text: str,
    edges: tuple[int, int],
    spans: Sequence[tuple[int, int, int]],
    flags: Sequence[Flag],
    marks: tuple[FactRef, ...],
) -> Segment:
    start, end = edges
    here = [span for span in spans if span[0] <= start and end <= span[1]]
    numbers = tuple(number for _, _, number in here)
    severities: set[Severity] = {flags[number - 1].severity for number in numbers}
    return Segment(
        text=visible(text[start:end]),
        flags=numbers,
        severity=("blocks" if "blocks" in severities else "warns") if severities else None,
        opens=tuple(number for first, _, number in here if first == start),
        closes=tuple(number for _, last, number in here if last == end),
        marks=marks,
    )
