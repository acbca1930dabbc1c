"""Work is left to workers by the same options everywhere, and looked on until it has ended."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from panel.bootstrap.house import House
from panel.cli.handover import Where, by_workers
from panel.errors import InputError
from panel.testing import FakeOpenAI, Reply
from tests.cli.conftest import Command
from tests.cli.ordering import at, rows, run_of
from tests.cli.test_running import begun

SHARED = "postgresql://shipskip@localhost/shipskip"


@pytest.mark.parametrize(
    ("url", "here", "batched", "expected"),
    [
        (SHARED, None, False, True),
        (SHARED, True, False, False),
        (SHARED, False, False, True),
        (SHARED, None, True, False),
        ("sqlite:///shipskip.db", None, False, False),
        ("sqlite:///shipskip.db", True, False, False),
    ],
)
def test_workers_work_where_they_can_unless_it_is_said_otherwise(
    tmp_path: Path, url: str, here: bool | None, batched: bool, expected: bool
) -> None:
    house = House.open(tmp_path, {"database_url": url}, environ={})
    assert by_workers(house, Where(here), batched=batched) is expected


@pytest.mark.parametrize(
    ("url", "said"), [(SHARED, "driven by one process"), ("sqlite:///x.db", "need a PostgreSQL")]
)
def test_workers_that_cannot_do_it_are_refused(tmp_path: Path, url: str, said: str) -> None:
    house = House.open(tmp_path, {"database_url": url}, environ={})
    with pytest.raises(InputError, match=said):
        by_workers(house, Where(here=False), batched=True)


@contextmanager
def left_to_a_worker(
    shipskip: Command, workspace: Path, *arguments: str
) -> Generator[tuple[int, str, str]]:
    """What a command leaves that looks on while a worker drains the queue."""
    with begun(workspace, *arguments) as process:
        assert process.stderr is not None
        said = ""
        for line in process.stderr:
            said += line
            if "wait for workers" in line:
                break
        assert "wait for workers" in said, said
        worker = shipskip("worker", "--drain")
        assert worker.code == 0, worker.err
        out, err = process.communicate(timeout=60)
    yield process.returncode, out, said + err


@pytest.fixture
def shared(workspace: Path, monkeypatch: pytest.MonkeyPatch, empty_postgres_url: str) -> Path:
    """A workspace on PostgreSQL."""
    monkeypatch.setenv("SHIPSKIP_DATABASE_URL", empty_postgres_url)
    return workspace


def test_a_cap_that_workers_reach_leaves_the_code_of_a_cap(shipskip: Command, shared: Path) -> None:
    (shared / "list.txt").write_text("muse-spark\nhy-mt2\n", encoding="utf-8")
    with FakeOpenAI(Reply.no_usage()) as server:
        priced = ("--input-price", 1, "--output-price", 4, "--max-cost", "0.08")
        flags = at(server, *priced, "--max-tokens", 4000)
        order = ("batch", "list.txt", *flags)
        with left_to_a_worker(shipskip, shared, *order) as (code, out, err):
            assert (code, out) == (4, "")
            assert "error: the cap of 0.08 USD is reached: 0.0000 USD are spent" in err
        here = shipskip(*order, "--here")
        assert here.code == 4
        assert "error: the cap of 0.08 USD is reached: 0.0000 USD are spent" in here.err
        assert 0 < server.count < 20


def test_failed_seats_are_asked_again_by_workers(shipskip: Command, shared: Path) -> None:
    script = {"skeptic": [Reply.status(500), Reply()], "*": Reply()}
    with FakeOpenAI(script) as server:
        run = run_of(shipskip("review", "hy-mt2", "muse-spark", *at(server, "--concurrency", 1)))
        again = ("runs", "retry-failed", run, "--json")
        with left_to_a_worker(shipskip, shared, *again) as (code, out, err):
            assert code == 0, err
        assert server.count == 10 + 1
    assert f'"run": "{run}", "asked": 1, "answered": 1' in out
    assert "1 dossiers wait for workers; none is there" in err
    assert rows(shared, "SELECT persona, nth FROM reviews WHERE nth > 1") == [("skeptic", 2)]
    assert shipskip("runs", "list", "--json").json["state"] == "finished"


def test_a_cancelled_run_is_not_left_to_workers(shipskip: Command, shared: Path) -> None:
    script = {"skeptic": [Reply.status(500), Reply()], "*": Reply()}
    with FakeOpenAI(script) as server:
        run = run_of(shipskip("review", "hy-mt2", *at(server)))
        with House.open(shared).store(write=True) as store:
            store.note_run(run, "cancelled")
        result = shipskip("runs", "retry-failed", run)
    assert (result.code, result.out) == (2, "")
    assert f"shipskip runs fork {run}" in result.err


def test_a_fork_is_made_by_workers(shipskip: Command, shared: Path) -> None:
    with FakeOpenAI() as server:
        parent = run_of(shipskip("review", "hy-mt2", "muse-spark", *at(server)))
        fork = ("runs", "fork", parent, "--samples", "2", "--json")
        with left_to_a_worker(shipskip, shared, *fork) as (code, out, err):
            assert code == 0, err
        assert server.count == 10 + 10
    assert out.count('"dossier":') == 2
    assert "10 verdicts carried over at no cost, 10 reviews asked anew" in err
    assert shipskip("runs", "verify").code == 0
