"""Feeds say what happened, parse without a complaint, and carry nobody's markup."""

import datetime as dt
import html
import json

import pytest
from lxml import etree
from lxml.html import fragment_fromstring

from panel.domain.publication.release import Published, Retraction
from panel.publishing.site.feeds import category_folder, empty_feed, feed_pages
from panel.testing import make_dossier
from tests.publishing.hostile import PAYLOADS
from tests.publishing.site.books import SITE, MemoryBook, pages
from tests.publishing.site.published import NOON, make_published
from tests.publishing.site.reading import parsed

ATOM, RSS, JSON = "feeds/atom.xml", "feeds/rss.xml", "feeds/feed.json"
LATER = NOON + dt.timedelta(days=1)


def files(*models: Published) -> dict[str, bytes]:
    """Every feed by path."""
    return {path: page.render() for path, page in pages(MemoryBook(models), feed_pages).items()}


def test_all_three_say_the_same_the_newest_first() -> None:
    found = files(make_published("tern"), make_published("heron", at=LATER))
    plain = json.loads(found[JSON])
    for path in (ATOM, RSS):
        feed = parsed(found[path])
        assert [entry.title for entry in feed.entries] == ["Heron: Ship", "Tern: Ship"]
        assert [entry.link for entry in feed.entries] == [
            f"{SITE.url}models/{slug}/" for slug in ("heron", "tern")
        ]
        assert [entry.id for entry in feed.entries] == [item["id"] for item in plain["items"]]
        assert "3 of 5 seats ship it (60 %, 95 % interval" in feed.entries[0].summary
        assert "n = 5" in feed.entries[0].summary
        assert "AI personas, edited by a human" in feed.entries[0].summary
    assert [item["title"] for item in plain["items"]] == ["Heron: Ship", "Tern: Ship"]
    assert plain["items"][0]["date_modified"] == "2026-05-13T12:00:00Z"


def test_a_correction_and_a_retraction_are_news() -> None:
    made = make_published("tern", kind="corrected", at=LATER)
    told = made.last.model_copy(update={"note": "A price was wrong."})
    corrected = made.model_copy(update={"releases": (told,)})
    taken = make_published("heron").model_copy(
        update={"retraction": Retraction(at=LATER, by="Pia", note="Wrong model.")}
    )
    feed = parsed(files(corrected, taken)[ATOM])
    assert [entry.title for entry in feed.entries] == ["Corrected: Tern: Ship", "Retracted: Heron"]
    assert "A price was wrong." in feed.entries[0].summary
    before = parsed(files(make_published("heron"))[ATOM]).entries[0].id
    assert feed.entries[1].id != before


def test_each_category_has_its_own() -> None:
    dossier = make_dossier(slug="tern", category="Birds & Bees")
    found = files(make_published("tern", dossier=dossier), make_published("heron"))
    for name in ("atom.xml", "rss.xml"):
        feed = parsed(found[f"{category_folder('birds-bees')}{name}"])
        assert [entry.link for entry in feed.entries] == [f"{SITE.url}models/tern/"]
        assert feed.entries[0].tags[0].term == "Birds & Bees"


def test_a_feed_stays_as_it_is_when_nothing_happened() -> None:
    book = MemoryBook([make_published("tern")])
    again = MemoryBook([make_published("tern")])
    before, after = pages(book, feed_pages), pages(again, feed_pages)
    assert {path: page.key for path, page in before.items()} == {
        path: page.key for path, page in after.items()
    }
    assert before[ATOM].render() == after[ATOM].render()


def test_fifty_things_are_enough() -> None:
    models = [
        make_published(f"m{number}", at=NOON + dt.timedelta(hours=number)) for number in range(60)
    ]
    feed = parsed(files(*models)[RSS])
    assert len(feed.entries) == 50
    assert feed.entries[0].title == "M59: Ship"


def test_without_an_address_there_is_none() -> None:
    nowhere = MemoryBook([make_published()], site=SITE.model_copy(update={"url": ""}))
    assert not pages(nowhere, feed_pages)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_outside_text_stays_text(payload: str) -> None:
    dossier = make_dossier(
        slug="tern", name=payload, vendor=payload, category=payload[:60], tagline=payload
    )
    found = files(make_published("tern", dossier=dossier, kind="corrected", note=payload))
    title = f"Corrected: {payload}: Ship"
    entry = parsed(found[ATOM]).entries[0]
    assert (entry.title_detail.type, entry.title) == ("text/plain", title)
    assert (entry.summary_detail.type, payload in entry.summary) == ("text/plain", True)
    assert parsed(found[RSS]).entries[0].link == f"{SITE.url}models/tern/"
    item = etree.fromstring(found[RSS]).find("channel/item")
    assert item is not None
    for tag, expected in (("title", title), ("description", payload)):
        text = str(item.findtext(tag))
        assert expected in html.unescape(text)
        assert not list(fragment_fromstring(text, create_parent="p"))  # as readers take it
    plain = json.loads(found[JSON])["items"][0]
    assert plain["title"] == title
    assert "content_html" not in plain


def test_what_xml_cannot_hold_is_made_visible() -> None:
    site = SITE.model_copy(update={"name": "bell\x07 zero\x00 \ufffe end"})
    for name in ("atom.xml", "rss.xml"):
        assert (
            parsed(empty_feed(site, f"feeds/{name}")).feed.title
            == "bell\ufffd zero\ufffd \ufffd end"
        )
