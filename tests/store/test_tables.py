"""Rules that hold for all tables, also for those added later."""

import pytest
from sqlalchemy import Table, Text

from panel.store.columns import AnyText
from panel.store.tables import metadata

TABLES = metadata.sorted_tables


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_free_text_can_hold_anything(table: Table) -> None:
    free = [column for column in table.columns if isinstance(column.type, Text)]
    assert all(isinstance(column.type, AnyText) for column in free)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_body_has_a_digest_or_is_named_by_its_key(table: Table) -> None:
    names = set(table.columns.keys())
    assert "body" not in names or names & {"digest", "key"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_row_has_a_name_and_belongs_to_what_is_stored(table: Table) -> None:
    assert table.primary_key.columns
    if "run_id" in table.columns:
        parents = {key.column.table.name for key in table.foreign_keys}
        assert parents & {"runs", "requests", "reviews"}
