"""Parses HTML into a tree, as browsers mend it."""

from lxml import etree, html
from lxml.html import HtmlElement

from panel.intake.bounds import MAX_ELEMENTS, MAX_LETTERS


def tree_of(text: str) -> HtmlElement | None:
    """The tree of a page; None when there is nothing in it.

    Args:
        text: Its source.
    """
    data = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        return html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return None


def is_endless(page: HtmlElement) -> bool:
    """Whether a page is larger than any article.

    Args:
        page: Its tree.
    """
    letters = 0
    for elements, element in enumerate(page.iter()):
        if element.tag not in {"script", "style"}:
            letters += len(element.text or "")
        letters += len(element.tail or "")
        if elements >= MAX_ELEMENTS or letters > MAX_LETTERS:
            return True
    return False
