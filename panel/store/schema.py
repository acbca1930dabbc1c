"""Brings a database to the tables of this version; migrations are only loaded when one is due."""

from collections.abc import Iterable

from sqlalchemy import Connection, Engine, inspect, text

from panel.errors import StoreError
from panel.store.address import Address
from panel.store.faults import translated
from panel.store.public_tables import metadata  # all tables are in it only from there

MIGRATIONS = ("0001", "0002", "0003", "0004")
"""All migrations in order; the last is what this version of shipskip works with."""

VERSION_TABLE = "shipskip_version"
"""Own name, so that another program in the same PostgreSQL database is never mistaken for ours."""

_UPGRADE_LOCK = 7_471_905_300_177_001
"""Any constant: lets two processes that start at once on PostgreSQL upgrade one after the other."""


def stored_version(connection: Connection) -> str | None:
    """The migration a database stands at, or None when it holds no tables of ours."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
    return None if found is None else str(found)


def is_current(engine: Engine, address: Address) -> bool:
    """Whether the tables are those of this version.

    Args:
        engine: On the database.
        address: Its name, for messages.

    Returns:
        False when there are none yet, or older ones.

    Raises:
        StoreError: When a newer shipskip wrote them, or the database cannot be read.
    """
    with translated(str(address)), engine.connect() as connection:
        version = stored_version(connection)
    if version is not None and version not in MIGRATIONS:
        raise StoreError(
            f"{address}: written by a newer shipskip (migration {version},"
            f" this one knows {MIGRATIONS[-1]})",
            remedy="upgrade shipskip, or use another database",
        )
    return version == MIGRATIONS[-1]


def upgrade(engine: Engine, address: Address) -> None:
    """Run the migrations that are due, in one transaction; does nothing when there are none.

    Args:
        engine: One that may write; on SQLite under the writer lock.
        address: The database's name, for messages.

    Raises:
        StoreError: When another program's tables stand in the way or the database refuses.
    """
    if is_current(engine, address):
        return
    from alembic import command  # 0.4 s, spared to all but the first start
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "panel.store:migrations")
    with translated(str(address)), engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
        if stored_version(connection) is None:
            _refuse_strangers(inspect(connection).get_table_names(), address)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _refuse_strangers(tables: Iterable[str], address: Address) -> None:
    strangers = sorted(set(tables) & set(metadata.tables))
    if strangers or (address.is_sqlite and tables):
        raise StoreError(
            f"{address}: holds the tables of another program ({', '.join(strangers or tables)})",
            remedy="choose a database of its own for shipskip",
        )
