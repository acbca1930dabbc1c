from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, cast

import pytest

from panel.domain.publication.entry import Entry
from panel.publishing.site.assets import assets
from panel.publishing.site.book import Book
from panel.publishing.site.digest_pages import digest_html, digest_pages
from panel.publishing.site.info import SiteInfo
from tests.domain.publication.test_weekly import MONDAY, SUNDAY, at, entry, release, weekly

SITE = SiteInfo(name="Test", url="https://reviews.example/", votes=True, assets=assets())
GONE = entry("gone", release(5), retracted=at(15), why_retracted="Another model.")
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}'\"><img src=x onerror=alert(1)>"


@dataclass
class Shelf:
    """As much of a book as digests look at."""

    site: SiteInfo = SITE
    entries: dict[str, Entry] = field(default_factory=dict[str, Entry])
    retracted: dict[str, Entry] = field(default_factory=lambda: {"gone": GONE})


def pages(*entries: Entry, site: SiteInfo = SITE) -> dict[str, Any]:
    """Digest pages by path."""
    book = cast("Book", Shelf(site, {one.slug: one for one in entries}))
    return {page.path: page for page in digest_pages(book)}


class Names(HTMLParser):
    """Elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]


def test_each_week_has_a_page_and_a_text() -> None:
    found = pages(entry("a", release(12)))
    assert list(found) == [
        "digest/2026-w20/index.html",
        "digest/2026-w20/digest.txt",
        "digest/2026-w19/index.html",
        "digest/2026-w19/digest.txt",
        "digest/index.html",
    ]
    page = found["digest/2026-w20/index.html"].render().decode()
    assert 'href="../../models/a/"' in page
    assert 'href="../../digest/2026-w19/"' in page
    assert "Another model." in page
    assert b"https://reviews.example/models/a/" in found["digest/2026-w20/digest.txt"].render()
    listing = found["digest/index.html"].render().decode()
    assert 'href="../digest/2026-w20/"' in listing
    assert 'action="../subscribe"' in listing


def test_equal_input_gives_equal_bytes_and_keys() -> None:
    first, second = (pages(entry("a", release(12))) for _ in range(2))
    assert {path: (page.key, page.render()) for path, page in first.items()} == {
        path: (page.key, page.render()) for path, page in second.items()
    }


def test_a_key_changes_with_what_its_page_says_and_nothing_else() -> None:
    before = pages(entry("a", release(12)))
    after = pages(entry("a", release(12), release(13, "skip", 0)))
    changed = {path for path in before if before[path].key != after[path].key}
    assert changed == {
        "digest/2026-w20/index.html",
        "digest/2026-w20/digest.txt",
        "digest/index.html",
    }


def test_a_static_site_offers_no_subscription() -> None:
    found = pages(site=SITE.model_copy(update={"votes": False}))
    assert "<form" not in found["digest/index.html"].render().decode()


@pytest.mark.parametrize("name", ["name", "vendor", "tagline", "why_retracted"])
def test_hostile_words_are_inert(name: str) -> None:
    gone = name == "why_retracted"
    told = {"retracted": at(13)} if gone else {}
    bad = entry("bad", release(12, note=HOSTILE), **{**told, name: HOSTILE})
    page = digest_html(SITE, weekly([bad], MONDAY, SUNDAY)).decode()
    names = Names(page)
    assert "&lt;script&gt;alert(1)" in page
    assert "img" not in names.tags
    assert not [one for one in names.attributes if one.startswith("on") or one == "style"]
    assert names.tags.count("script") == len([one for one in SITE.assets if one == "site.js"])


def test_a_site_without_a_release_says_so() -> None:
    book = cast("Book", Shelf(retracted={}))
    (page,) = digest_pages(book)
    assert "Nothing was published yet." in page.render().decode()
