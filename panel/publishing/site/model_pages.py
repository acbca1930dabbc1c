"""The pages about single models: the model, what stays of a retracted one, and old addresses."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from panel.domain.publication.entry import Entry
from panel.domain.publication.related import MOST, Related
from panel.domain.value import digest_of
from panel.publishing.site import paths
from panel.publishing.site.book import Book, Page
from panel.publishing.site.embed import embed
from panel.publishing.site.listing import listing_name
from panel.publishing.site.markup import model_markup
from panel.publishing.site.model_view import model_view
from panel.publishing.site.templating import render, templates_digest


@dataclass(frozen=True)
class _Around:
    """Other models that the page of one shows.

    Attributes:
        near: Related models.
        rivals: Models it is compared with by name, whose prices and figures stand beside its own.
        beside: Models it shares a page with.
    """

    near: Sequence[Entry]
    rivals: Sequence[Entry]
    beside: Sequence[Entry]

    @property
    def slugs(self) -> Sequence[str]:
        """Slugs of all of them, in a set order."""
        return sorted({one.slug for one in (*self.near, *self.rivals, *self.beside)})


def model_pages(book: Book) -> Iterable[Page]:
    """A page for every model that was ever published, and one for every slug that moved.

    Args:
        book: Everything that is published.
    """
    related, pairs = Related(book.entries.values()), _paired(book)
    for slug, entry in book.entries.items():
        beside = [book.entries[one] for one in pairs.get(slug, ())[:MOST]]
        yield _model_page(book, entry, _Around(related.of(entry), related.rivals(entry), beside))
    for slug in book.retracted:
        path = paths.model_path(slug)
        key = _key(book, "tombstone", [book.head(slug)])
        yield Page(paths.file_of(path), key, partial(_tombstone, book, slug))
    yield from _moved(book)


def _paired(book: Book) -> Mapping[str, Sequence[str]]:
    """The models that each model shares a page with, by slug."""
    found = defaultdict[str, list[str]](list)
    for one, two in book.pairs:
        found[one].append(two)
        found[two].append(one)
    return found


def _model_page(book: Book, entry: Entry, around: _Around) -> Page:
    slug, tally = entry.slug, book.tally(entry.slug)
    shown = {one: book.head(one) for one in around.slugs}
    order = [[one.slug for one in row] for row in (around.near, around.rivals, around.beside)]
    votes = tally and tally.model_dump(mode="json")
    key = _key(book, "model", [book.head(slug), shown, order, votes])
    path = paths.file_of(paths.model_path(slug))
    return Page(path, key, partial(_model, book, entry, around))


def _model(book: Book, entry: Entry, around: _Around) -> bytes:
    path, published = paths.model_path(entry.slug), book.model(entry.slug)
    context = {
        "model": model_view(published, entry, around.rivals),
        "related": around.near,
        "pairs": [(paths.comparison_path(entry.slug, one.slug), one.name) for one in around.beside],
        "tally": book.tally(entry.slug),
        "lists": {
            "category": paths.board_path("category", listing_name(entry.category)),
            "vendor": paths.board_path("vendor", listing_name(entry.vendor)),
        },
        "kind": "article",
        "image": paths.image_of(path),
        "image_alt": f"The panel's verdict on {entry.name}",
        "markup": model_markup(book.site, published),
        "snippet": embed(book.site, entry),
    }
    return render("model.html.j2", book.site, path, context)


def _tombstone(book: Book, slug: str) -> bytes:
    context = {"entry": book.retracted[slug], "retraction": book.model(slug).retraction}
    return render("tombstone.html.j2", book.site, paths.model_path(slug), context)


def _moved(book: Book) -> Iterator[Page]:
    """A page for every old slug that leads somewhere and names no other model by now."""
    there = {**book.entries, **book.retracted}
    for old in sorted(book.moved):
        new = _end(book, old)
        if old in there or new not in there:
            continue
        path = paths.model_path(old)
        key = _key(book, "moved", [old, new, there[new].name])
        yield Page(paths.file_of(path), key, partial(_redirect, book, path, there[new]))


def _redirect(book: Book, path: str, entry: Entry) -> bytes:
    return render("moved.html.j2", book.site, path, {"entry": entry, "hidden": True})


def _end(book: Book, slug: str) -> str:
    """Where a slug leads after all its moves; moves in a circle lead nowhere."""
    seen: set[str] = set()
    while slug in book.moved and slug not in seen:
        seen.add(slug)
        slug = book.moved[slug]
    return slug


def _key(book: Book, kind: str, rests_on: object) -> str:
    return digest_of("page", [templates_digest(), book.site.digest, kind, rests_on])
