"""Brings what readers see up to date with what is published: renders what differs, then switches.

Whatever happens before the switch, readers keep the site they had; equal input switches nothing.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from panel.domain.value import Digest
from panel.errors import BusyError
from panel.publishing.folder import explained
from panel.publishing.site.addresses import Addresses, read_addresses, remember
from panel.publishing.site.book import Page
from panel.publishing.site.hands import Job, Opening, Told, render_all, rendered, untold
from panel.publishing.site.manifest import Manifest, Record, code_digest
from panel.publishing.site.planners import planned
from panel.publishing.site.switching import Build, Place, Writer

_FEW = 1000
"""Pages that are rendered into the build before the live one; more are worth a folder of theirs."""
_SYNCED = 100
"""Files that are brought to disk one by one; more are with everything else."""
_TRIES = 5


@dataclass(frozen=True)
class Changes:
    """What a build changed for readers.

    Attributes:
        added: Paths that are new.
        changed: Paths whose bytes are others.
        removed: Paths that are no more.
        unchanged: How many files are as they were.
        rendered: How many files were rendered.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    rendered: int

    @property
    def any(self) -> bool:
        """Whether readers see anything else now."""
        return bool(self.added or self.changed or self.removed)


def publish(
    out: Path,
    opening: Opening,
    memory: Path | None = None,
    *,
    told: Told = untold,
    hands: int = 1,
) -> Changes:
    """Publish a site.

    Args:
        out: The folder that readers see; becomes a link.
        opening: Opens what is published, here and in the processes that help.
        memory: File that remembers every address; without it only those that readers see now
            live on.
        told: Called with pages done and pages to render.
        hands: Processes that may render.

    Returns:
        What changed.

    Raises:
        BusyError: Another build is under way, or a desk publishes faster than this builds.
        InputError: What stands at `out` is not ours, or a moved address leads nowhere.
        ShipskipError: The disk refuses; readers see what they saw.
    """
    place = Place(out)
    with explained(out), place.held():
        known = read_addresses(memory) if memory else Addresses()
        if place.live:
            known = known.with_known(place.live.manifest.files, place.live.folder)
        building = _Building(place, opening, known, told, hands)
        changes = building.run()
        if memory:
            remember(memory, building.files)
        return changes


@dataclass
class _Plan:
    """The site as it is to be.

    Attributes:
        keys: What each file rests on, by path.
        fresh: Files that no build has yet.
        pages: How to render these; None when they are too many to be kept.
    """

    keys: dict[str, Digest] = field(default_factory=dict[str, Digest])
    fresh: list[str] = field(default_factory=list[str])
    pages: list[Page] | None = field(default_factory=list[Page])

    @classmethod
    def of(cls, pages: Iterable[Page], *builds: Build | None) -> "_Plan":
        """Gather it.

        Args:
            pages: All pages.
            builds: Builds that may have a file already.
        """
        plan, manifests = cls(), [build.manifest for build in builds if build]
        for page in pages:
            plan.keys[page.path] = page.key
            if any(one.has(page.path, page.key) for one in manifests):
                continue
            plan.fresh.append(page.path)
            if plan.pages is not None:
                plan.pages.append(page)
                if len(plan.fresh) > _FEW:
                    plan.pages = None
        return plan


class _Building:
    """One build, from the first look at the records to the switch."""

    def __init__(
        self, place: Place, opening: Opening, addresses: Addresses, told: Told, hands: int
    ) -> None:
        self._place = place
        self._opening = opening
        self._addresses = addresses
        self._told = told
        self._hands = hands
        self._live = place.live or Build(place.builds, Manifest(code_digest()))
        self._rendered = 0
        self.files: Iterable[str] = ()

    def run(self) -> Changes:
        """Build until what was planned is what is published."""
        work: Build | None = None
        for _ in range(_TRIES):
            with self._opening() as book:
                plan = _Plan.of(planned(book, self._addresses), self._live, work)
                same = work is None and self._is_live(plan)
                if not same:
                    work = self._worked(plan, work or self._begun(plan))
                if book.current():
                    return self._ended(work) if work else self._changes(self._live.manifest)
        raise BusyError(
            f"more is published while {self._place.out} is built",
            remedy="publish the site again in a quiet moment",
        )

    def _is_live(self, plan: _Plan) -> bool:
        live = self._place.live
        return live is not None and not plan.fresh and len(plan.keys) == len(live.manifest.files)

    def _begun(self, plan: _Plan) -> Build:
        """The build before the live one when little differs, else an empty folder."""
        spare = self._place.spare
        if spare and spare.manifest.code == code_digest() and plan.pages is not None:
            self._place.unseal(spare)
            return spare
        return Build(self._place.fresh(), Manifest(code_digest()))

    def _worked(self, plan: _Plan, work: Build) -> Build:
        """A build as planned, on disk, not sealed yet."""
        writer, files = Writer(work.folder), dict(work.manifest.files)
        for path in files.keys() - plan.keys.keys():
            writer.drop(path)
            del files[path]
        for path, key in plan.keys.items():
            if not work.manifest.has(path, key) and self._live.manifest.has(path, key):
                writer.share(path, self._live.folder)
                files[path] = self._live.manifest.files[path]
        files |= self._render(plan, work.folder)
        return Build(work.folder, Manifest(code_digest(), files))

    def _render(self, plan: _Plan, folder: Path) -> dict[str, Record]:
        if plan.pages is None:
            job = Job(self._opening, self._addresses, folder, frozenset(plan.fresh))
            found = render_all(job, told=self._told, hands=self._hands)
        else:
            writer, found = Writer(folder), dict[str, Record]()
            for page in plan.pages:
                found[page.path] = rendered(page, writer)
                self._told(len(found), len(plan.pages))
        self._rendered += len(found)
        _to_disk(folder / path for path in found)
        return found

    def _ended(self, work: Build) -> Changes:
        changes = self._changes(work.manifest)
        self._place.seal(work)
        if self._place.live and not changes.any:
            self._place.seal(Build(self._live.folder, work.manifest))
            return changes
        self._place.switch(work)
        before = self._place.live or self._place.spare
        if before is None or before.manifest.code != code_digest():
            self._double(work)
        return changes

    def _double(self, work: Build) -> None:
        """A second build like the live one, which the next build only has to bring up to date."""
        folder = self._place.fresh()
        writer = Writer(folder)
        for path in work.manifest.files:
            writer.share(path, work.folder)
        self._place.seal(Build(folder, work.manifest))

    def _changes(self, manifest: Manifest) -> Changes:
        self.files = new = manifest.files
        old: Mapping[str, Record] = self._live.manifest.files if self._place.live else {}
        both = new.keys() & old.keys()
        changed = sorted(path for path in both if new[path].sha256 != old[path].sha256)
        return Changes(
            added=tuple(sorted(new.keys() - old.keys())),
            changed=tuple(changed),
            removed=tuple(sorted(old.keys() - new.keys())),
            unchanged=len(both) - len(changed),
            rendered=self._rendered,
        )


def _to_disk(files: Iterable[Path]) -> None:
    """What readers are led to survives a power cut."""
    paths = list(files)
    if len(paths) > _SYNCED:
        os.sync()
        return
    for path in paths:
        with path.open("rb") as file:
            os.fsync(file.fileno())
