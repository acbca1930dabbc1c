"""What the tests of running share: flags for a fake endpoint, the database, and patience."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from panel.bootstrap.house import House
from panel.testing import FakeOpenAI, FakeRequest, Reply
from tests import databases
from tests.cli.conftest import ROOT, Result

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


def rows(workspace: Path, query: str) -> list[tuple[Any, ...]]:
    """What a query finds in the workspace's database."""
    return databases.rows(House.open(workspace).database_url, query)


def change(workspace: Path, statement: str, **values: object) -> None:
    """Tamper with the workspace's database."""
    assert databases.tamper(House.open(workspace).database_url, statement, **values) > 0


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


def made_dossiers(folder: Path, count: int) -> None:
    """Write dossiers `made-00`, `made-01`, ... that differ by their slug only."""
    folder.mkdir()
    text = (ROOT / "dossiers" / "hy-mt2.md").read_text(encoding="utf-8")
    assert "slug: hy-mt2" in text
    for number in range(count):
        slug = f"made-{number:02}"
        content = text.replace("slug: hy-mt2", f"slug: {slug}")
        (folder / f"{slug}.md").write_text(content, encoding="utf-8")
