"""Tables and migrations agree; old databases are upgraded, newer and foreign ones refused."""

import ast
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

import panel.store
from panel.errors import StoreError
from panel.store.address import Address
from panel.store.engines import open_engine
from panel.store.schema import MIGRATIONS, VERSION_TABLE, is_current, stored_version, upgrade
from panel.store.store import Store
from panel.store.tables import metadata
from tests.databases import rows, tamper


def _is_of_both_databases(name: str | None, *_: object) -> bool:
    """Whether a table is made alike on both, as that of the words to be searched is not."""
    return not str(name).startswith("draft_words")


def test_metadata_and_migrations_agree(url: str) -> None:
    engine = open_engine(Address.parse(url), write=True)
    options: dict[str, Any] = {
        "version_table": VERSION_TABLE,
        "compare_type": True,
        "include_name": _is_of_both_databases,
    }
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
        found = inspect(connection)
        for table in metadata.sorted_tables:
            assert found.get_pk_constraint(table.name)["constrained_columns"] == [
                column.name for column in table.primary_key
            ]
    engine.dispose()


def test_the_list_of_migrations_is_that_of_the_folder() -> None:
    config = Config()
    config.set_main_option("script_location", "panel.store:migrations")
    scripts = ScriptDirectory.from_config(config)
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == MIGRATIONS


def test_upgrading_twice_is_a_no_op(empty_url: str, tmp_path: Path) -> None:
    address = Address.parse(empty_url)
    if address.path:
        address.path.parent.mkdir()
    engine = open_engine(address, write=True)
    assert not is_current(engine, address)
    upgrade(engine, address)
    assert is_current(engine, address)
    before = rows(empty_url, f"SELECT * FROM {VERSION_TABLE}")
    upgrade(engine, address)
    assert rows(empty_url, f"SELECT * FROM {VERSION_TABLE}") == before == [(MIGRATIONS[-1],)]
    with engine.connect() as connection:
        assert stored_version(connection) == MIGRATIONS[-1]
    engine.dispose()


@pytest.mark.parametrize("write", [True, False])
def test_a_database_of_a_newer_shipskip_is_refused(url: str, *, write: bool) -> None:
    tamper(url, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(StoreError, match="written by a newer shipskip") as caught:
        Store.open(url, write=write)
    assert "upgrade shipskip" in caught.value.remedy


def test_tables_of_another_program_are_refused(empty_url: str, tmp_path: Path) -> None:
    if empty_url.startswith("sqlite"):
        (tmp_path / "runs").mkdir()
        sqlite3.connect(tmp_path / "runs" / "shipskip.db").close()
    tamper(empty_url, "CREATE TABLE reviews (film TEXT)")
    with pytest.raises(StoreError, match=r"another program \(reviews\)"):
        Store.open(empty_url, write=True)
    assert rows(empty_url, "SELECT * FROM reviews") == []


def test_a_current_database_opens_without_loading_alembic(sqlite_url: str) -> None:

    code = (
        "import sys; from panel.store.store import Store\n"
        "Store.open(sys.argv[1], write=True).close()\n"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, sqlite_url], check=False).returncode == 0


def test_only_what_is_no_record_is_ever_changed() -> None:
    called = {
        (path.stem, name)
        for path in Path(panel.store.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        for name in [getattr(node.func, "id", "")]
    }
    assert {"insert", "select"} <= {name for _, name in called}
    changing = {(module, name) for module, name in called if name in {"update", "delete"}}
    assert changing == {
        ("copies", "update"),
        ("drafts", "update"),
        ("ledger", "update"),
        ("paces", "update"),
        ("subscribers", "delete"),
        ("votes", "delete"),
        ("words", "delete"),
    }
