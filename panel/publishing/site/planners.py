"""The one list of everything the site consists of."""

from collections.abc import Iterable, Iterator

from panel.domain.value import Digest
from panel.errors import ShipskipError
from panel.publishing.site.addresses import Addresses
from panel.publishing.site.assets import asset_pages
from panel.publishing.site.book import LiveBook, Page, Planner
from panel.publishing.site.compare_pages import comparison_pages
from panel.publishing.site.digest_pages import digest_pages
from panel.publishing.site.exports import export_pages
from panel.publishing.site.feeds import feed_pages
from panel.publishing.site.fixed_pages import fixed_pages
from panel.publishing.site.gone import gone_pages
from panel.publishing.site.list_pages import list_pages
from panel.publishing.site.model_pages import model_pages
from panel.publishing.site.open_graph import image_pages
from panel.publishing.site.persona_pages import persona_pages
from panel.publishing.site.search_index import search_pages
from panel.publishing.site.sitemap import sitemap_pages

PLANNERS: tuple[Planner, ...] = (
    model_pages,
    comparison_pages,
    list_pages,
    persona_pages,
    digest_pages,
    fixed_pages,
    image_pages,
    search_pages,
    feed_pages,
    export_pages,
    asset_pages,
)
"""What plans pages, in the order in which they are rendered."""


def planned(book: LiveBook, addresses: Addresses) -> Iterator[Page]:
    """Every file of the site.

    Args:
        book: Everything that is published.
        addresses: Every address that was ever published.

    Raises:
        ShipskipError: Two pages want the same address.
    """
    found: dict[str, Digest] = {}
    for planner in book.planners:
        yield from _noted(planner(book), found)
    yield from _noted(list(sitemap_pages(book, found)), found)
    yield from gone_pages(book, addresses, found)


def _noted(pages: Iterable[Page], found: dict[str, Digest]) -> Iterator[Page]:
    for page in pages:
        if page.path in found:
            raise ShipskipError(
                f"two pages want to be {page.path}",
                remedy="this is a bug in shipskip; please report it",
            )
        found[page.path] = page.key
        yield page
