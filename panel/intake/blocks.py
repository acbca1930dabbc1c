"""From a tree of elements to plain text: a blank line between paragraphs, one line for each row.

Words of one line stay on one line, so that a sentence of the page is a stretch of the text.
"""

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_PARAGRAPHS = frozenset(
    {
        "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "h1",
        "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "figure",
        "figcaption", "details", "summary", "form", "fieldset", "address", "hr", "body",
        "head", "quote", "list", "code", "legend", "hgroup", "center", "comments",
        "doc",        "caption",
    }
)  # fmt: skip
_ROWS = frozenset({"tr", "row"})
_CELLS = frozenset({"td", "th", "cell"})
_ITEMS = frozenset({"li", "item", "dt", "dd"})
_BREAKS = frozenset({"br", "lb"})
_INLINE_CODE = frozenset({"p", "li", "item", "td", "th", "cell", "span", "head", "dd", "dt"})


def block_text(root: Element) -> str:
    """The text of a tree, paragraph by paragraph.

    Args:
        root: A cleaned page, or the tree that an extractor made of one.
    """
    text = "".join(_pieces(root))
    text = re.sub(r"[ \t\x0b\f\r\u00a0\u2000-\u200a\u202f\u3000]+", " ", text)
    text = re.sub(r" ?\n ?", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _pieces(root: Element) -> Iterator[str]:
    """Text and separators in the order of the page; no recursion, since pages nest deeply."""
    todo: list[tuple[Element, bool]] = [(root, True)]
    while todo:
        element, opening = todo.pop()
        before, after = _edges(element)
        if not opening:
            yield after
            if element is not root:
                yield _line(element.tail)
            continue
        yield before
        yield (element.text or "") if element.tag == "pre" else _line(element.text)
        todo.append((element, False))
        todo.extend((child, True) for child in reversed(element))


def _edges(element: Element) -> tuple[str, str]:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag == "code" and (above := element.getparent()) is not None and above.tag in _INLINE_CODE:
        return "", ""
    if tag in _BREAKS:
        return "\n", ""
    if tag in _ITEMS:
        return "\n- " if tag in {"li", "item"} else "\n", ""
    if tag in _ROWS:
        return "\n|", ""
    if tag in _CELLS:
        return " ", " |"
    around = " " if _in_cell(element) else "\n\n"
    return (around, around) if tag in _PARAGRAPHS else ("", "")


def _in_cell(element: Element) -> bool:
    above = element.getparent()
    return above is not None and above.tag in _CELLS


def _line(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""
