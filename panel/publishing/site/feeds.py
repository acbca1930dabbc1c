"""New and corrected scorecards for feed readers, as Atom, RSS and JSON Feed, whole and by category.

Everything quoted comes from outside, so elements are built, never written as text; RSS readers
take a description for HTML, so its text is escaped once more there.
"""

import datetime as dt
import html
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from functools import partial
from typing import Any
from xml.etree import ElementTree as Xml

from panel.domain.publication.entry import Entry
from panel.domain.value import digest_of
from panel.publishing.site import paths
from panel.publishing.site.book import Book, Page
from panel.publishing.site.info import SiteInfo
from panel.publishing.site.listing import listing_name
from panel.publishing.site.phrases import OUTCOMES, name_of, result_line
from panel.publishing.words import one_line

_MOST = 50
_BEGINNING = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""What a feed without items says it was changed at."""


@dataclass(frozen=True)
class _Item:
    """One thing that happened.

    Attributes:
        id: Names it for ever.
        url: Where it is told.
        title: In one line.
        text: In some more.
        first: When the model first went live.
        at: When this happened.
        category: Kind of model.
    """

    id: str
    url: str
    title: str
    text: str
    first: dt.datetime
    at: dt.datetime
    category: str


@dataclass(frozen=True)
class _Feed:
    """One list of them.

    Attributes:
        site: The site.
        folder: Where it lies below the root.
        title: What it is called.
        entries: What happened to which models, the newest first.
    """

    site: SiteInfo
    folder: str
    title: str
    entries: Sequence[Entry] = ()

    def url(self, name: str) -> str:
        """Where one of its files is."""
        return f"{self.site.url}{self.folder}{name}"

    @property
    def items(self) -> list[_Item]:
        """What happened."""
        return [_item(self.site, entry) for entry in self.entries]


def feed_pages(book: Book) -> Iterator[Page]:
    """All feeds; none while nobody said where readers find the site, for they link absolutely.

    Args:
        book: Everything that is published.
    """
    if not book.site.url:
        return
    happened = sorted((*book.entries.values(), *book.retracted.values()), key=_order, reverse=True)
    groups = defaultdict[str, list[Entry]](list)
    for entry in happened:
        groups[listing_name(entry.category)].append(entry)
    name = one_line(book.site.name)
    yield from _pages(_Feed(book.site, paths.FEEDS_FOLDER, name, happened[:_MOST]))
    for slug, entries in sorted(groups.items()):
        title = f"{name}: {one_line(entries[0].category)}"
        yield from _pages(_Feed(book.site, category_folder(slug), title, entries[:_MOST]))


def category_folder(slug: str) -> str:
    """Where the feeds of a category lie.

    Args:
        slug: Name of the category in addresses.
    """
    return f"{paths.FEEDS_FOLDER}{slug}/"


def empty_feed(site: SiteInfo, path: str) -> bytes:
    """A feed in which nothing happens any more.

    Args:
        site: The site.
        path: Where it lies.
    """
    folder, _, name = path.rpartition("/")
    write = _FORMS.get(name, _json)
    return write(_Feed(site, f"{folder}/", one_line(site.name)))


def _order(entry: Entry) -> tuple[dt.datetime, str]:
    return (entry.retracted or entry.at, entry.slug)


def _pages(feed: _Feed) -> Iterator[Page]:
    named = [[one.edition, one.at.isoformat(), one.retracted is None] for one in feed.entries]
    key = digest_of("feed", [feed.site.digest, feed.folder, feed.title, named])
    for name, write in _FORMS.items():
        yield Page(feed.folder + name, key, partial(write, feed))


def _item(site: SiteInfo, entry: Entry) -> _Item:
    url = f"{site.url}{paths.model_path(entry.slug)}"
    name, vendor = name_of(entry), one_line(entry.vendor)
    if entry.retracted:
        title, text = f"Retracted: {name}", f"The scorecard of {name} by {vendor} was retracted."
    else:
        before = {"corrected": "Corrected: ", "draft": "Draft, approved by nobody: "}
        title = f"{before.get(entry.kind, '')}{name}: {OUTCOMES[entry.outcome]}"
        note = one_line(entry.note)
        made = "Drafted by AI personas, edited by a human"
        told = filter(None, (note, one_line(entry.tagline), result_line(entry), made))
        text = " ".join(f"{part.rstrip('.')}." for part in told)
    mark = f"{entry.edition[:16]}{'-retracted' if entry.retracted else ''}"
    at = entry.retracted or entry.at
    return _Item(f"{url}#{mark}", url, title, text, entry.first, at, one_line(entry.category))


def _changed(items: Sequence[_Item]) -> dt.datetime:
    return max((item.at for item in items), default=_BEGINNING)


def _atom(feed: _Feed) -> bytes:
    items = feed.items
    root = Xml.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    _add(root, "title", feed.title)
    _add(root, "id", feed.url("atom.xml"))
    _add(root, "updated", _stamp(_changed(items)))
    Xml.SubElement(root, "link", rel="self", href=feed.url("atom.xml"), type="application/atom+xml")
    Xml.SubElement(root, "link", rel="alternate", href=feed.site.url, type="text/html")
    _add(Xml.SubElement(root, "author"), "name", one_line(feed.site.name))
    for item in items:
        entry = Xml.SubElement(root, "entry")
        _add(entry, "title", item.title)
        _add(entry, "id", item.id)
        _add(entry, "published", _stamp(item.first))
        _add(entry, "updated", _stamp(item.at))
        Xml.SubElement(entry, "link", rel="alternate", href=item.url, type="text/html")
        Xml.SubElement(entry, "category", term=item.category)
        _add(entry, "summary", item.text)
    return _written(root)


def _rss(feed: _Feed) -> bytes:
    items = feed.items
    root = Xml.Element("rss", {"version": "2.0", "xmlns:atom": "http://www.w3.org/2005/Atom"})
    channel = Xml.SubElement(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.site.url)
    _add(channel, "description", f"New and corrected scorecards of {feed.title}")
    _add(channel, "language", "en")
    _add(channel, "lastBuildDate", format_datetime(_changed(items)))
    own = {"href": feed.url("rss.xml"), "rel": "self", "type": "application/rss+xml"}
    Xml.SubElement(channel, "atom:link", own)
    for item in items:
        entry = Xml.SubElement(channel, "item")
        _add(entry, "title", html.escape(item.title, quote=False))
        _add(entry, "link", item.url)
        _add(entry, "description", html.escape(item.text, quote=False))
        _add(entry, "category", item.category)
        _add(entry, "guid", item.id)
        _add(entry, "pubDate", format_datetime(item.at))
    return _written(root)


def _json(feed: _Feed) -> bytes:
    plain: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.site.url,
        "feed_url": feed.url("feed.json"),
        "language": "en",
        "authors": [{"name": one_line(feed.site.name), "url": feed.site.url}],
        "items": [
            {
                "id": item.id,
                "url": item.url,
                "title": item.title,
                "content_text": item.text,
                "date_published": _stamp(item.first),
                "date_modified": _stamp(item.at),
                "tags": [item.category],
            }
            for item in feed.items
        ],
    }
    return json.dumps(plain, ensure_ascii=False, indent=1).encode() + b"\n"


_FORMS: Mapping[str, Callable[[_Feed], bytes]] = {
    "atom.xml": _atom,
    "rss.xml": _rss,
    "feed.json": _json,
}


def _add(parent: Xml.Element, tag: str, text: str) -> None:
    Xml.SubElement(parent, tag).text = text


def _stamp(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _written(root: Xml.Element) -> bytes:
    text: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"
