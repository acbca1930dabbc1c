"""Which database the tests stand on: SQLite files, or with `--database postgresql` a real server.

One server serves all test processes. It starts when the first test asks for a database, and each
test gets one of its own, a copy that is dropped when the test is over.
"""

import os
import tempfile
import uuid
from collections.abc import Generator, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg
import pytest
from filelock import FileLock
from sqlalchemy import Engine, NullPool, create_engine, inspect, text

from panel.store.address import Address
from panel.store.store import Store
from tests.postgres import Postgres

Environment = Mapping[str, str]
"""What `database` set, for processes that inherit nothing."""

VARIABLE = "SHIPSKIP_DATABASE_URL"

_EMPTY, _TABLES = "template0", "with_tables"


class Databases:
    """What the tests of one session stand on.

    Attributes:
        folder: Of the server that all test processes share.
        process: Id of the process that was called; the server ends with it.
        is_postgresql: Whether workspaces live on it, too; the store's own tests use both anyway.
    """

    def __init__(self) -> None:
        self.folder = Path()
        self.process = os.getpid()
        self.is_postgresql = False
        self._made: list[str] = []

    @cached_property
    def server(self) -> Postgres:
        """The shared server; whoever comes first starts it."""
        server = Postgres(self.folder)
        with FileLock(self.folder / "lock"):
            if not server.is_running:
                server.end_with(self.process)
                server.start()
                self._execute(server, f"CREATE DATABASE {_TABLES}")
                Store.open(server.url_of(_TABLES), write=True).close()
        return server

    def create(self, *, tables: bool) -> str:
        """A database for the test that runs now.

        Args:
            tables: Whether it has all tables; else it has none.

        Returns:
            Its URL.
        """
        name = f"test_{uuid.uuid4().hex}"
        template = _TABLES if tables else _EMPTY
        self._execute(self.server, f"CREATE DATABASE {name} TEMPLATE {template}")
        self._made.append(name)
        return self.server.url_of(name)

    def drop(self) -> None:
        """Drop what `create` made."""
        while self._made:
            self._execute(self.server, f"DROP DATABASE {self._made.pop()} WITH (FORCE)")

    @staticmethod
    def _execute(server: Postgres, statement: str) -> None:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(statement.encode())


_DATABASES = Databases()
"""The session's; helpers that are no fixtures ask it through `fresh_url`."""


def fresh_url(folder: Path | str, *, tables: bool = False) -> str:
    """URL of a database of one's own: a file in a folder, or a copy on the shared server.

    Args:
        folder: For the SQLite file.
        tables: Whether a database on PostgreSQL has its tables already, which is faster.
    """
    if _DATABASES.is_postgresql:
        return _DATABASES.create(tables=tables)
    return f"sqlite:///{folder}/shipskip.db"


def furnish(desk: Path) -> None:
    """Give a workspace a database of its own by its settings file; on SQLite it has one anyway.

    Args:
        desk: The workspace.
    """
    if _DATABASES.is_postgresql:
        setting = f'database_url = "{_DATABASES.create(tables=False)}"\n'
        (desk / "shipskip.toml").write_text(setting, encoding="utf-8")


def rows(url: str, query: str, **values: object) -> list[tuple[Any, ...]]:
    """What a query finds in a database, past the store.

    Args:
        url: Of the database.
        query: SQL, with `:name` for values.
        values: By name.
    """
    with _engine(url).connect() as connection:
        return [tuple(row) for row in connection.execute(text(query), values)]


def tamper(url: str, statement: str, **values: object) -> int:
    """Change rows behind the store's back, and against the foreign keys.

    Args:
        url: Of the database.
        statement: SQL, with `:name` for values.
        values: By name.

    Returns:
        How many rows it changed.
    """
    with _engine(url).begin() as connection:
        if connection.dialect.name == "postgresql":  # SQLite looks at foreign keys only when told
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        if values:
            return connection.execute(text(statement), values).rowcount
        return connection.exec_driver_sql(statement).rowcount  # a colon in it is just a colon


def dump(url: str) -> str:
    """Every row of every table.

    Args:
        url: Of the database.
    """
    tables = inspect(_engine(url)).get_table_names()
    return "\n".join(f"{name}: {rows(url, f'SELECT * FROM {name}')}" for name in tables)


def _engine(url: str) -> Engine:
    return create_engine(Address.parse(url).url, poolclass=NullPool)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database postgresql` puts every workspace on PostgreSQL."""
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


def pytest_configure(config: pytest.Config) -> None:
    """The process that was called names a folder; its workers are told."""
    config.addinivalue_line("markers", "sqlite_only(reason): about SQLite files, skipped elsewhere")
    told: Mapping[str, str] | None = getattr(config, "workerinput", None)
    _DATABASES.folder = Path(told["postgres"] if told else tempfile.mkdtemp(prefix="shipskip-"))
    _DATABASES.process = int(told["process"]) if told else os.getpid()
    _DATABASES.is_postgresql = config.getoption("--database") == "postgresql"


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker where the shared server is."""
    node.workerinput["postgres"] = str(_DATABASES.folder)
    node.workerinput["process"] = str(_DATABASES.process)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Whoever named the folder stops the server, if one was started."""
    if not hasattr(config, "workerinput"):
        Postgres(_DATABASES.folder).remove()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what is about SQLite only."""
    marker = item.get_closest_marker("sqlite_only")
    if marker and _DATABASES.is_postgresql:
        pytest.skip(f"SQLite only: {marker.args[0]}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None]:
    """Drop a test's databases, when all its fixtures are gone."""
    yield
    _DATABASES.drop()


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Environment:
    """On PostgreSQL an empty database for the workspace of this test, set in the environment.

    Every fixture that makes a workspace asks for it. On SQLite nothing is set: a workspace has its
    own file.
    """
    if not _DATABASES.is_postgresql:
        return {}
    url = _DATABASES.create(tables=False)
    monkeypatch.setenv(VARIABLE, url)
    return {VARIABLE: url}


@pytest.fixture
def postgres_url() -> str:
    """URL of a PostgreSQL database with all tables and no row, whatever the others stand on."""
    return _DATABASES.create(tables=True)


@pytest.fixture
def empty_postgres_url() -> str:
    """URL of a PostgreSQL database without any table, whatever the others stand on."""
    return _DATABASES.create(tables=False)


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """An empty folder whose name is short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="shipskip-"))
    yield folder
    Postgres(folder).remove()


@pytest.fixture
def own_postgres(short_folder: Path) -> Postgres:
    """A running server with all tables for one test, which may stop, kill and start it."""
    server = Postgres(short_folder)
    server.end_with(os.getpid())
    server.start()
    Store.open(server.url, write=True).close()
    return server
