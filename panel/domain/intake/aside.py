"""Which part of an article is about the model: not a rival's lines, not the articles listed below.

Lists of further articles carry other vendors' licences and sizes, and comparisons speak of two
models in turn; a fact is taken only where this model is what the words are about.
"""

import re
from collections.abc import Iterator, Sequence

from panel.domain.intake.quoting import Span, sentence_at
from panel.domain.typography import fold, words

_FURTHER = re.compile(
    r"^(?:#+ )?(?:(?:more )?related (?:articles?|posts?|stories|reading|news|content"
    r"|topics|coverage)"
    r"|related|(?:see|read|you (?:may|might)) also(?: like| enjoy)?|recommended(?: (?:for you"
    r"|reading"
    r"|articles|stories))?|more (?:from|on|in|stories|news|articles)\b.{0,40}|(?:up|read) next"
    r"|further reading|latest (?:news|stories|articles|posts)|trending(?: now)?"
    r"|most (?:read|popular)"
    r"|popular (?:posts|articles|stories)|other (?:news|stories|articles)|don't miss|keep reading"
    r"|you may have missed|in other news|editors?' picks?|previous (?:post|article)"
    r"|next (?:post|article)|comments?(?: \(\d+\))?|leave a (?:reply|comment))\s*:?$"
)
_HEADING_WORDS = 14
_END = re.compile(r"[.!?;,:]['\")\u201d\u2019]*$")


def is_heading(line: str) -> bool:
    """Whether a line is a heading by its shape: short, and no sentence.

    Args:
        line: One line.
    """
    plain = line.strip()
    count = len(plain.split())
    return 0 < count <= _HEADING_WORDS and not _END.search(plain) and plain[0] not in "-|\u2022*"


def asides(text: str, names: Sequence[str]) -> tuple[Span, ...]:
    """Stretches of a text that list other articles, or hold readers' comments.

    From such a heading on, only paragraphs that name the model are taken for the article's own.

    Args:
        text: The text of a source.
        names: Names of the model.
    """
    found: list[Span] = []
    inside = False
    for line in _lines(text):
        said = fold(text[line.start : line.end]).text
        if _FURTHER.match(said):
            inside = True
        if inside and not _first(said, names):
            found.append(line)
    return tuple(_joined(found, text))


def rival_in_charge(span: Span, text: str, names: Sequence[str], rivals: Sequence[str]) -> str:
    """The rival that a stretch of text is about; empty when it may be about the model.

    The nearest name decides: in the sentence, then in the line, then in the headings above.

    Args:
        span: The stretch.
        text: The text of the source.
        names: Names of the model.
        rivals: Names of other models.
    """
    sentence = sentence_at(span, text)
    line_start = text.rfind("\n", 0, span.start) + 1
    for start, end in (sentence, (line_start, sentence.end)):
        if verdict := _whose(text[start:end], span.start - start, names, rivals):
            return verdict.partition(":")[2]
    for line in reversed([*_lines(text[:line_start])]):
        heading = text[line.start : line.end]
        if is_heading(heading) and (
            verdict := _whose(heading, len(heading), names, rivals, alone=True)
        ):
            return verdict.partition(":")[2]
    return ""


def _whose(
    text: str, before: int, names: Sequence[str], rivals: Sequence[str], *, alone: bool = False
) -> str:
    """`ours`, `theirs:NAME`, or nothing when neither is named."""
    folded = fold(text).text
    ours, theirs = _first(folded, names), _first(folded, rivals)
    if ours and theirs and alone:
        return ""  # a heading that compares the two decides nothing
    if ours:
        label = fold(text[:before]).text
        if theirs and re.match(rf"(?:[-\u2022*|] ?)?{re.escape(theirs)}\s*[:|]", folded):
            return "" if _first(label, names) else f"theirs:{theirs}"
        return "ours"
    return f"theirs:{theirs}" if theirs else ""


def _first(folded: str, names: Sequence[str]) -> str:
    """The first of some names that stands in a folded text as whole words."""
    have = f" {' '.join(word.text for word in words(folded))} "
    for name in names:
        wanted = " ".join(word.text for word in words(name))
        if wanted and f" {wanted} " in have:
            return fold(name).text
    return ""


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1


def _joined(spans: Sequence[Span], text: str) -> Iterator[Span]:
    """Neighbouring stretches as one."""
    start: Span | None = None
    for span in spans:
        if start and not text[start.end : span.start].strip():
            start = Span(start.start, span.end)
            continue
        if start:
            yield start
        start = span
    if start:
        yield start
