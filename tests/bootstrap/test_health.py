import shutil
from pathlib import Path
from typing import Any

import pytest

from panel.bootstrap.health import Finding, workspace_findings
from panel.bootstrap.house import House
from panel.store.schema import VERSION_TABLE
from tests.databases import Environment, tamper

ROOT = Path(__file__).parents[2]


@pytest.fixture
def root(tmp_path: Path, database: Environment) -> Path:
    """A workspace with one real dossier."""
    (tmp_path / "dossiers").mkdir()
    shutil.copy(ROOT / "dossiers" / "hy-mt2.md", tmp_path / "dossiers")
    return tmp_path


def looked_over(root: Path, **flags: Any) -> dict[str, Finding]:
    house = House.open(root, flags)
    return {finding.about: finding for finding in workspace_findings(house)}


def test_a_sound_workspace(root: Path) -> None:
    found = looked_over(root)
    standings = {about: finding.standing for about, finding in found.items()}
    standings.pop("SQLite library", None)  # which of them this machine has is not ours
    assert standings == {
        "workspace": "ok",
        "dossiers": "ok",
        "personas": "ok",
        "panel": "ok",
        "prompts": "ok",
        "results": "ok",
        "database": "ok",
    }
    assert found["dossiers"].detail == "1 readable"
    assert found["personas"].detail == "5 readable"
    assert found["prompts"].detail == "4 templates, rendered for hy-mt2"


def test_looking_leaves_nothing_behind(root: Path) -> None:
    before = sorted(root.rglob("*"))
    looked_over(root)
    (root / "runs").mkdir()
    looked_over(root)
    assert sorted(root.rglob("*")) == sorted([*before, root / "runs"])


def test_every_bad_finding_has_a_remedy(tmp_path: Path) -> None:
    found = looked_over(tmp_path, seats="nobody")
    assert {finding.standing for finding in found.values()} == {"ok", "warn", "fail"}
    for finding in found.values():
        assert bool(finding.remedy) == (finding.standing != "ok"), finding


def test_a_folder_that_is_no_workspace(tmp_path: Path) -> None:
    found = looked_over(tmp_path)
    assert found["workspace"].standing == found["dossiers"].standing == "warn"
    assert "shipskip dossier new SLUG" in found["workspace"].remedy
    assert found["prompts"].detail == "4 templates"


@pytest.mark.parametrize(
    ("path", "content", "about", "said"),
    [
        ("dossiers/bad.md", "nothing", "dossiers", "1 of 2 cannot be read, first: "),
        ("personas/skeptic.md", "nothing", "personas", "1 of 5 cannot be read, first: "),
        ("prompts/persona.md.j2", "{{ persona.nmae }}", "prompts", "nmae"),
        ("prompts/mend.md.j2", "{% for %}", "prompts", "the template cannot be rendered"),
        ("shipskip.toml", 'seats = ["skeptic", "nobody"]', "panel", "there is no persona nobody"),
        ("runs", "a file", "results", "cannot be written"),
        pytest.param(
            *("runs/shipskip.db", "no database at all", "database", "is not a SQLite database"),
            marks=pytest.mark.sqlite_only("it spoils the file"),
        ),
    ],
)
def test_what_is_broken_is_told_and_the_rest_looked_at(
    root: Path, path: str, content: str, about: str, said: str
) -> None:
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text(content)
    found = looked_over(root)
    assert found[about].standing == "fail"
    assert said in found[about].detail
    assert found[about].remedy
    assert "database" in found


def test_a_stray_file_only_warns(root: Path) -> None:
    shutil.copy(root / "dossiers" / "hy-mt2.md", root / "dossiers" / "Hy MT2.md")
    finding = looked_over(root)["dossiers"]
    assert finding.standing == "warn"
    assert "rename it" in finding.remedy


@pytest.mark.sqlite_only("a server is asked other things")
def test_an_existing_database_is_read_through(root: Path) -> None:
    with House.open(root).store(write=True):
        pass
    found = looked_over(root)
    assert str(root / "runs" / "shipskip.db") in found["database"].detail
    for about in ("journal mode", "integrity", "references", "migrations"):
        assert found[about].standing == "ok"


def test_a_server_is_read_through(root: Path, empty_postgres_url: str) -> None:
    with House.open(root, {"database_url": empty_postgres_url}).store(write=True):
        pass
    found = looked_over(root, database_url=empty_postgres_url)
    for about in ("database", "PostgreSQL server", "migrations"):
        assert found[about].standing == "ok"


def test_a_database_without_a_run_is_no_failure(root: Path) -> None:
    (root / "runs").mkdir()
    (root / "runs" / "shipskip.db").touch()
    finding = looked_over(root)["database"]
    assert finding.standing == "ok"
    assert "no runs yet" in finding.detail


def test_a_database_of_an_unknown_version_fails(root: Path) -> None:
    with House.open(root).store(write=True):
        pass
    tamper(House.open(root).database_url, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    found = looked_over(root)
    assert found["database"].standing == "fail"
    assert "newer" in found["database"].detail


@pytest.mark.parametrize("url", ["mysql://host/name", "postgresql://ada:hunter22@127.0.0.1:9/x"])
def test_a_database_out_of_reach_fails_without_its_password(root: Path, url: str) -> None:
    house = House.open(root, {"database_url": url})
    found = list(workspace_findings(house))
    assert found[-1].standing == "fail"
    assert "hunter22" not in repr(found)
