"""A desk that serves, for every test of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from panel.bootstrap.house import House
from tests.databases import Environment
from tests.desk.living import LiveDesk, living, make_house


@pytest.fixture
def house(tmp_path: Path, database: Environment) -> House:
    """An empty workspace."""
    return make_house(tmp_path / "desk")


@pytest.fixture
def desk(house: House) -> Iterator[LiveDesk]:
    """Its desk."""
    with living(house) as found:
        yield found
