"""What goes on beside requests begins and ends with the desk."""

import threading
from pathlib import Path

from tests.databases import Environment
from tests.desk.living import living
from tests.desk.working import stocked


def names() -> set[str]:
    """The desk's own threads that are alive."""
    return {one.name for one in threading.enumerate() if one.name.startswith("desk-")}


def test_it_ends_with_the_desk(tmp_path: Path, database: Environment) -> None:
    with living(stocked(tmp_path / "desk")):
        assert "desk-arrivals" in names()
    assert names() == set()
