"""`shipskip publish` says what changed for readers, and nothing else on stdout."""

from pathlib import Path

import pytest

from panel.cli.publishing import publish
from tests.cli.conftest import Command
from tests.publishing.site.books import Newsroom
from tests.publishing.site.conftest import newsroom

__all__ = ["newsroom"]


@pytest.fixture
def there(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stands in a workspace in which models are published."""
    assert publish
    monkeypatch.chdir(newsroom.folder)


def test_what_changed_is_told_once(shipskip: Command, there: None, tmp_path: Path) -> None:
    out = tmp_path / "site"
    first = shipskip("publish", out)
    assert first.code == 0, first.err
    lines = first.out.splitlines()
    assert lines[0].startswith("added ")
    assert lines[-1].endswith(" more")
    assert len(lines) == 21
    assert "files were made, 0 stayed" in first.err
    assert "site_url is not set" in first.err
    again = shipskip("publish", out)
    assert (again.code, again.out) == (0, "")
    assert "nothing has changed" in again.err


def test_json_names_every_path(shipskip: Command, there: None, tmp_path: Path) -> None:
    out = tmp_path / "site"
    found = shipskip("publish", out, "--json").json
    assert found["switched"] is True
    assert found["out"] == str(out)
    assert "models/muse-spark/index.html" in found["added"]
    assert len(found["added"]) == found["rendered"]
    again = shipskip("publish", out, "--json").json
    assert (again["switched"], again["added"], again["rendered"]) == (False, [], 0)
    assert again["unchanged"] == found["rendered"]


def test_a_preview_is_marked(shipskip: Command, there: None, tmp_path: Path) -> None:
    assert shipskip("publish", tmp_path / "site", "--preview").code == 0
    assert "approved by nobody" in (tmp_path / "site/index.html").read_text(encoding="utf-8")


def test_a_folder_of_somebody_else_is_refused(
    shipskip: Command, there: None, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    refused = shipskip("publish", tmp_path)
    assert refused.code == 2
    assert "was not published by shipskip" in refused.err
    assert "Traceback" not in refused.err


def test_a_workspace_without_runs_says_what_to_do(
    shipskip: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dossiers").mkdir()
    monkeypatch.chdir(tmp_path)
    refused = shipskip("publish", "site")
    assert refused.code == 1
    assert "there are no runs yet" in refused.err
    assert not (tmp_path / "site").exists()
