"""Letters a reader does not see, or takes for others.

Format characters go, as they break up words that a check would have found; look-alike letters are
only told, since they are what stands on the page, and quotes are kept as the source has them.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from panel.domain.intake.reading import Hidden, HiddenKind, shown

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SILENT = frozenset("\u00ad\ufeff\u200d\ufe0e\ufe0f")
"""Soft hyphens, byte order marks, and what joins emoji: typography; dropped, told only in bulk."""

_LINE_ENDS = frozenset("\x0b\x0c\u2028\u2029")

_GONE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ue000-\uf8ff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]+"
)
_WORD = re.compile(r"\w+")
_STYLED = re.compile(
    "[\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9\U0001f130-\U0001f189]"
)


class Cleaned(NamedTuple):
    """A text without what cannot be seen.

    Attributes:
        text: What is left.
        found: What was removed, and look-alike letters that were not.
    """

    text: str
    found: tuple[Hidden, ...]


def cleaned(text: str, place: str) -> Cleaned:
    """A text without invisible characters.

    Args:
        text: Any text.
        place: Where it stands, for the list.
    """
    if text.isascii() and text.isprintable():
        return Cleaned(text, ())
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    runs: list[Hidden] = []

    def drop(match: re.Match[str]) -> str:
        run = match.group()
        joins = "\u200d" in run and _breaks(text, match)
        if joins or not all(char in _SILENT for char in run):
            runs.append(Hidden(kind=_kind(run), place=place, text=_around(text, match)))
        return "\n" if _LINE_ENDS & set(run) else ""

    plain = _GONE.sub(drop, text)
    return Cleaned(plain, (*_merged(runs), *_lookalikes(plain, place)))


def _breaks(text: str, match: re.Match[str]) -> bool:
    """Whether a joiner stands between two letters, where no emoji is."""
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    return before.isascii() and before.isalnum() and after.isascii() and after.isalnum()


def _kind(run: str) -> HiddenKind:
    if any("\U000e0000" <= char <= "\U000e0fff" for char in run):
        return "tag-character"
    if any(char in _BIDI for char in run):
        return "bidi-control"
    if all(unicodedata.category(char) in {"Cc", "Cs", "Co"} for char in run):
        return "control-character"
    return "zero-width"


def _around(text: str, match: re.Match[str]) -> str:
    """The run with a few letters before and after it."""
    return shown(text[max(0, match.start() - 12) : min(match.end(), match.start() + 200) + 12])


def _merged(runs: list[Hidden]) -> Iterator[Hidden]:
    """One entry a kind, so that an Arabic name does not fill a page."""
    for kind in dict.fromkeys(run.kind for run in runs):
        same = [run for run in runs if run.kind == kind]
        if kind == "tag-character":
            yield from same
        else:
            yield same[0].model_copy(update={"times": len(same)})


def _lookalikes(text: str, place: str) -> Iterator[Hidden]:
    """Words of mathematical letters, or of Latin mixed with Cyrillic or Greek."""
    if text.isascii():
        return
    told: dict[str, int] = {}
    for match in _WORD.finditer(text):
        word = match.group()
        if not word.isascii() and (_STYLED.search(word) or _mixed(word)):
            told[word] = told.get(word, 0) + 1
    for word, times in list(told.items())[:20]:
        yield Hidden(kind="look-alike", place=place, text=shown(word), times=times)


def _mixed(word: str) -> bool:
    scripts = {_script(char) for char in word if char.isalpha()}
    return len(word) > 2 and "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK"})


def _script(char: str) -> str:
    if char.isascii() or char == "\u00b5":  # the micro sign of measures is Greek in name only
        return "LATIN"
    return unicodedata.name(char, "UNKNOWN").split()[0]
