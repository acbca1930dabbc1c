"""`shipskip dossier conflicts` and `resolve` at the command line."""

import datetime as dt
import getpass
from pathlib import Path

import pytest

from tests.cli.conftest import Command


def test_a_conflict_is_settled_on_record(shipskip: Command, workspace: Path) -> None:
    path = workspace / "dossiers" / "muse-spark.md"
    before = path.read_text().splitlines()
    arguments = ("muse-spark", "C3", "--pick", "F9", "--reason", "The vendor's page says so.")
    result = shipskip("dossier", "resolve", *arguments)
    assert result.code == 0, result.err
    assert result.out.startswith(f"C3 settled by {getpass.getuser()} on 20")
    assert result.out.endswith(": pick F9\n")
    added = [line.strip() for line in path.read_text().splitlines() if line not in before]
    assert "reason: The vendor's page says so." in added
    assert f"by: {getpass.getuser()}" in added
    left = shipskip("dossier", "conflicts", "muse-spark", "--json").lines
    assert [row["id"] for row in left] == ["C1", "C2", "C4", "C5", "C6"]
    assert shipskip("dossier", "check", "muse-spark").code == 0


def test_the_outcome_as_json(shipskip: Command, workspace: Path) -> None:
    result = shipskip(
        "dossier", "resolve", "muse-spark", "C4", "--supersede", "--by", "R. Okafor",
        "--reason", "The scores came a day later.", "--json",
    )  # fmt: skip
    settled = result.json["settlement"]
    assert (settled["how"], settled["fact"], settled["by"]) == ("supersede", "F14", "R. Okafor")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("C3",), 2, "nothing is decided"),
        (("C3", "--keep-both", "--pick", "F9"), 2, "--keep-both goes with neither"),
        (("C3", "--pick", "F1"), 2, "pick one of F9, F10, F11"),
        (("C99", "--keep-both"), 2, "its conflicts are C1, C2"),
    ],
)
def test_decisions_that_cannot_be_recorded(
    shipskip: Command, workspace: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    before = (workspace / "dossiers" / "muse-spark.md").read_bytes()
    result = shipskip("dossier", "resolve", "muse-spark", *arguments, "--reason", "x")
    assert (result.code, said in result.err) == (code, True), result.err
    assert (workspace / "dossiers" / "muse-spark.md").read_bytes() == before


def test_a_reason_is_required_and_a_decision_stands(shipskip: Command, workspace: Path) -> None:
    assert shipskip("dossier", "resolve", "muse-spark", "C3", "--keep-both").code == 2
    both = ("dossier", "resolve", "muse-spark", "C3", "--keep-both", "--reason", "Both.")
    assert shipskip(*both).code == 0
    again = shipskip(*both)
    assert again.code == 1
    assert "C3 was settled by" in again.err


def test_a_dossier_without_conflicts_says_so(shipskip: Command, workspace: Path) -> None:
    result = shipskip("dossier", "conflicts", "hy-mt2")
    assert (result.code, result.out) == (0, "")
    assert "no open conflicts in hy-mt2" in result.err


def test_what_cites_the_facts_is_shown(shipskip: Command, workspace: Path) -> None:
    plain = shipskip("dossier", "conflicts", "muse-spark", "--json").lines
    assert {tuple(row["cited_by"]) for row in plain} == {()}, "without a run nothing does"
    assert shipskip("review", "muse-spark").code == 0
    rows = shipskip("dossier", "conflicts", "muse-spark", "--json").lines
    citing = [one for row in rows for one in row["cited_by"]]
    assert citing
    for row in rows:
        sides = {side["fact"] for side in row["sides"]}
        for one in row["cited_by"]:
            assert one["facts"]
            assert set(one["facts"]) <= sides
            assert one["seat"]
            assert not one["edition"], "nothing is published yet"
    assert f"in {citing[0]['run']} (" in shipskip("dossier", "conflicts", "muse-spark").out


def test_the_moment_is_recorded_beside_the_day(shipskip: Command, workspace: Path) -> None:
    keep = ("dossier", "resolve", "muse-spark", "C3", "--keep-both", "--reason", "Both.", "--json")
    settled = shipskip(*keep).json["settlement"]
    assert settled["at"].startswith(settled["on"])
    assert dt.datetime.fromisoformat(settled["at"]).tzinfo
    shown = shipskip("dossier", "conflicts", "muse-spark", "--all", "--json").lines[2]["settlement"]
    assert dt.datetime.fromisoformat(shown["at"]) == dt.datetime.fromisoformat(settled["at"])
