"""What all reads share: a read-only engine, and errors that say what to do."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Engine, Executable, Result, Row

from panel.store.address import Address
from panel.store.faults import translated
from panel.store.outage import outlasting

Fetched = TypeVar("Fetched")

PATIENCE = 30.0
"""Seconds a read waits for a server that is away."""


class Reader:
    """Runs queries, each in a transaction of its own.

    Args:
        engine: An engine that need not be able to write.
        address: Which database.
    """

    def __init__(self, engine: Engine, address: Address) -> None:
        self._engine = engine
        self.address = address

    def _all(self, query: Executable) -> Sequence[Row[*tuple[Any, ...]]]:
        return self._read(query, lambda result: result.all())

    def _first(self, query: Executable) -> Row[*tuple[Any, ...]] | None:
        return self._read(query, lambda result: result.first())

    def _records(self, query: Executable) -> list[dict[str, Any]]:
        return self._read(query, lambda result: [dict(row) for row in result.mappings()])

    def _read(
        self,
        query: Executable,
        fetch: Callable[[Result[Any]], Fetched],
        *,
        hint: Executable | None = None,
    ) -> Fetched:
        """What a query finds; a hint tells the server how to plan it and holds for it alone."""

        def attempt() -> Fetched:
            with self._engine.connect() as connection:
                if hint is not None:
                    connection.execute(hint)
                return fetch(connection.execute(query))

        with translated(str(self.address)):
            return outlasting(attempt, PATIENCE)
