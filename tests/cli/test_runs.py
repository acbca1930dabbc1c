"""`shipskip runs`: find a run, export it, prove it, replay it, go on with it."""

import json
import re
from pathlib import Path

import pytest

from panel.testing import FakeOpenAI, Reply
from tests.cli.conftest import Command, edited
from tests.cli.ordering import at, change, rows, run_of
from tests.databases import VARIABLE, fresh_url

READING = ("show", "export", "verify", "replay")


@pytest.fixture
def run(shipskip: Command, workspace: Path) -> str:
    """A finished run of an llm whose server is gone."""
    with FakeOpenAI() as server:
        return run_of(shipskip("review", "hy-mt2", *at(server)))


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("name", ["latest", "whole", "beginning"])
@pytest.mark.parametrize("command", READING)
def test_a_run_is_found_by_its_id_its_beginning_or_as_the_latest(
    shipskip: Command, run: str, command: str, name: str
) -> None:
    text = {"latest": "latest", "whole": run, "beginning": run[:17]}[name]
    result = shipskip("runs", command, text)
    assert result.code == 0
    assert run in result.out


@pytest.mark.parametrize(
    "name", ["../x", "/srv/outside", "2026\0", "..", "%", "20261121-083000-5f2a9c'--", "99999999"]
)
@pytest.mark.parametrize("command", [*READING, "resume"])
def test_hostile_run_ids_lead_nowhere(
    shipskip: Command, run: str, workspace: Path, command: str, name: str
) -> None:
    before = bytes_of(workspace.parent)
    result = shipskip("runs", command, name)
    assert (result.code, result.out) == (2, "")
    assert "there is no run" in result.err
    assert "name one by its id" in result.err
    assert "\0" not in result.err
    changed = {
        path for path, text in bytes_of(workspace.parent).items() if before.get(path) != text
    }
    assert {path for path in changed if "shipskip.db" not in path} == set()


@pytest.mark.parametrize("command", [*READING, "resume"])
def test_without_any_run_every_command_says_how_to_start_one(
    shipskip: Command, workspace: Path, command: str
) -> None:
    result = shipskip("runs", command)
    assert result.code in (1, 2)
    assert "shipskip review SLUG" in result.err


def test_an_export_is_the_same_to_the_byte_and_whole(
    shipskip: Command, run: str, workspace: Path
) -> None:
    first = Path(shipskip("runs", "export").out.strip())
    assert first == workspace / "runs" / run
    before = bytes_of(first)
    assert shipskip("runs", "export").code == 0
    assert bytes_of(first) == before
    shipskip("runs", "export", "--out", "elsewhere")
    assert bytes_of(workspace / "elsewhere") == before
    assert {path.name for path in first.parent.iterdir()} <= {
        run, "shipskip.db", "shipskip.db.lock", "shipskip.db-shm", "shipskip.db-wal"
    }  # fmt: skip


def test_an_export_replaces_nothing_but_itself(
    shipskip: Command, run: str, workspace: Path
) -> None:
    folder = workspace / "mine"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    result = shipskip("runs", "export", "--out", folder)
    assert result.code == 2
    assert bytes_of(folder) == {"thesis.txt": b"mine"}


TAMPERED = {
    "review": 'UPDATE reviews SET body = replace(body, \'"call":"ship"\', \'"call":"skip"\')'
    " WHERE call = 'ship'",
    "dossier": "UPDATE documents SET body = replace(body, 'Tencent', 'Tencant')"
    " WHERE kind = 'dossier'",
    "prompt": "UPDATE documents SET body = body || ' ' WHERE kind = 'prompt'",
    "persona": "UPDATE documents SET body = body || ' ' WHERE kind = 'persona'",
    "answer": "UPDATE answers SET body = replace(body, 'chatcmpl', 'chatcmpx')",
    "exchange": "UPDATE requests SET body = body || ' '",
    "scorecard": "UPDATE scorecards SET body = replace(body, '\"seats\":5', '\"seats\":6')",
    "run": "UPDATE runs SET body = replace(body, '\"concurrency\":32', '\"concurrency\":33')",
}


@pytest.mark.parametrize("kind", TAMPERED)
def test_verify_finds_a_changed_byte_in_the_database(
    shipskip: Command, run: str, workspace: Path, kind: str
) -> None:
    assert shipskip("runs", "verify").code == 0
    change(workspace, TAMPERED[kind])
    result = shipskip("runs", "verify")
    assert result.code == 1
    assert re.search(rf"^{kind} \S+: does not match", result.out, re.MULTILINE), result.out
    told = shipskip("runs", "verify", "--json")
    assert (told.code, told.json["ok"]) == (1, False)
    assert told.json["problems"][0]["path"].startswith(f"{kind} ")
    assert told.json["problems"][0]["remedy"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("scorecards", "scorecard hy-mt2: is missing"),
        ("answers", "names an exchange that is missing"),
    ],
)
def test_verify_finds_what_was_deleted(
    shipskip: Command, run: str, workspace: Path, table: str, said: str
) -> None:
    change(workspace, f"DELETE FROM {table}")
    result = shipskip("runs", "verify")
    assert result.code == 1
    assert said in result.out


@pytest.mark.parametrize("name", ["hy-mt2.html", "hy-mt2.md", "reviews.jsonl", "manifest.json"])
def test_verify_finds_a_changed_byte_in_an_export(
    shipskip: Command, run: str, workspace: Path, name: str
) -> None:
    shipskip("runs", "export")
    assert shipskip("runs", "verify").code == 0
    path = workspace / "runs" / run / name
    text = path.read_text(encoding="utf-8")
    edited(path, text[len(text) // 2 :], "~" + text[len(text) // 2 + 1 :])
    result = shipskip("runs", "verify")
    assert result.code == 1
    assert name in result.out


def test_verify_tells_an_export_of_another_run(
    shipskip: Command, run: str, workspace: Path
) -> None:
    shipskip("review", "muse-spark", "--out", "other")
    result = shipskip("runs", "verify", run, "--folder", "other")
    assert result.code == 1
    assert "is of run" in result.out


def test_verify_without_an_export_says_so(shipskip: Command, run: str) -> None:
    result = shipskip("runs", "verify")
    assert result.out == f"run {run} (no export at its usual place): every digest holds\n"
    assert shipskip("runs", "verify", "--json").json == {"ok": True, "problems": []}


def test_a_folder_alone_is_verified_where_no_database_knows_its_run(
    shipskip: Command, run: str, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shipskip("runs", "export", run, "--out", workspace / "printed").code == 0
    monkeypatch.setenv(VARIABLE, fresh_url(workspace))
    result = shipskip("runs", "verify", "--folder", workspace / "printed")
    assert result.code == 0
    assert "without a database, so no answer was looked at: every digest holds" in result.out
    edited(workspace / "printed" / "hy-mt2.md", "Hy-MT2", "Hy-MT3")
    assert shipskip("runs", "verify", "--folder", workspace / "printed").code == 1


def test_replay_makes_no_call_and_needs_no_server(shipskip: Command, run: str) -> None:
    result = shipskip("runs", "replay")  # the server is gone
    assert (result.code, result.out) == (
        0,
        f"run {run}: rebuilt to identical bytes, no call made\n",
    )
    assert shipskip("runs", "replay", "--json").json == {"ok": True, "problems": []}


def test_replay_asks_nobody_even_when_the_server_is_there(
    shipskip: Command, workspace: Path, fake: FakeOpenAI
) -> None:
    shipskip("review", "hy-mt2", *at(fake))
    made = len(fake.requests)
    assert shipskip("runs", "replay").code == 0
    assert len(fake.requests) == made == 5


def test_a_run_with_failures_is_replayed_too(shipskip: Command, workspace: Path) -> None:
    script = {"skeptic": Reply.status(500), "creator": Reply.text("Ship it!"), "*": Reply()}
    with FakeOpenAI(script) as server:
        assert shipskip("review", "hy-mt2", *at(server)).code == 3
    assert shipskip("runs", "replay").code == 0
    assert shipskip("runs", "verify").code == 0


def test_replay_finds_a_changed_answer(shipskip: Command, run: str, workspace: Path) -> None:
    change(workspace, "UPDATE answers SET body = replace(body, 'fake-llm', 'fake-11m')")
    result = shipskip("runs", "replay")
    assert result.code == 1
    assert re.search(r"^review [0-9a-f]{64}: differs in answered_by", result.out, re.MULTILINE)


def test_replay_names_a_missing_exchange(shipskip: Command, run: str, workspace: Path) -> None:
    key = rows(workspace, "SELECT key FROM answers ORDER BY key LIMIT 1")[0][0]
    change(workspace, "DELETE FROM answers WHERE key = :key", key=key)
    result = shipskip("runs", "replay")
    assert (result.code, result.out) == (1, "")
    assert f"exchange {key}" in result.err
    assert "is not on the tape" in result.err


def test_resuming_a_finished_run_pays_for_nothing(
    shipskip: Command, workspace: Path, fake: FakeOpenAI
) -> None:
    first = shipskip("review", "hy-mt2", *at(fake, "--json"))
    again = shipskip("runs", "resume", "--json")
    assert fake.count == 5
    assert (again.code, again.json) == (0, first.json)


def test_resume_reads_the_files_of_the_first_start(shipskip: Command, workspace: Path) -> None:
    first = shipskip("review", "hy-mt2", "--json")
    (workspace / "dossiers" / "hy-mt2.md").unlink()
    (workspace / "shipskip.toml").write_text('seats = "skeptic"\n')
    again = shipskip("runs", "resume", "--json")
    assert json.loads(again.out) == first.json
    assert "nothing is left to do" in again.err
