"""`shipskip batch` from a list to its scorecards: on paper, as JSON, on a terminal, interrupted."""

import csv
import os
import re
import signal
import threading
from pathlib import Path

import pytest

from panel.testing import FakeOpenAI, FakeRequest, Reply
from tests.cli.conftest import Command, told
from tests.cli.ordering import at, made_dossiers, rows, run_of, wait_until
from tests.cli.test_progress import on_a_terminal
from tests.cli.test_running import begun

TWO = "muse-spark\nhy-mt2\n"


@pytest.fixture
def tonight(workspace: Path) -> str:
    """A list of two dossiers."""
    (workspace / "tonight.txt").write_text(TWO)
    return "tonight.txt"


def test_a_list_is_announced_run_and_told_as_a_table(
    shipskip: Command, workspace: Path, tonight: str, fake: FakeOpenAI
) -> None:
    prices = ("--input-price", "1", "--output-price", "2")
    result = shipskip("batch", "--here", tonight, *at(fake, *prices, "--name", "tonight"))
    assert result.code == 0
    run = re.search(
        r"^run (\S+) \(tonight\): 2 dossiers x 5 seats, .* USD$", result.err, re.MULTILINE
    )
    assert run
    assert "\ntokens: " in result.err
    heading, *table = result.out.splitlines()
    assert heading.split() == ["model", "outcome", "ship", "interval", "dissent", "flags", "cost"]
    assert table[0].startswith("Muse Spark")
    assert table[1].startswith("Hy-MT2")
    assert any(line.startswith("2 scorecards: ") for line in table)
    assert re.search(
        r"^cost: \$\S+, \$\S+ a scorecard; \d+ % of the tokens", result.out, re.MULTILINE
    )
    assert "Would change it" not in result.out, "no card is printed"
    assert f"read one: shipskip runs show {run[1]} --dossier SLUG" in result.err
    assert "100 %: 10 of 10 reviews, 0 failed" in result.err
    assert "\x1b" not in result.out + result.err
    assert shipskip("runs", "verify", run[1]).code == 0


def test_json_is_a_line_a_scorecard_in_order_of_the_list(
    shipskip: Command, workspace: Path, tonight: str
) -> None:
    result = shipskip("batch", "--here", tonight, "--json")
    assert [card["dossier"] for card in result.lines] == ["muse-spark", "hy-mt2"]
    assert all(len(card["reviews"]) == 5 for card in result.lines)
    assert "2 scorecards: " in result.err
    again = shipskip("runs", "show", "latest", "--dossier", "hy-mt2", "--json")
    assert again.json == result.lines[1]


def test_a_dry_run_asks_nobody_and_names_what_is_left_out(
    shipskip: Command, workspace: Path, tonight: str, fake: FakeOpenAI
) -> None:
    (workspace / tonight).write_text(TWO + "hy-mt3\n")
    flags = (*at(fake), "--dry-run", "--skip-bad")
    result = shipskip("batch", "--here", tonight, *flags)
    assert (result.code, fake.count, (workspace / "runs").exists()) == (0, 0, False)
    assert "left out: " in result.err
    assert "tonight.txt:3" in result.err
    assert told(result, r"^calls +10 to +30$")
    assert shipskip("batch", "--here", tonight, *flags, "--json").json["reviews"] == 10


def test_bad_rows_refuse_the_list_before_anything_is_spent(
    shipskip: Command, workspace: Path, tonight: str, fake: FakeOpenAI
) -> None:
    (workspace / tonight).write_text(TWO + "hy-mt3\nhy-mt2\n")
    result = shipskip("batch", "--here", tonight, *at(fake))
    assert (result.code, result.out, fake.count) == (2, "", 0)
    assert [line.split(":")[2] for line in result.err.splitlines() if "error" in line] == ["3", "4"]
    run = shipskip("batch", "--here", tonight, *at(fake, "--skip-bad"))
    assert (run.code, fake.count) == (0, 10)
    assert run.err.count("left out: ") == 2


def test_rows_may_have_a_panel_of_their_own(
    shipskip: Command, workspace: Path, fake: FakeOpenAI
) -> None:
    (workspace / "own.csv").write_text("dossier,seats,samples\nmuse-spark,skeptic,2\nhy-mt2,,\n")
    result = shipskip("batch", "--here", "own.csv", *at(fake, "--json"))
    assert [(card["seats"], card["samples"]) for card in result.lines] == [(1, 2), (5, 1)]
    assert "2 dossiers, 7 reviews, drafted by openai-chat:fake-llm" in result.err
    assert "and 1 other panel for rows that ask for one" in shipskip("runs", "show").out


def test_failures_are_told_by_kind_with_their_remedy(
    shipskip: Command, workspace: Path, tonight: str
) -> None:
    with FakeOpenAI({"skeptic": Reply.refusal(), "*": Reply()}) as server:
        result = shipskip("batch", "--here", tonight, *at(server))
    assert result.code == 3
    assert "2 of 10 reviews failed: 2 refused" in result.out
    assert "  refused -> read the refusal" in result.out
    assert "1 failed" in result.out.splitlines()[1]
    assert "shipskip runs retry-failed " in result.err


@pytest.fixture
def many(workspace: Path) -> str:
    """A folder of thirty made dossiers as the list."""
    made_dossiers(workspace / "many", 30)
    return "many"


def test_a_terminal_has_a_live_view_and_data_stays_on_stdout(
    workspace: Path, tonight: str, tmp_path: Path
) -> None:
    out = tmp_path / "cards.jsonl"
    code, said = on_a_terminal(workspace, out, "batch", "--here", tonight, "--json")
    assert code == 0
    assert out.read_text(encoding="utf-8").count('"dossier":') == 2
    assert "10 of 10 reviews" in said
    assert "\x1b[" in said
    assert '"dossier"' not in said


def test_ctrl_c_lets_calls_come_home_and_resume_asks_for_the_rest(
    shipskip: Command, workspace: Path, many: str
) -> None:
    released = threading.Event()

    def held(_: FakeRequest) -> Reply:
        return Reply() if released.wait(60) else Reply.status(500)

    with (
        FakeOpenAI(held) as server,
        begun(workspace, "batch", "--here", many, *at(server, "--concurrency", 7)) as process,
    ):
        wait_until(lambda: server.count == 7)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("stopping: 7 calls in flight come home first"):
                break
        released.set()
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out) == (130, "")
        assert "Traceback" not in err
        run = shipskip("runs", "list", "--json").json
        assert (run["state"], run["answered"], server.count) == ("stopped", 7, 7)
        assert err.splitlines()[-1] == f"  -> go on with: shipskip runs resume {run['id']}"
        again = shipskip("runs", "resume", run["id"])
        assert server.count == 150, "nothing is asked twice"
    assert again.code == 0
    assert "30 scorecards: " in again.out
    assert shipskip("runs", "verify").code == 0


def test_impatience_loses_nothing_and_gives_no_traceback(
    shipskip: Command, workspace: Path, many: str
) -> None:
    with (
        FakeOpenAI({"developer": Reply(), "*": Reply.slow(30)}) as server,
        begun(workspace, "batch", "--here", many, *at(server, "--concurrency", 9)) as process,
    ):
        wait_until(lambda: server.count >= 9)
        for _ in range(6):
            process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert "Exception" not in err
    assert rows(workspace, "SELECT count(*) FROM runs") == [(1,)]


def test_another_terminal_looks_on(shipskip: Command, workspace: Path, tonight: str) -> None:
    run = run_of(shipskip("batch", "--here", tonight))
    seen = shipskip("runs", "show", run, "--watch")
    assert (seen.code, seen.out) == (0, "")
    assert seen.err.startswith("100 %: 10 of 10 reviews, 0 failed; ")
    assert seen.err.rstrip().endswith("; finished")
    content = shipskip("runs", "show", run, "--watch", "--json").json
    assert (content["run"], content["done"], content["state"]) == (run, 10, "finished")


def test_looking_on_ends_with_ctrl_c_and_leaves_the_run_alone(
    shipskip: Command, workspace: Path, tonight: str
) -> None:
    released = threading.Event()

    def held(_: FakeRequest) -> Reply:
        return Reply() if released.wait(60) else Reply.status(500)

    with (
        FakeOpenAI(held) as server,
        begun(workspace, "batch", "--here", tonight, *at(server)) as working,
    ):
        wait_until(lambda: server.count == 10)
        with begun(workspace, "runs", "show", "--watch") as watching:
            assert watching.stderr is not None
            assert "0 of 10 reviews" in watching.stderr.readline()
            watching.send_signal(signal.SIGINT)
            _, err = watching.communicate(timeout=60)
        assert watching.returncode == 0
        assert "the run is left alone" in err
        released.set()
        assert working.wait(60) == 0


def test_a_reader_that_leaves_early_costs_nothing(
    shipskip: Command, workspace: Path, tonight: str
) -> None:
    reading, writing = os.pipe()
    with begun(workspace, "batch", "--here", tonight, "--json", stdout=writing) as process:
        os.close(writing)
        os.close(reading)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in err
    assert shipskip("runs", "list", "--json").json["state"] == "finished"


def test_an_export_to_a_spreadsheet_counts_what_failed(
    shipskip: Command, workspace: Path, tonight: str
) -> None:
    with FakeOpenAI({"skeptic": Reply.refusal(), "*": Reply()}) as server:
        assert shipskip("batch", "--here", tonight, *at(server, "--out", "night.csv")).code == 3
    with (workspace / "night.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert [(row["answered"], row["seats"]) for row in table] == [("4", "5")] * 2
    assert {row["cost"] for row in table} == {"unknown"}
