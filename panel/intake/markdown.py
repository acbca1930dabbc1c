"""Reads Markdown and plain text: rendered first, since Markdown hides text as HTML does."""

import datetime as dt
import re
from typing import NamedTuple

from markdown_it import MarkdownIt

from panel.domain.intake.characters import cleaned
from panel.domain.intake.reading import Found, Hidden, line_of, shown
from panel.intake.blocks import block_text
from panel.intake.bounds import MAX_LETTERS, TOO_LONG
from panel.intake.tree import tree_of
from panel.intake.visible import only_visible

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_UNUSED = re.compile(
    r"^ {0,3}\[[^\]\n]+\]:[ \t]*(?:<[^>\n]*>|\S+)?(?:[ \t]+[\"'(].*)?$", re.MULTILINE
)
_CONTENTS = re.compile(r"(?:table of )?contents$|skip to |menu$|home$", re.IGNORECASE)
_DAY = re.compile(
    r"^(?:date|published|published_at|created)\s*:\s*['\"]?(\d{4}-\d{2}-\d{2})", re.MULTILINE
)
_AUTHOR = re.compile(r"^author\s*:\s*['\"]?([^'\"\n]+)", re.MULTILINE)
_TITLE = re.compile(r"^title\s*:\s*['\"]?([^'\"\n]+)", re.MULTILINE)


class Parts(NamedTuple):
    """A text file in its two parts.

    Attributes:
        front: The lines between `---`, without them; empty when there are none.
        body: The rest.
    """

    front: str
    body: str


def parts(text: str) -> Parts:
    """Split front matter from a text.

    Args:
        text: The whole file, with line feeds.
    """
    found = _FRONT.match(text)
    return Parts(found[1], text[found.end() :]) if found else Parts("", text)


def read_markdown(source: str) -> Found:
    """Read a Markdown file.

    Args:
        source: Its text.
    """
    if len(source) > MAX_LETTERS:
        return Found(kind="markdown", trouble=TOO_LONG)
    front, body = parts(source.replace("\r\n", "\n").replace("\r", "\n"))
    text, removed = rendered(body)
    made, title, author = (form.search(front) for form in (_DAY, _TITLE, _AUTHOR))
    return Found(
        kind="markdown",
        title=line_of(title[1]) if title else heading(text),
        author=line_of(author[1], 120) if author else "",
        published=_day(made[1]) if made else None,
        text=text,
        removed=removed,
    )


def rendered(body: str) -> tuple[str, tuple[Hidden, ...]]:
    """What a reader of some Markdown sees, and what one does not.

    Args:
        body: Markdown without front matter.
    """
    notes = [
        Hidden(
            kind="comment",
            place=f"line {body.count(chr(10), 0, one.start()) + 1}",
            text=shown(one.group()),
        )
        for one in _UNUSED.finditer(body)
        if len(one.group().split()) >= 4
    ]
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(body)
    page = tree_of(f"<html><body>{html}</body></html>")
    if page is None:
        return "", tuple(notes)
    removed = only_visible(page)
    return block_text(page), (*notes, *removed)


def read_text(source: str) -> Found:
    """Read a plain text file.

    Args:
        source: Its text.
    """
    if len(source) > MAX_LETTERS:
        return Found(kind="text", trouble=TOO_LONG)
    clean = cleaned(source, "the text")
    text = clean.text.strip()
    return Found(kind="text", title=heading(text), text=text, removed=clean.found)


def heading(text: str) -> str:
    """The first line of a text that can be its headline.

    Args:
        text: Any text.
    """
    lines = (line.strip(" #*|-\t") for line in text.splitlines()[:20])
    found = [line for line in lines if any(map(str.isalpha, line)) and not _CONTENTS.match(line)]
    fit = next((line for line in found if 2 <= len(line.split()) <= 25), None)
    return line_of(fit or (found[0] if found else ""), 160)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
