"""A finished run is left alone."""

import subprocess
import sys
from pathlib import Path

from panel.testing import FakeOpenAI, Reply
from tests.cli.conftest import Command
from tests.cli.ordering import at, run_of


def test_a_finished_run_is_left_alone(shipskip: Command, workspace: Path, fake: FakeOpenAI) -> None:
    run = run_of(shipskip("review", "hy-mt2", *at(fake)))
    (workspace / "dossiers" / "hy-mt2.md").unlink()
    result = shipskip("runs", "resume")
    assert (result.code, result.out, fake.count) == (0, "", 5)
    assert result.err.splitlines() == [
        f"run {run} is finished: nothing is left to do",
        f"look at it: shipskip runs show {run}",
        f"pages: shipskip runs export {run}",
    ]


def test_its_scorecards_are_given_as_json(
    shipskip: Command, workspace: Path, fake: FakeOpenAI
) -> None:
    first = shipskip("review", "hy-mt2", "muse-spark", *at(fake, "--json"))
    assert shipskip("runs", "resume", "--json").lines == first.lines
    assert fake.count == 10


def test_failed_seats_are_named_with_the_way_to_ask_again(
    shipskip: Command, workspace: Path
) -> None:
    with FakeOpenAI({"skeptic": Reply.status(500), "*": Reply()}) as server:
        run = run_of(shipskip("review", "hy-mt2", *at(server)))
        result = shipskip("runs", "resume")
    assert result.code == 0
    assert f"ask 1 failed seat again: shipskip runs retry-failed {run}" in result.err


def test_it_does_not_wait_for_an_llm_library() -> None:
    code = "import sys, panel.cli.finished; sys.exit('pydantic_ai' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
