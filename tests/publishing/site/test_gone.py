"""An address that is no more says what became of it, in the form that was asked for."""

import json
from pathlib import Path

import pytest

from panel.publishing.site.addresses import Addresses
from panel.publishing.site.book import Page
from panel.publishing.site.gone import gone_pages
from tests.publishing.site.books import SITE, MemoryBook, Text
from tests.publishing.site.published import make_published
from tests.publishing.site.reading import parsed


def gone(
    *known: str, planned: tuple[str, ...] = (), moved: dict[str, str] | None = None
) -> dict[str, Page]:
    """Pages for addresses that are known and not planned."""
    book = MemoryBook([make_published("tern"), make_published("heron")], moved=moved or {})
    addresses = Addresses(frozenset(known))
    return {page.path: page for page in gone_pages(book, addresses, dict.fromkeys(planned, ""))}


def text(page: Page) -> Text:
    """A page as it is read."""
    return Text(page.render().decode())


def test_what_is_planned_is_not_gone() -> None:
    assert not gone("models/tern/index.html", planned=("models/tern/index.html",))
    assert not gone("search/a.json", "assets/site.old.css")


def test_a_comparison_that_is_no_more_leads_to_its_models() -> None:
    page = text(gone("compare/heron/tern/index.html")["compare/heron/tern/index.html"])
    assert "not published any more" in page.text
    assert {"../../../models/heron/", "../../../models/tern/"} <= set(page.links)
    assert ("meta", {"name": "robots", "content": "noindex"}) in page.tags


def test_a_comparison_follows_its_models_where_they_moved() -> None:
    path, new = "compare/heron/old/index.html", "compare/heron/tern/index.html"
    page = text(gone(path, planned=(new,), moved={"old": "tern"})[path])
    assert "has moved" in page.text
    refresh = [told for _, told in page.tags if told.get("http-equiv") == "refresh"]
    assert refresh == [{"http-equiv": "refresh", "content": "0; url=../../../compare/heron/tern/"}]
    assert "../../../compare/heron/tern/" in page.links


def test_a_page_of_a_list_leads_to_the_list() -> None:
    path = "leaderboard/pages/9/index.html"
    assert "../../../leaderboard/" in text(gone(path)[path]).links


@pytest.mark.parametrize("path", ["models/none/index.html", "old.html/index.html", "index.html"])
def test_any_other_page_says_so(path: str) -> None:
    assert "No longer here" in text(gone(path)[path]).text


def test_programs_and_frames_find_something_of_their_kind() -> None:
    names = ("models/x/data.json", "models/x/card.png", "export/2020-w01.jsonl")
    feeds = ("feeds/birds/atom.xml", "feeds/birds/rss.xml", "feeds/birds/feed.json")
    found = {path: page.render() for path, page in gone(*names, *feeds, "sitemap-9.xml").items()}
    assert json.loads(found[names[0]]) == {"gone": True, "see": SITE.url}
    assert found[names[1]].startswith(b"\x89PNG")
    assert found[names[2]] == b""
    assert json.loads(found[feeds[2]])["items"] == []
    for path in feeds[:2]:
        assert not parsed(found[path]).entries
    assert b"<urlset" in found["sitemap-9.xml"]


def test_an_asset_of_an_older_build_stays_as_long_as_it_lies_there(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/site.1.css").write_text("old", encoding="utf-8")
    addresses = Addresses(frozenset({"assets/site.1.css", "assets/site.2.css"}), tmp_path)
    (page,) = gone_pages(MemoryBook([]), addresses, {})
    assert (page.path, page.render()) == ("assets/site.1.css", b"old")
