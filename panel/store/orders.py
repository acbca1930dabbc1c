"""The orders of runs, parsed once: one of ten thousand dossiers is looked at again and again."""

import threading
from functools import cached_property

from sqlalchemy import select

from panel.domain.run import Order, Run, is_run_id
from panel.errors import StoreError
from panel.store.reader import Reader
from panel.store.rows import parsed
from panel.store.tables import runs

_MOST = 256
"""Orders kept in memory, as long as they are small."""

_MOST_DOSSIERS = 40_000
"""Dossiers that all orders kept in memory may name together; the last one is always kept."""

_Name = tuple[str, str]
"""Id of a run and digest of its row."""


class Orders(Reader):
    """Reads of what never changes about a run."""

    def _ordered(self, run_id: str) -> Run:
        """A run as it was ordered: its state is that of its beginning.

        Raises:
            StoreError: When there is no such run.
            TamperError: When its row is not as it was written.
        """
        own = runs.c.id == run_id
        row = self._first(select(runs.c.digest).where(own)) if is_run_id(run_id) else None
        if row is None:
            raise StoreError(f"there is no run {run_id!a}", remedy="see `shipskip runs list`")
        name = (run_id, str(row.digest))
        with self._looking:
            known = self._parsed.pop(name, None)
            if known is not None:
                self._parsed[name] = known  # the last in line is the last to go
        return known or self._read_order(name)

    def _read_order(self, name: _Name) -> Run:
        body = self._all(select(runs.c.body).where(runs.c.id == name[0]))[0].body
        found = parsed(Run, body, f"run {name[0]}")
        with self._looking:
            self._parsed[name] = found
            held = sum(len(run.order.dossiers) for run in self._parsed.values())
            while len(self._parsed) > 1 and (len(self._parsed) > _MOST or held > _MOST_DOSSIERS):
                first = self._parsed.pop(next(iter(self._parsed)))
                held -= len(first.order.dossiers)
        return found

    def _order(self, run_id: str) -> Order:
        return self._ordered(run_id).order

    @cached_property
    def _parsed(self) -> dict[_Name, Run]:
        return {}

    @cached_property
    def _looking(self) -> threading.Lock:
        return threading.Lock()
