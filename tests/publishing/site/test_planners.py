"""The whole site is planned without opening a model, and the same each time."""

import pytest

from panel.errors import ShipskipError
from panel.publishing.site.addresses import Addresses
from panel.publishing.site.assets import assets
from panel.publishing.site.planners import PLANNERS, planned
from tests.publishing.site.books import SITE, MemoryBook
from tests.publishing.site.published import make_published
from tests.publishing.site.toys import ToyBook


class WholeBook(MemoryBook):
    """A book of everything."""

    planners = PLANNERS

    def current(self) -> bool:
        return True


def whole() -> WholeBook:
    """Two models and their comparison."""
    models = [make_published("heron"), make_published("tern")]
    site = SITE.model_copy(update={"assets": assets()})
    return WholeBook(models, site=site, pairs=(("heron", "tern"),))


def test_planning_opens_no_model() -> None:
    book = whole()
    found = {page.path: page.key for page in planned(book, Addresses())}
    assert book.opened == []
    assert {"index.html", "models/tern/index.html", "compare/heron/tern/index.html"} <= found.keys()
    assert {"robots.txt", "sitemap.xml", "feeds/rss.xml", "search/t.json"} <= found.keys()
    assert found == {page.path: page.key for page in planned(whole(), Addresses())}


def test_equal_keys_mean_equal_bytes() -> None:
    one = {page.path: page.render() for page in planned(whole(), Addresses())}
    two = {page.path: page.render() for page in planned(whole(), Addresses())}
    assert one == two


def test_an_address_that_is_planned_is_not_gone() -> None:
    paths = [page.path for page in planned(whole(), Addresses())]
    known = Addresses(frozenset([*paths, "compare/tern/wren/index.html"]))
    again = [page.path for page in planned(whole(), known)]
    assert again == [*paths, "compare/tern/wren/index.html"]


def test_one_address_is_one_page() -> None:
    book = ToyBook([], texts={"robots.txt": "mine"})
    with pytest.raises(ShipskipError, match=r"two pages want to be robots\.txt"):
        list(planned(book, Addresses()))
