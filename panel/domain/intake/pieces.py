"""Cuts a long source into pieces an llm reads at once, so that no fact is lost at a cut.

Pieces end where a section or a paragraph does, repeat the end of the one before, and carry the
headings they stand under.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from panel.domain.intake.aside import is_heading
from panel.domain.intake.quoting import Span

PIECE = 12_000
"""Most letters of a piece, about 3,000 tokens: within what small llms read with attention."""

OVERLAP = 900
"""Letters at its beginning that the piece before had too; longer than any statement."""

_TOKEN = re.compile(
    r"<\|[^\s|>]{0,40}\|?>?|\[/?INST\]|<</?SYS>>|</?s>|</?think>|<(?:start|end)_of_turn>"
    r"|<[\uff5c\u2581][^\s>]{0,40}>?|<(?:bos|eos|pad|unk|mask)>",
    re.IGNORECASE,
)


class Piece(NamedTuple):
    """A stretch of a source.

    Attributes:
        span: Where it stands.
        text: Its words.
        under: The heading it stands under; empty when it begins with one, or there is none.
    """

    span: Span
    text: str
    under: str


def pieces(
    text: str, *, without: Sequence[Span] = (), size: int = PIECE, overlap: int = OVERLAP
) -> tuple[Piece, ...]:
    """Cut a text into pieces that overlap.

    Args:
        text: The text of a source.
        without: Stretches that are left out.
        size: Most letters of a piece.
        overlap: Letters that two neighbours share at least, unless a paragraph is longer.
    """
    blocks = [
        part
        for block in _blocks(text)
        if not _inside(block, without)
        for part in _cut(block, text, size, overlap)
    ]
    found: list[Piece] = []
    at = 0
    while at < len(blocks):
        end = _end(blocks, text, at, size)
        span = Span(blocks[at].start, blocks[end - 1].end)
        words = "\n".join(text[one.start : one.end] for one in blocks[at:end])
        found.append(Piece(span, words, _under(blocks[:at], text, blocks[at])))
        if end == len(blocks):
            break
        at = _back(blocks, at, end, overlap)
    return tuple(found)


def defused(text: str) -> str:
    """A stranger's text without what a chat template would take for the end of a message.

    A space is put into such a token; quotes do not suffer, since no statement holds one.

    Args:
        text: Any text.
    """
    return _TOKEN.sub(lambda found: f"{found.group()[0]} {found.group()[1:]}", text)


def _blocks(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1


def _inside(block: Span, spans: Sequence[Span]) -> bool:
    return any(span.start <= block.start and block.end <= span.end for span in spans)


def _cut(block: Span, text: str, size: int, overlap: int) -> Iterator[Span]:
    """A block, or overlapping parts of one that is longer than a piece."""
    start, most = block.start, max(size // 2, overlap + 1)
    while block.end - start > most:
        end = max(
            text.rfind(". ", start + overlap, start + most) + 1,
            text.rfind(" ", start + overlap, start + most),
        )
        end = end if end > start + overlap else start + most
        yield Span(start, end)
        back = text.find(" ", end - overlap, end)
        start = back + 1 if back > start else end - overlap
    yield Span(start, block.end)


def _end(blocks: Sequence[Span], text: str, at: int, size: int) -> int:
    """Index after the last block of a piece: before a heading where one is near the end."""
    end, total = at, 0
    while end < len(blocks) and (end == at or total + _length(blocks[end]) <= size):
        total += _length(blocks[end])
        end += 1
    if end == len(blocks):
        return end
    total = 0
    for one in range(end, at, -1):
        if one < len(blocks) and is_heading(text[blocks[one].start : blocks[one].end]):
            return one
        total += _length(blocks[one - 1])
        if total > size // 2:
            break
    return end


def _back(blocks: Sequence[Span], at: int, end: int, overlap: int) -> int:
    """Index of the first block of the next piece."""
    back, total = end, 0
    while back > at + 1 and total < overlap:
        back -= 1
        total += _length(blocks[back])
    return back


def _length(block: Span) -> int:
    return block.end - block.start + 1


def _under(before: Sequence[Span], text: str, first: Span) -> str:
    if is_heading(text[first.start : first.end]):
        return ""
    headings = (text[one.start : one.end] for one in reversed(before))
    return next((one.strip() for one in headings if is_heading(one)), "")
