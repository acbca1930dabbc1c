"""The orders of runs, parsed once: one of ten thousand dossiers is looked at again and again."""

from functools import cached_property

from sqlalchemy import select

from panel.domain.run import Order, Run, is_run_id
from panel.errors import StoreError
from panel.store.reader import Reader
from panel.store.rows import parsed
from panel.store.tables import runs

_MOST = 4
"""Orders kept in memory."""


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
        if (known := self._parsed.get(name)) is None:
            body = self._all(select(runs.c.body).where(own))[0].body
            known = parsed(Run, body, f"run {run_id}")
            if len(self._parsed) >= _MOST:
                self._parsed.clear()
            self._parsed[name] = known
        return known

    def _order(self, run_id: str) -> Order:
        return self._ordered(run_id).order

    @cached_property
    def _parsed(self) -> dict[tuple[str, str], Run]:
        return {}
