"""The scorecards of a run, for an editor, a spreadsheet and other programs."""

import csv
import io
import json
from pathlib import Path

import pytest

from panel.publishing.table import COLUMNS
from tests.cli.conftest import Command
from tests.cli.ordering import run_of


@pytest.fixture
def run(shipskip: Command, workspace: Path) -> str:
    """A run of two dossiers with the offline judge."""
    return run_of(shipskip("review", "muse-spark", "hy-mt2"))


def test_a_table_has_a_row_for_each(shipskip: Command, run: str) -> None:
    result = shipskip("runs", "scorecards")
    assert result.code == 0
    lines = result.out.splitlines()
    assert lines[0].split()[:2] == ["model", "outcome"]
    assert [line.split("  ")[0] for line in lines[1:3]] == ["Muse Spark", "Hy-MT2"]


def test_csv_goes_through_a_pipe(shipskip: Command, run: str) -> None:
    table = list(csv.DictReader(io.StringIO(shipskip("runs", "scorecards", "--format", "csv").out)))
    assert [tuple(row) for row in table] == [COLUMNS] * 2
    assert [row["dossier"] for row in table] == ["muse-spark", "hy-mt2"]
    assert {row["run"] for row in table} == {run}


def test_json_holds_what_a_review_prints(shipskip: Command, run: str) -> None:
    lines = shipskip("runs", "scorecards", run, "--format", "jsonl").lines
    assert shipskip("runs", "scorecards", "--format", "json").json == lines
    assert shipskip("runs", "resume", "--json").lines == lines
    assert [len(card["reviews"]) for card in lines] == [5, 5]


def test_some_outcomes_only(shipskip: Command, run: str) -> None:
    cards = shipskip("runs", "scorecards", "--format", "jsonl").lines
    outcome = cards[0]["outcome"]
    wanted = [card for card in cards if card["outcome"] == outcome]
    given = f" {outcome.upper()} ,no-quorum"
    found = shipskip("runs", "scorecards", "--format", "jsonl", "--outcome", given)
    assert found.lines == wanted


def test_none_of_an_outcome_is_said(shipskip: Command, run: str) -> None:
    result = shipskip("runs", "scorecards", "--outcome", "no_quorum")
    assert (result.code, result.out.strip()) == (0, "")
    assert f"run {run} has no such scorecard" in result.err


@pytest.mark.parametrize("name", ["cards.csv", "cards.jsonl", "cards.json"])
def test_a_file_holds_what_is_printed(
    shipskip: Command, run: str, workspace: Path, name: str
) -> None:
    result = shipskip("runs", "scorecards", "--out", name)
    assert (result.code, result.out) == (0, "")
    assert f"2 scorecards written: {name}" in result.err
    form = name.partition(".")[2]
    printed = shipskip("runs", "scorecards", "--format", form).out
    written = (workspace / name).read_bytes().decode("utf-8")
    assert written.replace("\r\n", "\n") == printed.replace("\r\n", "\n")
    if form != "csv":
        assert json.loads(written.splitlines()[0] if form == "jsonl" else written)


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--format", "xlsx"), "--format xlsx is none of table, csv, jsonl and json"),
        (("--outcome", "ship,maybe"), "--outcome maybe is no outcome"),
        (("--out", "cards.xlsx"), "cards.xlsx ends in none of"),
        (("--out", "nowhere/cards.csv"), "there is no such folder"),
    ],
)
def test_a_wrong_wish_is_told(
    shipskip: Command, run: str, flags: tuple[str, ...], said: str
) -> None:
    result = shipskip("runs", "scorecards", *flags)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_a_file_that_is_there_is_not_written_over(
    shipskip: Command, run: str, workspace: Path
) -> None:
    (workspace / "cards.csv").write_text("mine", encoding="utf-8")
    assert shipskip("runs", "scorecards", "--out", "cards.csv").code == 2
    assert (workspace / "cards.csv").read_text(encoding="utf-8") == "mine"
