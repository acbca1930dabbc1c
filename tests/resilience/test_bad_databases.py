"""A full disk, a database gone read-only, a server away: a clean stop or a wait, nothing lost."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Postgres
from tests.resilience.accounts import Accounts
from tests.resilience.illnesses import small_disk
from tests.resilience.lives import begin, furnished, handed_over, on_postgres
from tests.resilience.storm import FarServer, Storm

FLAGS = ("--concurrency", "16", "--here")


@pytest.fixture
def server() -> Iterator[FarServer]:
    with FarServer("--latency", 0.2) as server:
        yield server


@pytest.mark.sqlite_only("the disk is that of this process")
def test_a_full_disk_stops_the_run_which_goes_on_once_there_is_space(
    server: FarServer, tmp_path: Path
) -> None:
    desk = furnished(tmp_path / "desk", 20)
    storm = Storm(desk, server, random.Random(1), FLAGS)
    life = begin(desk, *storm.order(), ill=small_disk)
    assert life.end() == 1
    said = life.err.read_text(encoding="utf-8")
    assert "disk" in said
    assert "Traceback" not in said
    begin(desk, "runs", "verify").succeed()

    begin(desk, "runs", "resume").succeed()
    begin(desk, "runs", "verify").succeed()
    accounts = Accounts.settle(desk, server.bill())
    assert accounts.hold, accounts
    assert accounts.unanswered <= 16


def test_a_database_that_is_away_for_a_while_is_waited_for(
    server: FarServer, tmp_path: Path, own_postgres: Postgres
) -> None:
    desk = on_postgres(furnished(tmp_path / "desk", 30), own_postgres.url)
    storm = Storm(desk, server, random.Random(1), FLAGS)
    life = begin(desk, *storm.order())
    server.wait_for("asked", 20, life)
    own_postgres.stop_and_start(2)
    life.succeed()
    begin(desk, "runs", "verify").succeed()
    accounts = Accounts.settle(desk, server.bill())
    assert accounts.hold, accounts
    assert (accounts.unanswered, accounts.repeated) == (0, 0)


def test_workers_outlast_a_database_that_is_away(
    server: FarServer, tmp_path: Path, own_postgres: Postgres
) -> None:
    desk = on_postgres(furnished(tmp_path / "desk", 30), own_postgres.url)
    storm = Storm(desk, server, random.Random(1), ("--concurrency", "16"))
    watching = handed_over(desk, *storm.order())
    crew = [begin(desk, "worker", "--drain", "--concurrency", "8") for _ in range(2)]
    server.wait_for("asked", 20, crew[0])
    own_postgres.stop_and_start(2)
    for life in [*crew, watching]:
        life.succeed()
    begin(desk, "runs", "verify").succeed()
    accounts = Accounts.settle(desk, server.bill())
    assert accounts.hold, accounts
    assert (accounts.unanswered, accounts.repeated) == (0, 0)
