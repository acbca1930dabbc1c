"""What the public server stands on: the workspace's site, and the database of what readers bring.

One process at a time may write to a SQLite file, but an editor must be able to look after votes
while the site is served. So the right to write is taken for a moment and given back.
"""

import datetime as dt
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager

from panel.bootstrap.house import House
from panel.errors import BusyError
from panel.publishing.site.assets import assets
from panel.publishing.site.info import SiteInfo
from panel.store.store import Store

PATIENCE = 10.0
"""Seconds to wait for whoever else writes."""

_HELD = 1.0
"""Seconds after which somebody else gets a turn, however much there is to write."""

_PAUSE = 0.02


class PublicRecords:
    """The database of votes and subscribers.

    Args:
        house: The workspace with its settings.
        patience: Seconds to wait for whoever else writes.
    """

    def __init__(self, house: House, patience: float = PATIENCE) -> None:
        self._house = house.with_settings(database_url=house.settings.public_database_url)
        self._patience = patience
        self._shared = self._house.database_url.startswith("postgresql")
        self._turn = threading.Condition()
        self._writer: Store | None = None
        self._reader: Store | None = None
        self._users = 0
        self._until = 0.0
        self._closing = False

    def reading(self) -> Store:
        """The records, to be read; stays open until all is closed.

        Raises:
            StoreError: They cannot be read.
            EmptyError: There are none yet.
        """
        with self._turn:
            if self._reader is None:
                self._reader = self._house.store(write=False)
            return self._reader

    @contextmanager
    def writing(self) -> Generator[Store]:
        """The records, to be written as long as the context lasts; from any thread.

        Raises:
            BusyError: Another process has been writing all the time.
            StoreError: They cannot be opened.
        """
        store = self._enter()
        try:
            yield store
        finally:
            self._leave()

    def close(self) -> None:
        """Give everything back."""
        with self._turn:
            for store in (self._reader, self._writer):
                if store is not None:
                    store.close()
            self._reader = self._writer = None

    def _enter(self) -> Store:
        with self._turn:
            while self._closing:
                self._turn.wait()
            if self._writer is None:
                self._writer = self._opened()
                self._until = time.monotonic() + _HELD
            self._users += 1
            self._closing = not self._shared and time.monotonic() > self._until
            return self._writer

    def _leave(self) -> None:
        with self._turn:
            self._users -= 1
            if self._users or self._shared or self._writer is None:
                return
            self._writer.close()
            self._writer = None
            if self._closing:
                time.sleep(_PAUSE)  # long enough for whoever waits to notice
            self._closing = False
            self._turn.notify_all()

    def _opened(self) -> Store:
        until = time.monotonic() + self._patience
        while True:
            try:
                return self._house.store(write=True)
            except BusyError:
                if time.monotonic() > until:
                    raise
            time.sleep(_PAUSE / 4)


@contextmanager
def public_records(house: House) -> Generator[PublicRecords]:
    """The database of votes and subscribers, as long as the context lasts.

    Args:
        house: The workspace with its settings.
    """
    records = PublicRecords(house)
    try:
        yield records
    finally:
        records.close()


def site_info(house: House, url: str) -> SiteInfo:
    """The site as pages of the server need to know it.

    Args:
        house: The workspace with its settings.
        url: Where readers find it, ending in a slash.
    """
    settings = house.settings
    return SiteInfo(
        name=settings.site_name,
        url=url,
        contact=settings.site_contact,
        votes=True,
        assets=assets(),
    )


def utc_now() -> dt.datetime:
    """This instant."""
    return dt.datetime.now(dt.UTC)
