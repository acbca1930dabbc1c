"""Addresses that were published once and lead nowhere now: each says what became of it.

Somebody has linked to them. Retracted models and their old slugs have pages of their own; this is
about everything else that a build no longer makes.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from panel.domain.value import Digest, digest_of
from panel.publishing.site import paths
from panel.publishing.site.addresses import Addresses, lasting
from panel.publishing.site.assets import FOLDER, kept_asset
from panel.publishing.site.book import Book, Page
from panel.publishing.site.feeds import empty_feed
from panel.publishing.site.open_graph import site_image
from panel.publishing.site.sitemap import empty_sitemap
from panel.publishing.site.templating import render, templates_digest
from panel.publishing.words import one_line


@dataclass(frozen=True)
class _Gone:
    """An address that leads nowhere.

    Attributes:
        path: Of the page, as links name it.
        to: Where it leads instead, address and name; None for a page that is no more.
        near: What is still there and close to it.
    """

    path: str
    to: tuple[str, str] | None
    near: tuple[tuple[str, str], ...]


def gone_pages(book: Book, addresses: Addresses, planned: Mapping[str, Digest]) -> Iterator[Page]:
    """A page for every address that is known and not planned.

    Args:
        book: Everything that is published.
        addresses: Every address that was ever published.
        planned: What the site consists of now.
    """
    for path in sorted(addresses.known - planned.keys()):
        if path.startswith(FOLDER):
            if addresses.folder and (addresses.folder / path).is_file():
                yield kept_asset(path, addresses.folder)
        elif path.endswith(paths.INDEX):
            yield _page(book, _what(book, path.removesuffix(paths.INDEX), planned))
        elif lasting(path):
            key = digest_of("gone", [path, book.site.digest])
            yield Page(path, key, partial(_file, book, path))


def _page(book: Book, gone: _Gone) -> Page:
    parts = [templates_digest(), book.site.digest, gone.path, gone.to, gone.near]
    return Page(paths.file_of(gone.path), digest_of("gone", parts), partial(_rendered, book, gone))


def _rendered(book: Book, gone: _Gone) -> bytes:
    context = {"to": gone.to, "near": gone.near, "hidden": True}
    return render("gone.html.j2", book.site, gone.path, context)


def _what(book: Book, path: str, planned: Mapping[str, Digest]) -> _Gone:
    """What became of a page: followed where its models went, else with what is near."""
    section, *rest = path.rstrip("/").split("/")
    slugs = [book.moved.get(slug, slug) for slug in rest]
    there = {**book.entries, **book.retracted}
    to = paths.comparison_path(*slugs) if section == "compare" and len(slugs) == 2 else None
    near = [(paths.model_path(slug), one_line(there[slug].name)) for slug in slugs if slug in there]
    if to and paths.file_of(to) in planned and to != path:
        return _Gone(path, (to, " or ".join(name for _, name in near)), ())
    if path.startswith(paths.LEADERBOARD):
        near.append((paths.LEADERBOARD, "the leaderboard"))
    return _Gone(path, None, tuple(near))


def _file(book: Book, path: str) -> bytes:
    """What a program or a picture frame finds: something of its kind that says nothing."""
    if path.endswith(".png"):
        return site_image(book.site)
    if path.startswith(paths.FEEDS_FOLDER):
        return empty_feed(book.site, path)
    if path.endswith(".xml"):
        return empty_sitemap()
    if path.endswith(".json"):
        return json.dumps({"gone": True, "see": book.site.url}).encode() + b"\n"
    return b""
