"""Pages there is one of: corrections, how it works, and the answer where there is no page."""

from collections.abc import Iterable, Iterator
from functools import partial
from urllib.parse import urlsplit

from pydantic import AwareDatetime

from panel.domain.publication.entry import Entry
from panel.domain.value import Value, digest_of
from panel.publishing.site import paths
from panel.publishing.site.book import Book, Page
from panel.publishing.site.listing import Part, parts
from panel.publishing.site.templating import render, templates_digest

NOT_FOUND = "404.html"
"""Where servers of static files look for the page of what is not there."""


class Told(Value):
    """Something that was put right in public.

    Attributes:
        at: When.
        slug: The model.
        name: What it is called.
        note: What readers were told; that of a retraction stands on its own page.
        retracted: Whether the model was taken back whole.
    """

    at: AwareDatetime
    slug: str
    name: str
    note: str
    retracted: bool


def fixed_pages(book: Book) -> Iterable[Page]:
    """Corrections, the method in words, and the page of what is not there.

    Args:
        book: Everything that is published.
    """
    yield from _corrections(book)
    yield _plain(book, "about.html.j2", paths.ABOUT)
    yield _not_found(book)


def told_of(entries: Iterable[Entry], retracted: Iterable[Entry]) -> list[Told]:
    """Corrections and retractions, newest first.

    Args:
        entries: Models that readers see.
        retracted: Models that they see no more.
    """
    taken = list(retracted)
    found = [
        Told(at=one.at, slug=entry.slug, name=entry.name, note=one.note, retracted=False)
        for entry in (*entries, *taken)
        for one in entry.corrections
    ]
    found += [
        Told(at=entry.retracted, slug=entry.slug, name=entry.name, note="", retracted=True)
        for entry in taken
        if entry.retracted
    ]
    return sorted(found, key=lambda one: (-one.at.timestamp(), one.slug, one.note))


def _corrections(book: Book) -> Iterator[Page]:
    for part in parts(told_of(book.entries.values(), book.retracted.values()), paths.CORRECTIONS):
        shown = [one.model_dump(mode="json") for one in part.items]
        key = _key(book, part.path, [part.number, part.total, shown])
        yield Page(paths.file_of(part.path), key, partial(_correction_page, book, part))


def _correction_page(book: Book, part: Part[Told]) -> bytes:
    return render("corrections.html.j2", book.site, part.path, {"part": part})


def _plain(book: Book, template: str, path: str) -> Page:
    make = partial(render, template, book.site, path, {})
    return Page(paths.file_of(path), _key(book, path, None), make)


def _not_found(book: Book) -> Page:
    """Answers at any depth, so that its links start at the site's own root."""
    context = {"root": urlsplit(book.site.url).path or "/", "hidden": True}
    make = partial(render, "not_found.html.j2", book.site, NOT_FOUND, context)
    return Page(NOT_FOUND, _key(book, NOT_FOUND, None), make)


def _key(book: Book, about: str, rests_on: object) -> str:
    return digest_of("page", [templates_digest(), book.site.digest, about, rests_on])
