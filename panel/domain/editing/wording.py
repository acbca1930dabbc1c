"""What changed between two texts, word by word, for people to read."""

import difflib
import re
from typing import Literal

from panel.domain.value import Value

_TOKENS = re.compile(r"\s+|\w+(?:['\u2019.,]\w+)*|[^\w\s]")
"""White space, words with what stands inside them (`3.5`, `it's`), and single marks."""


class Piece(Value):
    """A stretch of text that both sides share, or that one of them has.

    Attributes:
        kind: `same`, `gone` from the old text, or `new` in the new one.
        text: The words.
    """

    kind: Literal["same", "gone", "new"]
    text: str


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of two texts in reading order; what is gone stands before what is new.

    Args:
        old: The older text.
        new: The newer text.

    Returns:
        Pieces such that `same` and `gone` put together are the old text, `same` and `new` the new.
    """
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    # Left as it is, `autojunk` keeps long texts of few words from taking minutes.
    matcher = difflib.SequenceMatcher(a=before, b=after)
    pieces: list[Piece] = []
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        gone, fresh = "".join(before[a1:a2]), "".join(after[b1:b2])
        if tag == "equal":
            pieces.append(Piece(kind="same", text=gone))
            continue
        if gone:
            pieces.append(Piece(kind="gone", text=gone))
        if fresh:
            pieces.append(Piece(kind="new", text=fresh))
    return tuple(pieces)
