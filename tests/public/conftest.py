"""A public server that serves, for every test of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.public.living import Clock, LiveSite, living, make_house, make_site


@pytest.fixture
def clock() -> Clock:
    """What the server takes for the time."""
    return Clock()


@pytest.fixture
def live(tmp_path: Path, clock: Clock) -> Iterator[LiveSite]:
    """A server over a small site, without mail."""
    out = make_site(tmp_path / "out")
    with living(make_house(tmp_path / "work"), out, clock=clock) as found:
        yield found
