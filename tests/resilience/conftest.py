"""A counted endpoint for processes that will be killed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from panel.testing import FakeOpenAI
from tests.resilience.lives import Tripwire

LATENCY = 0.02
"""Seconds one answer takes."""


@dataclass(frozen=True)
class Endpoint:
    """A fake llm whose requests are counted, and which says when so many are in.

    Attributes:
        server: The fake llm; its count is what was paid for.
        wire: Says when to kill.
    """

    server: FakeOpenAI
    wire: Tripwire

    def order(self, desk: Path) -> tuple[str, ...]:
        """Arguments of a review of everything in a workspace, four calls at a time."""
        slugs = sorted(path.stem for path in (desk / "dossiers").iterdir())
        llm = ("--llm", "fake-llm", "--base-url", self.server.base_url)
        return ("review", *slugs, *llm, "--concurrency", "4")

    def batch(self, *more: object) -> tuple[str, ...]:
        """Arguments of a list of everything in a workspace, worked on by this process."""
        llm = ("--llm", "fake-llm", "--base-url", self.server.base_url)
        return ("batch", "dossiers", *llm, "--here", *(str(part) for part in more))


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    wire = Tripwire()
    with FakeOpenAI(wire, latency=LATENCY) as server:
        yield Endpoint(server, wire)
        wire.release()
