"""What tells search engines which pages there are: sitemaps, and robots.txt to find them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from xml.etree import ElementTree as Xml

from panel.domain.value import Digest, digest_of
from panel.publishing.site import paths
from panel.publishing.site.book import Book, Page
from panel.publishing.site.info import SiteInfo

_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST = 50_000
"""Addresses one sitemap may hold."""
_PART = 10_000
"""Addresses in each part once there are too many for one: a change rewrites one part, or few."""

Stop = tuple[str, str]
"""An address below the root, and the day it changed last; empty when it has none."""


def sitemap_pages(book: Book, planned: Mapping[str, Digest]) -> Iterator[Page]:
    """The sitemap, in parts when it must be, and robots.txt.

    Args:
        book: Everything that is published.
        planned: Every page of the site.
    """
    site = book.site
    key = digest_of("robots", [site.url, site.preview])
    yield Page(paths.ROBOTS, key, partial(_robots, site))
    if not site.url or site.preview:
        return
    stops = list(_stops(book, planned))
    if len(stops) <= _MOST:
        yield _part(site, paths.SITEMAP, stops)
        return
    parts = [
        (f"sitemap-{at // _PART + 1}.xml", stops[at : at + _PART])
        for at in range(0, len(stops), _PART)
    ]
    yield from (_part(site, name, part) for name, part in parts)
    names = [name for name, _ in parts]
    key = digest_of("sitemaps", [site.url, names])
    yield Page(paths.SITEMAP, key, partial(_index, site, names))


def empty_sitemap() -> bytes:
    """A sitemap of nothing."""
    return _written(Xml.Element("urlset", xmlns=_SPACE))


def _stops(book: Book, planned: Mapping[str, Digest]) -> Iterator[Stop]:
    """Pages for readers; those of retracted models are there, but nothing to look for."""
    hidden = {paths.file_of(paths.model_path(slug)) for slug in (*book.retracted, *book.moved)}
    days = {slug: entry.at.date().isoformat() for slug, entry in book.entries.items()}
    for path in sorted(planned):
        if not path.endswith(paths.INDEX) or path in hidden:
            continue
        slugs = path.split("/")[1:-1] if path.startswith(("models/", "compare/")) else ()
        day = max((days.get(slug, "") for slug in slugs), default="")
        yield path.removesuffix(paths.INDEX), day


def _part(site: SiteInfo, name: str, stops: Sequence[Stop]) -> Page:
    key = digest_of("sitemap", [site.url, stops])
    return Page(name, key, partial(_sitemap, site, stops))


def _sitemap(site: SiteInfo, stops: Sequence[Stop]) -> bytes:
    root = Xml.Element("urlset", xmlns=_SPACE)
    for address, day in stops:
        url = Xml.SubElement(root, "url")
        Xml.SubElement(url, "loc").text = site.url + address
        if day:
            Xml.SubElement(url, "lastmod").text = day
    return _written(root)


def _index(site: SiteInfo, names: Sequence[str]) -> bytes:
    root = Xml.Element("sitemapindex", xmlns=_SPACE)
    for name in names:
        Xml.SubElement(Xml.SubElement(root, "sitemap"), "loc").text = site.url + name
    return _written(root)


def _robots(site: SiteInfo) -> bytes:
    if site.preview:
        return b"User-agent: *\nDisallow: /\n"
    found = f"\nSitemap: {site.url}{paths.SITEMAP}\n" if site.url else ""
    return f"User-agent: *\nAllow: /\n{found}".encode()


def _written(root: Xml.Element) -> bytes:
    text: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"
