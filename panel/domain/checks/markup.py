"""A verdict is plain prose: a page would print the marks of a markup language as they stand."""

import re
from collections.abc import Iterator

from panel.domain.checks.context import CheckContext, flag, texts_of
from panel.domain.flag import Flag
from panel.domain.verdict import Verdict

_ANY = re.compile(r"[*_`#|\[~]|^\s*[-\u2022\u2023\u25e6\u2013\d]|\S{2}://")
"""Without one of these there is no markup, and most texts have none."""

_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (what, re.compile(form))
    for what, form in (
        ("emphasis", r"\*{2,}[^*]{0,200}(?:\*{2,})?|(?<![\w*])\*[^*\s](?:[^*]*[^*\s])?\*(?![\w*])"),
        ("emphasis", r"(?<![\w/])_{1,2}[^_\s](?:[^_]*[^_\s])?_{1,2}(?!\w)|~~[^~]+~~"),
        ("code", r"```[^`]*(?:```)?|`[^`]+`"),
        ("a heading", r"(?:^|(?<=\s))#{1,6}\s+\S+"),
        ("a bullet", r"^\s*(?:[-*+\u2022\u2023\u25e6]|\u2013(?=\s)|\d{1,2}[.)](?=\s))\s*(?=\S)"),
        (
            "a link",
            r"!?\[[^\]\n]{1,200}\]\s?\([^)\s]{1,300}\)|!?\[[^\]\n]{1,200}\]\[[^\]\n]{0,80}\]",
        ),
        ("a table", r"\|[^|\n]{1,120}\|[^|\n]{1,120}\|"),
    )
)


def check_markup(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Emphasis, code, headings, bullets, links and tables."""
    del context
    for path, text in texts_of(verdict):
        for start, end, what in markup(text):
            message = f"{text[start:end]!r} is {what} in markup; write plain prose without marks"
            yield flag("markup", "blocks", message, path=path, text=text, span=(start, end))


def markup(text: str) -> tuple[tuple[int, int, str], ...]:
    """Where a text carries marks of a markup language, and what they are; none overlap.

    Args:
        text: What the reviewer wrote.
    """
    if not _ANY.search(text):
        return ()
    found: list[tuple[int, int, str]] = []
    for what, form in _MARKS:
        for match in form.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end, _ in found):
                found.append((*match.span(), what))
    return tuple(sorted(found))
