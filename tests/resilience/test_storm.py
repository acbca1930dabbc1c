"""`kill -9` at random moments of a list: nothing lost, nothing twice, every call accounted for."""

import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from panel.bootstrap.house import House
from tests.resilience.accounts import Accounts, difference
from tests.resilience.lives import begin, furnished, on_postgres
from tests.resilience.storm import FarServer, Storm, drawn

FLAGS = ("--concurrency", "16", "--here")


@pytest.fixture(scope="module")
def server() -> Iterator[FarServer]:
    with FarServer("--latency", 0.05) as server:
        yield server


@pytest.mark.parametrize("kills", [1, 3])
def test_a_killed_list_and_killed_resumes_cost_only_the_calls_in_flight(
    kills: int, server: FarServer, tmp_path: Path
) -> None:
    dice = random.Random(kills)
    storm = Storm(furnished(tmp_path / "desk", 20), server, dice, FLAGS)
    accounts = storm.alone(drawn(dice, 100, kills))
    assert storm.kills > 0
    assert accounts.hold, accounts
    assert accounts.unanswered <= 16 * storm.kills


def test_ten_kills_of_one_run_put_no_innocent_seat_into_quarantine(
    server: FarServer, tmp_path: Path
) -> None:
    storm = Storm(furnished(tmp_path / "desk", 12), server, random.Random(4), FLAGS)
    accounts = storm.alone([2] * 10)
    assert storm.kills == 10
    assert accounts.hold, accounts
    assert accounts.failures == []


def test_the_dossiers_of_a_killed_worker_are_taken_over(
    server: FarServer, tmp_path: Path, postgres_url: str
) -> None:
    desk = on_postgres(furnished(tmp_path / "desk", 20), postgres_url)
    storm = Storm(desk, server, random.Random(2), ("--concurrency", "16"))
    accounts = storm.crew([15, 10])
    assert storm.kills > 0
    assert accounts.hold, accounts


def test_a_batch_at_the_provider_is_submitted_once_whenever_the_process_dies(
    tmp_path: Path,
) -> None:
    dice = random.Random(6)
    with FarServer("--batch-polls", "2") as server:
        desk = furnished(tmp_path / "desk", 8)
        storm = Storm(desk, server, dice, ("--provider-batch", "--here"))
        before = server.bill()
        for name, count in (("files", 1), ("batches", 1), ("batches", 0)):
            storm.strike(begin(desk, *storm.next()), count, name)
        begin(desk, *storm.next()).succeed()
        bill = difference(before, server.bill())
        assert storm.kills > 0
        assert bill["batches"] == 1
        accounts = Accounts.settle(desk, bill, share=Decimal("0.5"))
    assert accounts.hold, accounts
    assert accounts.repeated == 0
    with House.open(desk).store(write=False) as store:
        (record,) = store.batches(store.resolve_run("latest"))
    assert (record.state, record.calls, record.answered) == ("ended", 40, 40)
