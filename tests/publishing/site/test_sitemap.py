"""Sitemaps name every page for readers, in parts when one cannot hold them all."""

import pytest
from lxml import etree

from panel.publishing.site import sitemap
from panel.publishing.site.book import Page
from panel.publishing.site.sitemap import empty_sitemap, sitemap_pages
from tests.publishing.site.books import SITE, MemoryBook
from tests.publishing.site.published import make_published

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
PLANNED = dict.fromkeys(
    [
        "index.html",
        "models/tern/index.html",
        "models/tern/card.png",
        "compare/heron/tern/index.html",
    ],
    "",
)


def pages(book: MemoryBook, planned: dict[str, str] = PLANNED) -> dict[str, Page]:
    """The files."""
    return {page.path: page for page in sitemap_pages(book, planned)}


def locations(content: bytes) -> list[str]:
    """The addresses a sitemap names."""
    return etree.fromstring(content).xpath("//s:loc/text()", namespaces=SPACE)  # pyright: ignore


def test_every_page_is_named_with_the_day_of_its_models() -> None:
    found = pages(MemoryBook([make_published("tern"), make_published("heron")]))
    content = found["sitemap.xml"].render()
    assert locations(content) == [
        f"{SITE.url}{path}" for path in ("compare/heron/tern/", "", "models/tern/")
    ]
    days = etree.fromstring(content).xpath("//s:lastmod/text()", namespaces=SPACE)
    assert days == ["2026-05-12", "2026-05-12"]
    assert f"Sitemap: {SITE.url}sitemap.xml" in found["robots.txt"].render().decode()


def test_what_is_retracted_or_moved_is_not_looked_for() -> None:
    book = MemoryBook([], moved={"tern": "heron"})
    assert f"{SITE.url}models/tern/" not in locations(pages(book)["sitemap.xml"].render())


def test_many_pages_come_in_parts_and_a_change_rewrites_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sitemap, "_MOST", 5)
    monkeypatch.setattr(sitemap, "_PART", 4)
    planned = {f"models/m{number}/index.html": "" for number in range(10)}
    before = pages(MemoryBook([]), planned)
    assert locations(before["sitemap.xml"].render()) == [
        f"{SITE.url}sitemap-{number}.xml" for number in (1, 2, 3)
    ]
    named = [one for part in (1, 2, 3) for one in locations(before[f"sitemap-{part}.xml"].render())]
    assert named == [f"{SITE.url}models/m{number}/" for number in range(10)]
    after = pages(MemoryBook([make_published("m1")]), planned)
    changed = [path for path in before if before[path].key != after[path].key]
    assert changed == ["sitemap-1.xml"]


def test_a_preview_and_a_site_without_address_have_no_sitemap() -> None:
    preview = MemoryBook([], site=SITE.model_copy(update={"preview": True}))
    assert list(pages(preview)) == ["robots.txt"]
    assert pages(preview)["robots.txt"].render() == b"User-agent: *\nDisallow: /\n"
    nowhere = MemoryBook([], site=SITE.model_copy(update={"url": ""}))
    assert list(pages(nowhere)) == ["robots.txt"]
    assert b"Sitemap" not in pages(nowhere)["robots.txt"].render()


def test_an_empty_sitemap_is_one() -> None:
    assert locations(empty_sitemap()) == []
