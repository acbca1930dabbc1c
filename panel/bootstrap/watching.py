"""The workspace's inbox: what an editor watches, what has no dossier yet, what to build from."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from panel.bootstrap.house import House
from panel.bootstrap.intaking import FOLDER
from panel.domain.intake.release import Entry, without_dossier
from panel.errors import InputError
from panel.intake.address import Guard
from panel.intake.fetch import Fetcher
from panel.intake.inbox import Inbox, Polled

FILE = "inbox.json"
"""Its file, beside the kept sources."""


@dataclass(frozen=True)
class Watching:
    """The inbox of one workspace.

    Attributes:
        house: Workspace and settings.
        inbox: What it remembers.
    """

    house: House
    inbox: Inbox

    @classmethod
    def open(cls, house: House) -> "Watching":
        """The inbox of a workspace; nothing needs to exist yet.

        Args:
            house: Workspace and settings.
        """
        path = house.workspace.root / FOLDER / FILE
        return cls(house, Inbox(path, dt.datetime.now(dt.UTC)))

    async def poll(self, allow_hosts: Sequence[str] = ()) -> list[Polled]:
        """Ask everything that is watched.

        Args:
            allow_hosts: Hosts that may be asked though they are not public.

        Raises:
            InputError: Nothing is watched.
            BusyError: Another poll is under way.
        """
        wanted = self.house.settings.watch
        if not wanted:
            raise InputError(
                "the inbox watches nothing",
                remedy='add e.g. watch = ["openrouter", "hf:meta-llama"] to shipskip.toml',
            )
        return await self.inbox.poll(wanted, Fetcher(Guard(allow_hosts)))

    def entries(self) -> tuple[Entry, ...]:
        """Models that wait for a decision and have no dossier, the latest first."""
        found = without_dossier(self.inbox.read().waiting, self.house.dossiers.slugs())
        return tuple(sorted(found, key=_day_of, reverse=True))

    def entry(self, entry_id: str) -> Entry:
        """One of them.

        Args:
            entry_id: Its id.

        Raises:
            InputError: There is none of that id.
        """
        waiting = self.entries()
        found = next((entry for entry in waiting if entry.id == entry_id), None)
        if found is None:
            known = ", ".join(entry.id for entry in waiting[:8]) or "nothing"
            remedy = f"`shipskip inbox list` shows what waits: {known}"
            raise InputError(f"no model {entry_id!r} waits in the inbox", remedy=remedy)
        return found


def _day_of(entry: Entry) -> dt.date:
    """The day on which a model was first written of, as far as anybody says."""
    said = [one.published for one in entry.sightings if one.published]
    return min(said, default=entry.first_seen)
