"""Scorecards for other programs: refused early where they cannot go, whole in every format."""

import csv
import json
from pathlib import Path

import pytest

from panel.cli.card_files import refuse_file
from panel.errors import InputError
from tests.cli.conftest import Command


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("cards.xlsx", "ends in none of .csv, .jsonl, .json"),
        ("there.csv", "is there already"),
        ("nowhere/cards.csv", "there is no such folder"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_at_once(
    workspace: Path, path: str, said: str
) -> None:
    (workspace / "there.csv").write_text("mine")
    with pytest.raises(InputError, match=said):
        refuse_file(Path(path))


def test_a_fine_file_is_not_refused(workspace: Path) -> None:
    refuse_file(None)
    refuse_file(Path("cards.JSONL"))


@pytest.mark.parametrize("form", ["csv", "jsonl", "json"])
def test_every_format_has_every_scorecard_in_order(
    shipskip: Command, workspace: Path, form: str
) -> None:
    (workspace / "list.txt").write_text("muse-spark\nhy-mt2\n")
    result = shipskip("batch", "--here", "list.txt", "--out", f"cards.{form}")
    assert result.code == 0
    assert f"written: cards.{form}" in result.err
    text = (workspace / f"cards.{form}").read_text(encoding="utf-8")
    if form == "csv":
        rows = list(csv.DictReader(text.splitlines()))
    else:
        rows = json.loads(text) if form == "json" else list(map(json.loads, text.splitlines()))
    assert [row["dossier"] for row in rows] == ["muse-spark", "hy-mt2"]
    assert list(workspace.glob(".cards*")) == []
