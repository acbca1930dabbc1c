"""What the tests of running share: flags for a fake endpoint, the database, and patience."""

import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from panel.testing import FakeOpenAI, FakeRequest, Reply
from tests.cli.conftest import Result

FOUR = "developer,skeptic,futurist,creator"
PATIENCE = 60.0
"""Seconds after which something that never comes is given up; nothing is measured by it."""


def at(server: FakeOpenAI, *more: object) -> tuple[str, ...]:
    """Flags that have the fake endpoint draft, without retries."""
    flags = ("--llm", "fake-llm", "--base-url", server.base_url, "--max-retries", "0")
    return (*flags, *(str(part) for part in more))


def run_of(result: Result) -> str:
    """The run id a command announced."""
    found = re.search(r"^run (\d{8}-\d{6}-[0-9a-f]{6}): ", result.err, re.MULTILINE)
    assert found, result.err
    return found[1]


def rows(workspace: Path, query: str, *values: object) -> list[Any]:
    """What a query finds in the workspace's database."""
    with closing(sqlite3.connect(workspace / "runs" / "shipskip.db")) as database:
        return database.execute(query, values).fetchall()


def change(workspace: Path, statement: str, *values: object) -> None:
    """Tamper with the workspace's database."""
    with closing(sqlite3.connect(workspace / "runs" / "shipskip.db")) as database:
        found = database.execute(statement, values)
        assert found.rowcount > 0
        database.commit()


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait for something that has to happen."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


def after_the_others(server: Callable[[], FakeOpenAI], others: int) -> Callable[..., Reply]:
    """A reply that is only given once so many other calls were answered; else a failure."""

    def step(_: FakeRequest) -> Reply:
        end = time.monotonic() + PATIENCE
        while sum(call.answered for call in server().calls) < others:
            if time.monotonic() > end:
                return Reply.status(500, message="the others were held up")
            time.sleep(0.02)
        return Reply()

    return step
