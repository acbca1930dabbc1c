"""What goes wrong in a run: failed seats, refused keys, Ctrl-C, a second writer, a full disk."""

import os
import re
import signal
import subprocess
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from panel.bootstrap.house import House
from panel.store.store import Store
from panel.testing import FakeOpenAI, FakeRequest, Reply
from tests.cli.conftest import Command, script
from tests.cli.ordering import at, rows, run_of, wait_until
from tests.databases import dump

KEY = "sk-test-CANARYKEY1"
FAULTS = {
    "refused": Reply.refusal(),
    "filtered": Reply.content_filter(),
    "truncated": Reply.truncated(),
    "invalid-answer": Reply.text("Ship it!"),
    "rate-limited": Reply.status(429, retry_after="0"),
    "server-error": Reply.status(500),
    "dropped": Reply.drop(),
    "not-an-api": Reply.html(),
    "empty-answer": Reply.empty_choices(),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_failed_seat_stays_at_the_table_without_a_vote(
    shipskip: Command, workspace: Path, kind: str
) -> None:
    with FakeOpenAI({"skeptic": FAULTS[kind], "*": Reply()}) as server:
        result = shipskip("review", "hy-mt2", *at(server, "--json"))
    card = result.json
    assert result.code == 3
    assert "1 of 5 reviews failed" in result.err
    assert (card["answered"], card["seats"]) == (4, 5)
    failed = next(review for review in card["reviews"] if review["failure"])
    assert (failed["persona"], failed["call"], failed["failure"]["kind"]) == ("skeptic", None, kind)
    assert failed["failure"]["remedy"]
    text = shipskip("runs", "show").out
    assert "4 of 5 seats answered" in text
    assert failed["failure"]["remedy"].split(";")[0] in " ".join(text.split())


def test_when_all_seats_fail_there_is_no_quorum_and_no_percentage(
    shipskip: Command, workspace: Path
) -> None:
    with FakeOpenAI(Reply.status(500)) as server:
        result = shipskip("review", "hy-mt2", *at(server, "--out", "printed"))
    assert result.code == 3
    assert "NO QUORUM" in result.out
    assert "0 of 5 seats answered" in result.out
    card = shipskip("runs", "show", "--json").json
    assert {review["failure"] for review in card["reviews"]} == {"server-error"}
    assert "%" not in result.out
    assert "%" not in (workspace / "printed" / "hy-mt2.md").read_text(encoding="utf-8")
    page = (workspace / "printed" / "hy-mt2.html").read_text(encoding="utf-8")
    body = re.sub(r"<(style|svg).*?</\1>|<[^>]*>", "", page, flags=re.DOTALL)
    assert "No quorum" in body
    assert "%" not in body


def test_a_refused_key_stops_the_run_at_once_and_a_good_one_finishes_it(
    shipskip: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIPSKIP_API_KEY", "sk-test-STALE")
    with FakeOpenAI(key=KEY) as server:
        flags = at(server, "--concurrency", 2)
        result = shipskip("review", "muse-spark", "hy-mt2", *flags)
        run = run_of(result)
        assert (result.code, result.out) == (1, "")
        assert server.count <= 2
        errors = [line for line in result.err.splitlines() if "error" in line]
        assert len(errors) == 1
        assert "openai-chat:fake-llm: key-refused" in errors[0]
        assert f"shipskip runs resume {run}" in result.err.splitlines()[-1]
        assert [line["state"] for line in shipskip("runs", "list", "--json").lines] == ["stopped"]
        assert rows(workspace, "SELECT count(*) FROM scorecards") == [(0,)]
        monkeypatch.setenv("SHIPSKIP_API_KEY", KEY)
        asked = server.count
        again = shipskip("runs", "resume", "--json")
        assert server.count == asked + 10
    assert again.code == 0
    assert [card["answered"] for card in again.lines] == [5, 5]
    assert {card["run"] for card in again.lines} == {run}
    assert shipskip("runs", "list", "--json").json["state"] == "finished"
    kept = dump(House.open(workspace).database_url)
    assert run in kept
    assert "sk-test" not in kept


def test_a_missing_llm_stops_the_run_with_its_name(shipskip: Command, workspace: Path) -> None:
    with FakeOpenAI(llms=["other-llm"]) as server:
        result = shipskip("review", "hy-mt2", *at(server))
        assert server.count <= 5
    assert (result.code, result.out) == (1, "")
    assert "no-such-llm" in result.err
    assert "fake-llm" in result.err


@contextmanager
def begun(
    workspace: Path,
    *arguments: str,
    stdout: int = subprocess.PIPE,
    before: str = "true",
) -> Generator[subprocess.Popen[str]]:
    """The real command in a process of its own, after a line of shell."""
    process = subprocess.Popen(
        ["/bin/sh", "-c", f'{before}; exec "$@"', "sh", script(), *arguments],
        cwd=workspace,
        text=True,
        stdout=stdout,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_ctrl_c_keeps_what_was_answered_and_says_how_to_go_on(
    shipskip: Command, workspace: Path
) -> None:
    released = threading.Event()

    def held(_: FakeRequest) -> Reply:
        return Reply() if released.wait(60) else Reply.status(500)

    def one_review() -> bool:
        begun = server.count == 5
        return begun and rows(workspace, "SELECT count(*) FROM reviews") == [(1,)]

    with (
        FakeOpenAI({"developer": Reply(), "*": held}) as server,
        begun(workspace, "review", "hy-mt2", *at(server)) as process,
    ):
        wait_until(one_review)
        second = shipskip("runs", "resume")
        assert second.code == 1
        assert str(process.pid) in second.err
        assert "wait for it to end or stop it" in second.err
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("stopping: 4 calls in flight come home first"):
                break
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        released.set()
        assert (process.returncode, out) == (130, "")
        assert "Traceback" not in err
        run = shipskip("runs", "list", "--json").json
        assert (run["state"], run["answered"]) == ("stopped", 1)
        assert err.splitlines()[-2:] == [
            "error: interrupted; everything that was answered is kept",
            f"  -> go on with: shipskip runs resume {run['id']}",
        ]
        assert shipskip("runs", "resume", run["id"], "--json").json["answered"] == 5
        assert server.count == 9, "only the four that were not answered are asked again"
    assert shipskip("runs", "verify").code == 0
    assert shipskip("runs", "replay").code == 0


@pytest.mark.sqlite_only("any number may write to PostgreSQL")
def test_a_second_writer_is_told_who_writes(shipskip: Command, workspace: Path) -> None:
    with Store.open(f"sqlite:///{workspace}/runs/shipskip.db", write=True):
        result = shipskip("review", "muse-spark")
    assert (result.code, result.out) == (1, "")
    assert f"process {os.getpid()} is writing to this database" in result.err
    assert "wait for it to end or stop it" in result.err


def test_a_reader_that_leaves_early_costs_nothing(shipskip: Command, workspace: Path) -> None:
    reading, writing = os.pipe()
    with begun(workspace, "review", "hy-mt2", "muse-spark", stdout=writing) as process:
        os.close(writing)
        os.close(reading)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in err
    assert "Exception" not in err
    run = shipskip("runs", "list", "--json").json
    assert (run["state"], run["answered"]) == ("finished", 10)


@pytest.mark.parametrize("arguments", [("runs", "list"), ("runs", "show"), ("--help",)])
def test_every_command_lets_its_reader_leave(
    shipskip: Command, workspace: Path, arguments: tuple[str, ...]
) -> None:
    shipskip("review", "hy-mt2")
    reading, writing = os.pipe()
    with begun(workspace, *arguments, stdout=writing) as process:
        os.close(writing)
        os.close(reading)
        _, err = process.communicate(timeout=60)
    assert err == ""


@pytest.mark.sqlite_only("it fills the disk below the file")
def test_a_full_disk_is_a_clear_error(shipskip: Command, workspace: Path) -> None:
    shipskip("review", "hy-mt2")
    size = sum(path.stat().st_size for path in (workspace / "runs").iterdir())

    little = f"ulimit -f {size // 8 // 512}"  # no file may grow beyond an eighth of what is there
    with begun(workspace, "review", "muse-spark", before=little) as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Traceback" not in err
    assert "shipskip.db: " in err
    assert "  -> " in err


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite:///shipskip.toml/runs.db", "cannot be opened as a database"),
        ("sqlite:///dossiers/hy-mt2.md", "is not a SQLite database"),
        ("mysql://localhost/shipskip", "mysql"),
    ],
)
def test_a_database_that_cannot_be_used_is_a_clear_error(
    shipskip: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch, url: str, said: str
) -> None:
    (workspace / "shipskip.toml").write_text("samples = 1\n")
    monkeypatch.setenv("SHIPSKIP_DATABASE_URL", url)
    result = shipskip("review", "hy-mt2")
    assert result.code in (1, 2)
    assert result.out == ""
    assert said in result.err
    assert "->" in result.err
    assert "unexpected" not in result.err
