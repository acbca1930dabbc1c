"""What all writes share: the writer thread, and the refusal of a store opened for reading."""

import datetime as dt

from panel.errors import StoreError
from panel.store.claims import Claims
from panel.store.opening import Opened
from panel.store.reader import Reader
from panel.store.writer import Writer


class Keeper(Reader):
    """A reader that may write as well.

    Args:
        opened: An open database.
    """

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened.reading, opened.address)
        self._opened = opened

    def _writer(self) -> Writer:
        if self._opened.writer is None:
            raise self._read_only()
        return self._opened.writer

    def _claims(self) -> Claims:
        if self._opened.claims is None:
            raise self._read_only()
        return self._opened.claims

    def _read_only(self) -> StoreError:
        return StoreError(f"{self.address}: opened for reading", remedy="open it with write=True")


def now() -> dt.datetime:
    """This instant, as rows carry it."""
    return dt.datetime.now(dt.UTC)
