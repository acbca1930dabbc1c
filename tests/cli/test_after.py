"""The commands for runs that are there already."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.ordering import run_of


@pytest.mark.parametrize("other", ["--pinned", "--live"])
def test_a_fork_goes_no_other_way(shipskip: Command, workspace: Path, other: str) -> None:
    shipskip("review", "hy-mt2")
    result = shipskip("runs", "resume", "--fork", other)
    assert result.code == 2
    assert f"--fork and {other} exclude each other" in result.err


@pytest.mark.parametrize("name", ["resume", "fork", "retry-failed", "diff", "scorecards"])
def test_each_is_there_with_its_help(shipskip: Command, name: str) -> None:
    assert f"shipskip runs {name}" in shipskip("runs", name, "--help").out


def test_fork_is_the_same_as_resume_with_fork(shipskip: Command, workspace: Path) -> None:
    run = run_of(shipskip("review", "hy-mt2"))
    for words in (("fork", run, "--here"), ("resume", run, "--fork")):
        result = shipskip("runs", *words)
        assert result.code == 0
        assert f"after run {run}; new: nothing" in result.err


@pytest.mark.parametrize("name", ["resume", "fork", "retry-failed", "scorecards"])
def test_without_any_run_it_says_so(shipskip: Command, workspace: Path, name: str) -> None:
    result = shipskip("runs", name)
    assert result.code != 0
    assert "error: " in result.err
    assert "Traceback" not in result.err
