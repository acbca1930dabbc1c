"""What all reads share: a read-only engine, and errors that say what to do."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, Executable, Row

from panel.store.address import Address
from panel.store.faults import translated


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
        with translated(str(self.address)), self._engine.connect() as connection:
            return connection.execute(query).all()

    def _first(self, query: Executable) -> Row[*tuple[Any, ...]] | None:
        with translated(str(self.address)), self._engine.connect() as connection:
            return connection.execute(query).first()

    def _records(self, query: Executable) -> list[dict[str, Any]]:
        with translated(str(self.address)), self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]
