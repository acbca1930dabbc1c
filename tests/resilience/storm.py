"""Kills lists of reviews at random moments, brings them to their end, and settles the accounts.

The suite has a small storm; the full one is `python -m tests.resilience.storm` (see `--help`).
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

from panel.bootstrap.house import House
from panel.errors import ShipskipError
from tests.postgres import Postgres
from tests.resilience import lives
from tests.resilience.accounts import Accounts, difference
from tests.resilience.lives import Life, begin, furnished, handed_over, on_postgres

SEATS = 5
_PRICES = ("--input-price", "1", "--output-price", "4")
_WORKER = ("worker", "--drain", "--beat", "1", "--patience", "6")


class FarServer:
    """The fake endpoint in a process of its own, whose bill outlives every client.

    Args:
        *options: Of `python -m panel.testing`.
    """

    def __init__(self, *options: object) -> None:
        self._command = [sys.executable, "-m", "panel.testing", *(str(part) for part in options)]

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.base_url = self._process.stdout.readline().strip()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.communicate()

    @property
    def llm(self) -> tuple[str, ...]:
        """Flags that have it draft at a known price."""
        return ("--llm", "fake-llm", "--base-url", self.base_url, *_PRICES)

    def bill(self) -> dict[str, Any]:
        """What it would bill so far, see `FakeOpenAI.statement`."""
        with urllib.request.urlopen(self.base_url.removesuffix("/v1") + "/shipskip/billed") as told:
            return json.load(told)

    def wait_for(self, name: str, count: int, life: Life) -> None:
        """Wait until a number of its bill is so high, or the process at work has ended."""
        deadline = time.monotonic() + lives.PATIENCE
        while life.process.is_alive() and self.bill()[name] < count:
            assert time.monotonic() < deadline, f"never {count} {name}"
            time.sleep(0.005)


def has_run(desk: Path) -> bool:
    """Whether the workspace has a run to go on with; its database may be half made."""
    try:
        with House.open(desk).store(write=False) as store:
            store.resolve_run("latest")
    except ShipskipError:
        return False
    return True


@dataclass
class Storm:
    """Strikes the command in one workspace.

    Attributes:
        desk: The workspace.
        server: Who answers.
        dice: Decides.
        options: Further flags of `shipskip batch`.
        pause: Most seconds from a process's start to its kill, where no calls are waited for.
        kills: Processes killed so far.
    """

    desk: Path
    server: FarServer
    dice: random.Random
    options: tuple[str, ...] = ()
    pause: float = 1.0
    kills: int = 0

    def order(self) -> tuple[str, ...]:
        """Arguments of the batch."""
        return ("batch", "dossiers", *self.server.llm, *self.options)

    def strike(self, life: Life, at: int, name: str = "asked") -> None:
        """Kill a process soon after the bill has grown so much; by 0, soon after its start."""
        if at:
            self.server.wait_for(name, self.server.bill()[name] + at, life)
        life.process.join(self.dice.uniform(0, 0.05 if at else self.pause))
        life.kill()
        self.kills += life.end() == -9

    def alone(self, blows: Sequence[int], *, share: Decimal = Decimal(1)) -> Accounts:
        """One process at a time, each killed after so many calls; the last one ends the run."""
        before = self.server.bill()
        for blow in blows:
            self.strike(begin(self.desk, *self.next()), blow)
        begin(self.desk, *self.next()).succeed()
        verified = begin(self.desk, "runs", "verify").succeed()
        assert "every digest holds" in verified, verified
        return Accounts.settle(self.desk, difference(before, self.server.bill()), share=share)

    def next(self) -> tuple[str, ...]:
        """Arguments that go on with the batch, or begin it."""
        return ("runs", "resume") if has_run(self.desk) else self.order()

    def crew(self, blows: Sequence[int]) -> Accounts:
        """Three workers; each blow kills one of them, and another takes its place."""
        before = self.server.bill()
        watching = handed_over(self.desk, *self.order())
        workers = [begin(self.desk, *_WORKER) for _ in range(3)]
        for blow in blows:
            place = self.dice.randrange(3)
            self.strike(workers[place], blow)
            workers[place] = begin(self.desk, *_WORKER)
        for life in [*workers, watching]:
            life.succeed()
        verified = begin(self.desk, "runs", "verify").succeed()
        assert "every digest holds" in verified, verified
        return Accounts.settle(self.desk, difference(before, self.server.bill()))


def drawn(dice: random.Random, calls: int, kills: int) -> list[int]:
    """After how many calls each of some kills comes, so that all of them come before the end."""
    blows: list[int] = []
    for left in range(kills, 0, -1):
        blows.append(dice.randint(0, max(1, (calls - sum(blows)) // left - 1)))
    return blows


def main() -> None:
    """The storm at any size; prints each point and the sums as JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.resilience.storm")
    parser.add_argument("--dossiers", type=int, default=200)
    parser.add_argument("--points", type=int, default=50, help="batches killed")
    parser.add_argument("--resumed", type=int, default=20, help="of them with the resume killed")
    parser.add_argument("--kills", type=int, default=0, help="kill each batch so often instead")
    parser.add_argument("--workers", action="store_true", help="three workers on PostgreSQL")
    parser.add_argument("--provider-batch", action="store_true", help="half price")
    parser.add_argument("--pause", type=float, default=1, help="most seconds to a kill by clock")
    parser.add_argument("--latency", type=float, default=0.05)
    parser.add_argument("--patience", type=float, default=900, help="seconds until it is hung")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    lives.PATIENCE = chosen.patience
    dice, sums = random.Random(chosen.seed), dict[str, Any]()
    folder = Path(tempfile.mkdtemp(prefix="shipskip-"))
    postgres = Postgres(folder)
    try:
        if chosen.workers:
            postgres.start()
        with FarServer("--latency", chosen.latency) as server, tempfile.TemporaryDirectory() as at:
            for point in range(chosen.points):
                found = _point(chosen, dice, server, Path(at) / str(point), point, postgres)
                sums = {name: sums.get(name, 0) + found[name] for name in found}
                print(json.dumps({"point": point, **found}, default=str), flush=True)
    finally:
        postgres.remove()
    print(json.dumps({"sums": sums}, default=str))


def fresh(postgres: Postgres, name: str) -> str:
    """URL of a new database."""
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return postgres.url_of(name)


def _point(
    chosen: argparse.Namespace,
    dice: random.Random,
    server: FarServer,
    desk: Path,
    point: int,
    postgres: Postgres,
) -> dict[str, Any]:
    furnished(desk, chosen.dossiers)
    kills = chosen.kills or (2 if point < chosen.resumed else 1)
    blows = drawn(dice, chosen.dossiers * SEATS, kills)
    storm = Storm(desk, server, dice, ("--concurrency", "32"), pause=chosen.pause)
    if chosen.provider_batch:
        storm.options += ("--provider-batch",)
        accounts = storm.alone([0] * kills, share=Decimal("0.5"))
    elif chosen.workers:
        on_postgres(desk, fresh(postgres, f"storm_{point}"))
        accounts = storm.crew(blows)
    else:
        accounts = storm.alone(blows)
    told = asdict(accounts) | {"failures": len(accounts.failures)}
    batches = server.bill()["batches"]
    return {"points": 1, "killed": storm.kills, "held": int(accounts.hold), **told} | (
        {"batches_so_far": batches} if chosen.provider_batch else {}
    )


if __name__ == "__main__":
    main()
