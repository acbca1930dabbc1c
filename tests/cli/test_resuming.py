"""A run goes on under what was ordered, or as a new run under what is there now."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from panel.bootstrap.house import House
from panel.testing import FakeOpenAI, Reply
from tests.cli.conftest import ROOT, Command, edited
from tests.cli.ordering import at, made_dossiers, rows, run_of

PRICES = ("--input-price", 1, "--output-price", 2)


@dataclass(frozen=True)
class Stopped:
    """A run of two dossiers that was stopped after the first.

    Attributes:
        run: Its id.
        server: Who drafts; six calls were made, five answered.
    """

    run: str
    server: FakeOpenAI


@pytest.fixture
def stopped(shipskip: Command, workspace: Path) -> Iterator[Stopped]:
    """A run that can go on."""
    with FakeOpenAI([*[Reply()] * 5, Reply.status(401), *[Reply()] * 40]) as server:
        flags = at(server, "--concurrency", 1, *PRICES)
        result = shipskip("review", "hy-mt2", "muse-spark", *flags)
        assert (result.code, server.count) == (1, 6)
        yield Stopped(run_of(result), server)


def other_skeptic(workspace: Path) -> None:
    """Give the workspace a skeptic of its own."""
    (workspace / "personas").mkdir()
    path = workspace / "personas" / "skeptic.md"
    shutil.copy(ROOT / "personas" / "skeptic.md", path)
    edited(path, "title: ", "title: Once more, ")


def test_a_resume_under_the_same_inputs_shows_all_scorecards(
    shipskip: Command, stopped: Stopped
) -> None:
    result = shipskip("runs", "resume")
    assert result.code == 0
    assert "resuming under the run's own settings" in result.err
    assert result.out.index("Hy-MT2 ·") < result.out.index("Muse Spark ·")
    assert stopped.server.count == 6 + 5


def test_what_has_changed_is_listed_and_nothing_is_asked(
    shipskip: Command, stopped: Stopped, workspace: Path
) -> None:
    other_skeptic(workspace)
    edited(workspace / "dossiers" / "muse-spark.md", "category: ", "category: New ")
    (workspace / "prompts").mkdir()
    shutil.copy(ROOT / "prompts" / "rules.md.j2", workspace / "prompts")
    edited(workspace / "prompts" / "rules.md.j2", "\n", "\n\n")
    result = shipskip("runs", "resume", "--llm", "other-llm", *at(stopped.server)[2:4])
    assert (result.code, result.out) == (2, "")
    told = [line for line in result.err.splitlines() if line.startswith("error: ")]
    assert told[:-1] == [
        "error: prompt rules.md.j2 has changed since the run was ordered",
        "error: persona skeptic has changed since the run was ordered",
        "error: llm openai-chat:fake-llm -> openai-chat:other-llm, since the run was ordered",
        "error: dossier muse-spark has changed since the run was ordered",
    ]
    assert told[-1].startswith(f"error: run {stopped.run} was not resumed")
    for way in ("--pinned", "--fork"):
        assert f"shipskip runs resume {stopped.run} {way}" in result.err
    assert stopped.server.count == 6


def test_a_dossier_that_is_done_may_change(
    shipskip: Command, stopped: Stopped, workspace: Path
) -> None:
    edited(workspace / "dossiers" / "hy-mt2.md", "tagline: ", "tagline: Well, ")
    assert shipskip("runs", "resume").code == 0


def test_pinned_goes_on_with_what_was_ordered_and_says_so(
    shipskip: Command, stopped: Stopped, workspace: Path
) -> None:
    other_skeptic(workspace)
    result = shipskip("runs", "resume", "--pinned", "--json")
    assert [card["dossier"] for card in result.lines] == ["hy-mt2", "muse-spark"]
    assert "going on with what was ordered, although:" in result.err
    assert "  persona skeptic has changed since the run was ordered" in result.err
    assert all("Once more" not in call.persona_text for call in stopped.server.requests)


def test_fork_asks_only_what_has_changed_and_notes_its_parent(
    shipskip: Command, stopped: Stopped, workspace: Path
) -> None:
    other_skeptic(workspace)
    result = shipskip("runs", "resume", "--fork", "--json")
    child = run_of(result)
    assert result.code == 0
    assert f"after run {stopped.run}; new: persona skeptic" in result.err
    assert "4 verdicts carried over at no cost, 6 reviews asked anew" in result.err
    assert "6 to 18 calls" in result.err
    assert stopped.server.count == 6 + 6
    assert {card["run"] for card in result.lines} == {child} != {stopped.run}
    assert [card["answered"] for card in result.lines] == [5, 5]
    shown = json.loads(shipskip("runs", "show", child, "--json").out)
    assert shown["parent"] == stopped.run
    assert rows(workspace, "SELECT count(*) FROM runs") == [(2,)]
    assert shipskip("runs", "verify", child).code == 0


def test_a_fork_is_shown_before_it_is_made(
    shipskip: Command, stopped: Stopped, workspace: Path
) -> None:
    result = shipskip("runs", "fork", stopped.run, "--samples", 2, "--dry-run", "--json")
    assert result.code == 0
    assert "samples 1 -> 2" in result.err
    assert "5 verdicts carried over at no cost, 15 reviews asked anew" in result.err
    assert (result.json["reviews"], result.json["calls"]) == (20, [15, 45])
    assert "nothing was asked and nothing was spent" in result.err
    assert stopped.server.count == 6
    assert rows(workspace, "SELECT count(*) FROM runs") == [(1,)]


def test_a_fork_with_another_llm_asks_everything_anew(shipskip: Command, stopped: Stopped) -> None:
    flags = at(stopped.server, "--dry-run", "--json")
    result = shipskip("runs", "fork", stopped.run, "--llm", "other-llm", *flags[2:4], *flags[6:])
    assert result.json["llms"] == ["openai-chat:other-llm"]
    assert "0 verdicts carried over at no cost, 10 reviews asked anew" in result.err


def test_a_run_that_is_not_there_is_told(shipskip: Command, stopped: Stopped) -> None:
    result = shipskip("runs", "resume", "20200101-000000-000000")
    assert result.code == 2
    assert "20200101-000000-000000" in result.err


def test_a_cancelled_run_is_ordered_anew(shipskip: Command, stopped: Stopped) -> None:
    with House.open(Path.cwd()).store(write=True) as store:
        store.note_run(stopped.run, "cancelled")
    result = shipskip("runs", "resume", stopped.run)
    assert result.code == 2
    assert f"shipskip runs fork {stopped.run}" in result.err
    assert stopped.server.count == 6
    assert shipskip("runs", "fork", stopped.run, "--here", "--json").code == 0
    assert stopped.server.count == 6 + 5


def test_a_long_run_goes_on_as_a_table(shipskip: Command, workspace: Path) -> None:
    shutil.rmtree(workspace / "dossiers")
    made_dossiers(workspace / "dossiers", 12)
    names = [f"made-{number:02}" for number in range(12)]
    with FakeOpenAI([*[Reply()] * 7, Reply.status(401), *[Reply()] * 40]) as server:
        seats = ("--seats", "skeptic", "--concurrency", 1)
        assert shipskip("review", *names, *at(server, *seats)).code == 1
        result = shipskip("runs", "resume")
        assert server.count == 8 + 5
    assert result.code == 0
    assert "12 scorecards" in result.out


def test_live_is_told_where_it_changes_nothing(shipskip: Command, stopped: Stopped) -> None:
    result = shipskip("runs", "resume", "--live")
    assert result.code == 0
    assert "this run calls live anyway" in result.err
