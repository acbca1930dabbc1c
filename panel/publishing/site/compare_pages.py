"""The pages about pairs of models, and the list of them."""

from collections.abc import Iterable, Iterator
from functools import partial

from panel.domain.publication.entry import Entry
from panel.domain.value import Slug, digest_of
from panel.publishing.site import paths
from panel.publishing.site.book import Book, Page
from panel.publishing.site.compare_view import compare_view
from panel.publishing.site.listing import Part, parts
from panel.publishing.site.markup import comparison_markup
from panel.publishing.site.templating import render, templates_digest

PER_PAGE = 60
"""Pairs on one page of the list."""

_Pair = tuple[Slug, Slug]


def comparison_pages(book: Book) -> Iterable[Page]:
    """A page for every pair, and the list of them.

    Args:
        book: Everything that is published.
    """
    common = digest_of("comparisons", [templates_digest(), book.site.digest])
    for one, two in book.pairs:
        path = paths.comparison_path(one, two)
        tallies = [book.tally(slug) for slug in (one, two)]
        shown = [tally and tally.model_dump(mode="json") for tally in tallies]
        key = digest_of("page", [common, "comparison", book.head(one), book.head(two), shown])
        yield Page(paths.file_of(path), key, partial(_comparison, book, one, two))
    yield from _lists(book, common)


def _comparison(book: Book, one: Slug, two: Slug) -> bytes:
    path, first, second = paths.comparison_path(one, two), book.entries[one], book.entries[two]
    context = {
        "pair": compare_view(book.model(one), book.model(two)),
        "tally_a": book.tally(one),
        "tally_b": book.tally(two),
        "kind": "article",
        "image": paths.image_of(path),
        "image_alt": f"{first.name} or {second.name}",
        "markup": comparison_markup(book.site, first, second),
    }
    return render("compare.html.j2", book.site, path, context)


def _lists(book: Book, common: str) -> Iterator[Page]:
    for part in parts(book.pairs, paths.COMPARISONS, PER_PAGE):
        said = [_said(book.entries[slug]) for pair in part.items for slug in pair]
        key = digest_of("page", [common, "comparisons", part.number, part.total, said])
        yield Page(paths.file_of(part.path), key, partial(_list, book, part))


def _said(entry: Entry) -> list[object]:
    """What the list says about a model."""
    return [entry.slug, entry.name, entry.outcome, entry.ships, len(entry.seats)]


def _list(book: Book, part: Part[_Pair]) -> bytes:
    pairs = [tuple(book.entries[slug] for slug in pair) for pair in part.items]
    context = {"pairs": pairs, "pager": part}
    return render("compare_index.html.j2", book.site, part.path, context)
