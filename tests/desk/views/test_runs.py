"""Runs at the desk: listed, looked at, steered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Environment
from tests.desk.living import LiveDesk, living
from tests.desk.working import agree, stocked
from tests.domain.editing.papers import make_papers
from tests.editing.desk import keep_papers, numbered


@pytest.fixture
def real(tmp_path: Path, database: Environment) -> Iterator[LiveDesk]:
    """A desk with real dossiers."""
    with living(stocked(tmp_path / "desk", max_cost="1")) as desk:
        yield desk


def test_a_run_that_is_not_there_is_a_404(real: LiveDesk) -> None:
    viewer = real.person("viewer")
    for name in ("20200101-000000-abcdef", "latest", "%00"):
        assert viewer.get(f"/runs/{name}").status_code == 404


def test_a_viewer_looks_and_does_nothing(real: LiveDesk) -> None:
    path, viewer = agree(real.person()).headers["location"], real.person("viewer")
    page = viewer.get(path)
    assert page.status_code == 200
    assert "<form" not in page.text
    for act in ("stop", "cancel", "resume", "retry"):
        assert viewer.post(f"{path}/{act}").status_code == 403
    assert viewer.get("/runs/new").status_code == 403


def test_older_runs_are_asked_for(real: LiveDesk) -> None:
    viewer = real.person("viewer")
    for number in (1, 2):
        keep_papers(real.context.store, make_papers(**numbered(number)))
    page = viewer.get("/runs?most=1")
    assert (page.text.count("data-open"), "/runs?most=4" in page.text) == (1, True)
    assert viewer.get("/runs?most=4").text.count("data-open") == 2
    assert viewer.get("/runs?most=0").status_code == 422
