"""Plans the digests of the site: a page and a plain text for each week, and the list of them."""

from collections.abc import Iterator
from functools import partial

from panel.domain.publication.weekly import Weekly, weeks
from panel.domain.value import digest_of
from panel.publishing.site import paths
from panel.publishing.site.book import Book, Page
from panel.publishing.site.digest_view import NOTICE, DigestView, digest_text, digest_view
from panel.publishing.site.info import SiteInfo
from panel.publishing.site.templating import render, templates_digest

TEXT = "digest.txt"
"""Name of the plain text beside a digest's page."""


def digest_pages(book: Book) -> Iterator[Page]:
    """A page for each week in which anything was published, and the list of all.

    Args:
        book: Everything that is published.
    """
    found = weeks([*book.entries.values(), *book.retracted.values()])
    names = list(found)
    for at, (name, weekly) in enumerate(found.items()):
        newer = names[at - 1] if at else ""
        older = names[at + 1] if at + 1 < len(names) else ""
        path = paths.digest_path(name)
        key = _key(book.site, "digest", weekly.digest, newer, older)
        draw = partial(_page, book.site, weekly, (newer, older))
        yield Page(paths.file_of(path), key, draw)
        text = _key(book.site, "digest text", weekly.digest)
        yield Page(path + TEXT, text, partial(_text, book.site, weekly))
    key = _key(book.site, "digests", *(weekly.digest for weekly in found.values()))
    yield Page(paths.file_of(paths.DIGESTS), key, partial(_list, book.site, tuple(found.values())))


def digest_html(site: SiteInfo, weekly: Weekly, near: tuple[str, str] = ("", "")) -> bytes:
    """A digest as a page of the site.

    Args:
        site: The site.
        weekly: What happened.
        near: Names of the digests after and before it; empty where there is none.
    """
    return _page(site, weekly, near)


def _page(site: SiteInfo, weekly: Weekly, near: tuple[str, str]) -> bytes:
    view = digest_view(weekly)
    newer, older = near
    context = {
        "digest": view,
        "notice": NOTICE,
        "text": TEXT,
        "newer": newer,
        "older": older,
    }
    return render("digest.html.j2", site, paths.digest_path(weekly.name), context)


def _text(site: SiteInfo, weekly: Weekly) -> bytes:
    return digest_text(digest_view(weekly), site.url).encode()


def _list(site: SiteInfo, found: tuple[Weekly, ...]) -> bytes:
    views: list[DigestView] = [digest_view(weekly) for weekly in found]
    return render("digest_index.html.j2", site, paths.DIGESTS, {"digests": views})


def _key(site: SiteInfo, kind: str, *parts: str) -> str:
    return digest_of(kind, [templates_digest(), site.digest, *parts])
