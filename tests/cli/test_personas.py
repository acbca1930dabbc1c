import shutil
from pathlib import Path

import pytest

from panel.domain.persona import Persona
from panel.library.personas import Personas
from panel.library.workspace import Workspace
from panel.settings import DEFAULT_SEATS
from tests.cli.conftest import ROOT, Command, edited

SHIPPED = sorted(DEFAULT_SEATS)


def load(name: str) -> Persona:
    return Personas(Workspace(ROOT)).load(name)


@pytest.fixture
def own(workspace: Path) -> Path:
    """The skeptic, as the workspace's own file."""
    folder = workspace / "personas"
    folder.mkdir()
    return Path(shutil.copy(ROOT / "personas" / "skeptic.md", folder))


def test_a_sixth_persona_is_one_file(shipskip: Command, own: Path) -> None:
    sixth = own.with_name("teacher.md")
    sixth.write_text(own.read_text().replace("id: skeptic", "id: teacher"))
    rows = shipskip("personas", "list", "--json").lines
    assert [row["id"] for row in rows] == [*SHIPPED, "teacher"]
    assert rows[-1]["path"] == "personas/teacher.md"
    assert shipskip("personas", "check", "teacher").code == 0


def test_list_shows_the_readable_and_refuses_the_broken(shipskip: Command, own: Path) -> None:
    own.write_text("no front matter")
    result = shipskip("personas", "list", "--json")
    assert result.code == 2
    assert [row["id"] for row in result.lines] == [name for name in SHIPPED if name != "skeptic"]
    assert "error: personas/skeptic.md:1" in result.err


def test_nobody_of_that_name(shipskip: Command, workspace: Path) -> None:
    result = shipskip("personas", "show", "sceptic")
    assert (result.code, result.out) == (2, "")
    assert "did you mean skeptic?" in result.err


def test_check_is_content_with_all_that_ship(shipskip: Command, workspace: Path) -> None:
    result = shipskip("personas", "check", "--strict")
    assert (result.code, result.out) == (0, "")
    assert result.err == "5 personas, 0 problems, 0 warnings\n"


def test_check_names_file_line_key_and_remedy(shipskip: Command, own: Path) -> None:
    edited(own, "voice:", "voise:")
    line = 1 + next(
        at for at, row in enumerate(own.read_text().splitlines()) if row.startswith("voise:")
    )
    result = shipskip("personas", "check")
    assert result.code == 2
    assert f"error: personas/skeptic.md:{line}: voise: there is no key 'voise'" in result.err
    assert "5 personas, 2 problems" in result.err


def test_check_warns_of_a_persona_whose_call_is_fixed(shipskip: Command, own: Path) -> None:
    edited(own, "voice: ", "voice: Always skips every model. ")
    relaxed = shipskip("personas", "check", "skeptic")
    assert (relaxed.code, "fixes the call" in relaxed.out) == (0, True)
    assert shipskip("personas", "check", "skeptic", "--strict").code == 2
    row = shipskip("personas", "check", "skeptic", "--json").json
    assert (row["id"], row["ok"], row["warnings"][0]["key"]) == ("skeptic", True, "voice")


def test_check_of_an_unknown_id(shipskip: Command, workspace: Path) -> None:
    result = shipskip("personas", "check", "nobody", "--json")
    assert result.code == 2
    assert result.json["ok"] is False
