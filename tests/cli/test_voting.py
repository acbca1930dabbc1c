"""An editor looks after votes."""

import csv
import io
from pathlib import Path

import pytest

from panel.bootstrap.house import House
from panel.bootstrap.serving import public_records
from panel.errors import Exit
from tests.cli.conftest import Command
from tests.store.test_votes import SLUG, vote


@pytest.fixture
def voted(workspace: Path) -> None:
    """Three votes that count, and a crowd of six that is held."""
    with public_records(House.open(workspace, environ={})) as records, records.writing() as store:
        for name in ("ana", "bo", "cy"):
            store.cast_vote(vote(name, "skip" if name == "cy" else "ship"))
        for number in range(6):
            store.cast_vote(vote(f"crowd {number}", network="office"))
        store.cast_vote(vote("ana", slug="another"))


@pytest.mark.usefixtures("voted")
def test_votes_are_counted_by_model(shipskip: Command) -> None:
    rows = shipskip("votes", "list", "--json").json
    assert [(row["slug"], row["ships"], row["skips"], row["held"]) for row in rows] == [
        ("another", 1, 0, 0),
        (SLUG, 2, 1, 6),
    ]
    assert (rows[1]["shown"], rows[1]["share"]) == (False, None)
    table = shipskip("votes", "list", SLUG).out
    assert "not shown yet" in table
    assert "another" not in table


@pytest.mark.usefixtures("voted")
def test_what_is_held_can_be_released_with_a_reason(shipskip: Command) -> None:
    held = shipskip("votes", "held", "--json").json
    assert len(held) == 6
    assert "many visitors of one network" in shipskip("votes", "held").out
    one = held[0]["visitor"][:12]
    done = shipskip("votes", "release", SLUG, "--vote", one, "--reason", "known to us")
    assert done.out == "released 1 vote\n"
    assert shipskip("votes", "release", SLUG, "--reason", "an office").out == "released 5 votes\n"
    (row,) = shipskip("votes", "list", SLUG, "--json").json
    assert (row["ships"], row["held"]) == (8, 0)


@pytest.mark.usefixtures("voted")
def test_votes_can_be_removed_with_a_reason(shipskip: Command) -> None:
    network = vote("x", network="office").network
    asked = shipskip("votes", "remove", SLUG, "--reason", "paid for")
    assert (asked.code, "--network or --held" in asked.err) == (Exit.BAD_INPUT, True)
    done = shipskip("votes", "remove", SLUG, "--network", network[:12], "--reason", "paid for")
    assert done.out == "removed 6 votes\n"
    again = shipskip("votes", "remove", SLUG, "--held", "--reason", "x", "--json")
    assert again.json == {"remove": 0}
    (row,) = shipskip("votes", "list", SLUG, "--json").json
    assert (row["n"], row["held"], row["removed"]) == (3, 0, 6)


@pytest.mark.usefixtures("voted")
def test_a_name_that_names_none_or_several_is_refused(shipskip: Command) -> None:
    for name, count in (("zz", "no"), ("", "6")):
        done = shipskip("votes", "release", SLUG, "--vote", name, "--reason", "x")
        assert done.code == Exit.BAD_INPUT
        assert f"names {count} such votes" in done.err


@pytest.mark.usefixtures("voted")
@pytest.mark.parametrize("reason", ["", "  "])
def test_a_decision_needs_a_reason(shipskip: Command, reason: str) -> None:
    done = shipskip("votes", "release", SLUG, "--reason", reason)
    assert done.code == Exit.BAD_INPUT
    assert len(shipskip("votes", "held", "--json").json) == 6


@pytest.mark.usefixtures("voted")
def test_votes_are_exported_without_formulas(shipskip: Command) -> None:
    reason = '=HYPERLINK("http://evil.example")'
    shipskip("votes", "remove", SLUG, "--held", "--reason", reason)
    text = shipskip("votes", "export", SLUG).out
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 9
    assert {row["reason"] for row in rows} == {"", f"'{reason}"}
    assert {row["state"] for row in rows} == {"counted", "removed"}
    assert len(shipskip("votes", "export", "--json").json) == 10


@pytest.mark.usefixtures("workspace")
def test_where_nobody_voted_there_is_nothing(shipskip: Command) -> None:
    assert shipskip("votes", "list", "--json").json == []
    assert shipskip("votes", "held", "--json").json == []
    assert shipskip("votes", "release", "x", "--reason", "y").out == "released 0 votes\n"
