"""Opens what is published as a book that the site is built from, and builds the site.

The records of the desk are only read, so that the desk may go on while the site is built; what
lists need of each model is kept beside the builds, so that only what changed is opened again.
"""

import os
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from pydantic import Field, ValidationError

from panel.bootstrap.house import House
from panel.domain.publication.entry import Entry, entry_of
from panel.domain.publication.pairs import pairs, unpaired
from panel.domain.publication.predictions import PredictionEnd, PredictionName, standing_ends
from panel.domain.publication.release import Published
from panel.domain.publication.votes import Tally
from panel.domain.value import Digest, Value
from panel.editing.drafts import Drafts
from panel.editing.published import PublishedModels
from panel.errors import EmptyError, InputError
from panel.publishing.site.addresses import moves
from panel.publishing.site.assets import assets
from panel.publishing.site.book import Planner
from panel.publishing.site.build import Changes, publish
from panel.publishing.site.info import SiteInfo
from panel.publishing.site.manifest import code_digest
from panel.publishing.site.planners import PLANNERS
from panel.publishing.site.switching import Place
from panel.store.store import Store

MEMORY = "addresses.txt"
"""Remembers every address that was ever published; lies in the folder of results."""
_ENTRIES = "entries.json"
_OPENED = 256
"""Whole models that are remembered."""
_HANDS = 8

Told = Callable[[int, int], None]


class _Kept(Value):
    """Entries by what they were made from.

    Attributes:
        code: Digest of the code that made them.
        preview: Whether drafts are among them.
        entries: Head and entry of each model, by slug.
    """

    code: str = ""
    preview: bool = False
    entries: dict[str, tuple[Digest, Entry]] = Field(default_factory=dict)


class PublishedBook:
    """Everything that is published, read from the records of the desk.

    Args:
        house: The workspace with its settings.
        store: Its records, for reading.
        kept: File that keeps entries.
        preview: Whether drafts are shown too.
    """

    planners: Sequence[Planner] = PLANNERS

    def __init__(self, house: House, store: Store, kept: Path, *, preview: bool) -> None:
        drafts = Drafts(store, lambda _: None)
        self._models = PublishedModels(store, drafts, preview=preview)
        self._heads = {head.slug: head.digest for head in self._models.heads()}
        self._opened = lru_cache(_OPENED)(self._models.model)
        found = self._entries(kept, preview=preview)
        self.moved: Mapping[str, str] = _moved(house, found)
        there = [(slug, found[slug]) for slug in sorted(found) if slug not in self.moved]
        self.entries = {slug: one for slug, one in there if not one.retracted}
        self.retracted = {slug: one for slug, one in there if one.retracted}
        settings = house.settings
        self.pairs = pairs(
            self.entries, settings.compare, settings.compare_pairs, settings.compare_days
        )
        self.ends: Mapping[PredictionName, PredictionEnd] = standing_ends(store.prediction_ends())
        self._tallies = _tallies(house)
        self.site = _site(house, preview=preview, votes=self._tallies is not None)

    def head(self, slug: str) -> Digest:
        """Digest of everything one model's `Published` holds."""
        return self._heads[slug]

    def model(self, slug: str) -> Published:
        """One model with all that its pages rest on."""
        return self._opened(slug)

    def tally(self, slug: str) -> Tally | None:
        """What readers' votes on a model come to; None when nobody takes any."""
        return None if self._tallies is None else self._tallies.get(slug, Tally())

    def current(self) -> bool:
        """Whether everything is still published as it was when the book was opened."""
        return {head.slug: head.digest for head in self._models.heads()} == self._heads

    def _entries(self, path: Path, *, preview: bool) -> dict[str, Entry]:
        """The entries of all models; those of changed ones are made anew."""
        kept = _read(path)
        if (kept.code, kept.preview) != (code_digest(), preview):
            kept = _Kept()
        found: dict[str, tuple[Digest, Entry]] = {}
        for slug, head in self._heads.items():
            known = kept.entries.get(slug)
            found[slug] = known if known and known[0] == head else (head, self._entry(slug))
        if found != kept.entries:
            _write(path, _Kept(code=code_digest(), preview=preview, entries=found))
        return {slug: entry for slug, (_, entry) in found.items()}

    def _entry(self, slug: str) -> Entry:
        return entry_of(self.model(slug))


class Built(NamedTuple):
    """What came of a build.

    Attributes:
        changes: What readers see differently.
        notes: What the site lacks and why, one sentence each.
    """

    changes: Changes
    notes: tuple[str, ...]


def publish_site(house: House, out: Path, *, preview: bool, told: Told) -> Built:
    """Build the site and let readers see it.

    Args:
        house: The workspace with its settings.
        out: The folder that readers see.
        preview: Whether drafts that nobody approved are shown too, marked as such.
        told: Called with pages done and pages to render.

    Returns:
        What changed, and what the site lacks.

    Raises:
        BusyError: Another build is under way, or the desk publishes faster than this builds.
        InputError: What stands at `out` is not ours, or a moved slug leads nowhere.
        StoreError: The records cannot be read.
        ShipskipError: The disk refuses; readers see what they saw.
    """
    kept = Place(out).builds / _ENTRIES
    opening = partial(opened_book, house, kept, preview=preview)
    memory = None if preview else house.workspace.runs / MEMORY
    hands = min(os.cpu_count() or 1, _HANDS)
    changes = publish(out, opening, memory, told=told, hands=hands)
    return Built(changes, tuple(_notes(house, opening)))


@contextmanager
def opened_book(house: House, kept: Path, *, preview: bool) -> Generator[PublishedBook]:
    """Everything that is published, as long as the context lasts.

    Args:
        house: The workspace with its settings.
        kept: File that keeps entries between builds.
        preview: Whether drafts are shown too.

    Raises:
        InputError: A moved slug leads nowhere.
        StoreError: The records cannot be read.
    """
    with house.store(write=False) as store:
        yield PublishedBook(house, store, kept, preview=preview)


def _notes(
    house: House, opening: Callable[[], AbstractContextManager[PublishedBook]]
) -> Iterator[str]:
    """What the site lacks and why, one sentence each."""
    settings = house.settings
    if not settings.site_url:
        yield (
            "site_url is not set, so there are no feeds, no sitemap, no addresses of pictures for"
            " shared links, no data for search engines and no snippets to embed"
        )
    if settings.compare_pairs:
        with opening() as book:
            found = unpaired(book.entries, settings.compare_pairs, settings.compare_days)
        yield from (f"compare_pairs: {one.listed} has no page: {one.reason}" for one in found)


def _site(house: House, *, preview: bool, votes: bool) -> SiteInfo:
    settings = house.settings
    return SiteInfo(
        name=settings.site_name,
        url=f"{settings.site_url.rstrip('/')}/" if settings.site_url else "",
        contact=settings.site_contact,
        preview=preview,
        votes=votes,
        assets=assets(),
    )


def _moved(house: House, found: Mapping[str, Entry]) -> dict[str, str]:
    moved = moves(house.settings.moved)
    for old, new in moved.items():
        if new not in found:
            raise InputError(
                f"moved: {old} leads to {new}, which was never published",
                remedy="publish it at the desk first, or mend the setting moved",
            )
    return moved


def _tallies(house: House) -> Mapping[str, Tally] | None:
    """Votes by model; None when no server has ever taken any."""
    public = house.with_settings(database_url=house.settings.public_database_url)
    with ExitStack() as stack:
        try:
            store = stack.enter_context(public.store(write=False))
        except EmptyError:
            return None
        return store.tallies()


def _read(path: Path) -> _Kept:
    try:
        return _Kept.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return _Kept()


def _write(path: Path, kept: _Kept) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.partial")
    draft.write_bytes(kept.model_dump_json().encode())
    draft.replace(path)
