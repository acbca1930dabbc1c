"""Reads a web page: what its reader sees of the article, who published it and when."""

import copy
import datetime as dt
import re
import urllib.parse
from typing import Any, cast

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import extract, extract_metadata  # pyright: ignore[reportMissingTypeStubs]

from panel.domain.intake.reading import Found, Trouble, line_of
from panel.domain.intake.walls import words_in
from panel.domain.typography import find_folded
from panel.intake.blocks import block_text
from panel.intake.bounds import OVERSTYLED, TOO_LONG
from panel.intake.cascade import TooManyRulesError
from panel.intake.decoding import decoded
from panel.intake.tree import is_endless, tree_of
from panel.intake.visible import only_visible

_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LOCKED = re.compile(r'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)
_LEAST_SHARE = 0.2
"""An extractor that keeps less of the visible words than this has missed the article."""

_FEW = 30
"""On a page of so few words everything visible is the article."""

Page = tuple[Found, str, bool]
"""What was found, everything that is visible, and whether the page says it is not free."""


def read_html(data: bytes, *, charset: str = "", url: str = "") -> Page:
    """Read a web page.

    Args:
        data: Its bytes.
        charset: Charset its server declares, if it does.
        url: Where it stands; empty for a file.
    """
    text = decoded(data, charset)
    if isinstance(text, Trouble):
        return Found(kind="html", trouble=text), "", False
    page = tree_of(text)
    if page is None:
        return Found(kind="html"), "", False
    if is_endless(page):
        return Found(kind="html", trouble=TOO_LONG), "", False
    headings = _Headings(page)
    try:
        removed = only_visible(page)
    except TooManyRulesError:
        return Found(kind="html", trouble=OVERSTYLED), "", False
    visible = block_text(_body(page))
    found = Found(
        kind="html",
        title=headings.title(visible),
        publisher=headings.publisher(visible, url),
        author=headings.author(visible),
        published=headings.published,
        text=main_text(page, visible),
        language=headings.language,
        removed=removed,
    )
    return found, visible, bool(_LOCKED.search(text))


def main_text(page: HtmlElement, visible: str) -> str:
    """The article of a cleaned page, without what stands around it.

    Args:
        page: The page, without what cannot be seen.
        visible: All of its text.
    """
    whole = words_in(visible)
    if whole <= _FEW:
        return visible
    options: dict[str, Any] = {"include_comments": False, "favor_recall": True}
    found = extract(copy.deepcopy(page), output_format="xml", **options)
    if found:
        tree = etree.fromstring(found.encode(), etree.XMLParser(resolve_entities=False))
        article = tree.find("main")
        text = "" if article is None else block_text(article)
        if words_in(text) >= whole * _LEAST_SHARE:
            return text
    return visible


def _body(page: HtmlElement) -> HtmlElement:
    body = page.find("body")
    return page if body is None else body


class _Headings:
    """What a page says of itself, believed as far as its reader can see it.

    Args:
        page: The page as it came.
    """

    def __init__(self, page: HtmlElement) -> None:
        options = {"extensive_search": False, "original_date": True}
        found = cast("Any", extract_metadata(copy.deepcopy(page), date_config=options))
        self._said = found
        self._title = (page.findtext(".//title") or "").strip()
        heading = page.find(".//h1")
        self._heading = "" if heading is None else " ".join(heading.itertext())
        self.language = (page.get("lang") or page.get(_XML_LANGUAGE) or "")[:2].lower()

    @property
    def published(self) -> dt.date | None:
        """Day it was published."""
        try:
            return dt.date.fromisoformat(str(self._said.date or "")[:10])
        except ValueError:
            return None

    def title(self, visible: str) -> str:
        """Its headline, which its reader sees on the page or on the browser's tab."""
        for said in (self._said.title, self._heading):
            if said and (find_folded(said, visible) or find_folded(said, self._title)):
                return line_of(said)
        return line_of(self._title)

    def publisher(self, visible: str, url: str) -> str:
        """The name of the site, else its host."""
        said = line_of(self._said.sitename or "", 80)
        tab = re.split(r"\s[|\u2013\u2014\u00b7-]\s", self._title)
        if said and (find_folded(said, visible) or said in tab):
            return said
        host = urllib.parse.urlsplit(url).hostname or ""
        return line_of(host.removeprefix("www."), 80)

    def author(self, visible: str) -> str:
        """Who wrote it."""
        said = line_of(self._said.author or "", 120)
        return said if said and all(find_folded(one, visible) for one in said.split(";")) else ""
