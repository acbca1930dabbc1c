"""Opens two published models so that they can be set side by side, or says why they cannot."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from panel.bootstrap.house import House
from panel.domain.publication.comparable import Comparability, comparability
from panel.domain.publication.entry import Entry, entry_of
from panel.domain.publication.pairs import Pair, Unpaired, pairs, unpaired
from panel.domain.publication.release import Published
from panel.editing.drafts import Drafts
from panel.editing.published import PublishedModels
from panel.errors import InputError


@dataclass(frozen=True)
class Sides:
    """Two models, in the order in which they were named.

    Attributes:
        a: One of them.
        b: The other.
        found: Whether they may be compared.
    """

    a: Published
    b: Published
    found: Comparability


def sides(house: House, names: tuple[str, str], *, preview: bool) -> Sides:
    """Two models by the slugs of their dossiers.

    Args:
        house: Workspace and settings.
        names: The slugs.
        preview: Whether drafts that nobody approved count too.

    Raises:
        InputError: Both are the same.
        MissingError: Nothing about one of them was published.
        StoreError: The database cannot be read.
    """
    if names[0] == names[1]:
        raise InputError(f"{names[0]} cannot be compared with itself", remedy="name two models")
    with _models(house, preview=preview) as models:
        a, b = (models.model(name) for name in names)
    return Sides(a, b, comparability(a, b, house.settings.compare_days))


@dataclass(frozen=True)
class Pairing:
    """The pairs of everything that is published.

    Attributes:
        entries: The models by slug.
        pairs: Pairs that get a page.
        unpaired: Listed pairs that get none.
    """

    entries: dict[str, Entry]
    pairs: tuple[Pair, ...]
    unpaired: tuple[Unpaired, ...]


def pairing(house: House, *, preview: bool) -> Pairing:
    """The pairs that a build of the site would give a page.

    Args:
        house: Workspace and settings.
        preview: Whether drafts that nobody approved count too.

    Raises:
        StoreError: The database cannot be read.
    """
    with _models(house, preview=preview) as models:
        published = (models.model(head.slug) for head in models.heads())
        entries = {one.slug: entry_of(one) for one in published if one.retraction is None}
    how, listed = house.settings.compare, house.settings.compare_pairs
    days = house.settings.compare_days
    return Pairing(
        entries=entries,
        pairs=pairs(entries, how, listed, days),
        unpaired=unpaired(entries, listed, days),
    )


@contextmanager
def _models(house: House, *, preview: bool) -> Generator[PublishedModels]:
    with house.store(write=False) as store:
        yield PublishedModels(store, Drafts(store, lambda _: None), preview=preview)
