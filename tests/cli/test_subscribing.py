import csv
import io
from pathlib import Path

import pytest

from panel.bootstrap.house import House
from panel.bootstrap.serving import public_records, utc_now
from panel.errors import Exit
from panel.store.subscribers import Asked, Followed
from tests.cli.conftest import Command


@pytest.fixture
def subscribed(workspace: Path) -> None:
    """One who confirmed, and one who did not."""
    with public_records(House.open(workspace, environ={})) as records, records.writing() as store:
        store.ask_subscription(Asked("+ana@example.org", "k1", utc_now()))
        store.ask_subscription(Asked("bo@example.org", "k2", utc_now()))
        store.confirm_subscription(Followed("k1", utc_now()))


@pytest.mark.usefixtures("subscribed")
def test_subscribers_are_counted_without_names(shipskip: Command) -> None:
    assert shipskip("subscribers", "list", "--json").json == {"confirmed": 1, "waiting": 1}
    assert shipskip("subscribers", "list").out == "1 confirmed, 1 not confirmed yet\n"


@pytest.mark.usefixtures("subscribed")
def test_addresses_are_exported_without_formulas(shipskip: Command) -> None:
    rows = list(csv.DictReader(io.StringIO(shipskip("subscribers", "export").out)))
    assert [row["address"] for row in rows] == ["'+ana@example.org", "bo@example.org"]
    assert [bool(row["confirmed"]) for row in rows] == [True, False]
    found = shipskip("subscribers", "export", "--json").json
    assert found[0]["address"] == "+ana@example.org"


@pytest.mark.usefixtures("subscribed")
def test_somebody_can_be_removed_by_address_or_id(shipskip: Command) -> None:
    rows = shipskip("subscribers", "export", "--json").json
    unknown = shipskip("subscribers", "remove", rows[0]["id"], "cy@example.org", "--reason", "x")
    assert unknown.code == Exit.BAD_INPUT
    assert "1 of these are no subscribers" in unknown.err
    assert "cy@example.org" not in unknown.err
    assert shipskip("subscribers", "remove", "Bo@example.org", "--reason", " ").code != Exit.DONE
    done = shipskip("subscribers", "remove", rows[0]["id"], "Bo@example.org", "--reason", "asked")
    assert done.out == "removed 2\n"
    assert shipskip("subscribers", "export", "--json").json == []


@pytest.mark.usefixtures("workspace")
def test_where_nobody_subscribed_there_is_nobody(shipskip: Command) -> None:
    assert shipskip("subscribers", "list", "--json").json == {"confirmed": 0, "waiting": 0}
