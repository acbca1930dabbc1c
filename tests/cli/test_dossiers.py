import subprocess
from pathlib import Path

import pytest

from panel.domain.dossier import Dossier
from panel.library.dossiers import Dossiers
from panel.library.workspace import Workspace
from tests.cli.conftest import ROOT, Command, edited, script


def load(slug: str) -> Dossier:
    return Dossiers(Workspace(ROOT)).load(slug)


def test_checking_nothing_checks_all(shipskip: Command, workspace: Path) -> None:
    result = shipskip("dossier", "check")
    assert result.code == 0
    assert "2 dossiers, 0 problems, 1 warning" in result.err
    assert result.out.startswith("warning: dossiers/muse-spark.md:")


def test_strict_makes_warnings_errors(shipskip: Command, workspace: Path) -> None:
    assert shipskip("dossier", "check", "--strict").code == 2
    assert shipskip("dossier", "check", "--strict", "hy-mt2").code == 0


def test_problems_name_file_line_key_and_remedy(shipskip: Command, workspace: Path) -> None:
    path = workspace / "dossiers" / "hy-mt2.md"
    edited(path, "vendor:", "vendr:")
    line = path.read_text().splitlines().index("vendr: Tencent") + 1
    result = shipskip("dossier", "check")
    assert result.code == 2
    assert f"error: dossiers/hy-mt2.md:{line}: vendr: there is no key 'vendr' here" in result.err
    assert "-> did you mean vendor?" in result.err
    assert "2 dossiers, 2 problems" in result.err, "the sound dossier is checked all the same"
    assert "error" not in result.out


@pytest.mark.parametrize("name", ["hy-mt2", "dossiers/hy-mt2.md", "Hy-MT2"])
def test_a_dossier_goes_by_slug_path_and_name(
    shipskip: Command, workspace: Path, name: str
) -> None:
    result = shipskip("dossier", "check", name, "--json")
    assert (result.code, result.json["slug"]) == (0, "hy-mt2")


def test_a_folder_is_opened(shipskip: Command, workspace: Path) -> None:
    (workspace / "dossiers" / "README.md").write_text("no dossier")
    result = shipskip("dossier", "check", "dossiers", "--json")
    assert [row["slug"] for row in result.lines] == ["hy-mt2", "muse-spark"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nobody", "there is no dossier nobody -> start one with"),
        ("muse-sprak", "did you mean muse-spark?"),
        ("../secret", "neither a slug nor a dossier file"),
        ("empty", "empty holds no dossiers"),
    ],
)
def test_names_that_lead_nowhere(shipskip: Command, workspace: Path, name: str, said: str) -> None:
    (workspace / "empty").mkdir()
    result = shipskip("dossier", "check", name)
    assert result.code == 2
    assert said in result.err


def test_a_workspace_without_dossiers_says_how_to_begin(
    shipskip: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = shipskip("dossier", "check")
    assert result.code == 2
    assert "shipskip dossier new SLUG" in result.err


def test_files_that_no_slug_leads_to_are_problems(shipskip: Command, workspace: Path) -> None:
    (workspace / "dossiers" / "Two Words.md").write_text("---\n---\n")
    result = shipskip("dossier", "check", "--json")
    assert result.code == 2
    stray = result.lines[-1]
    assert stray["slug"] is None
    assert stray["problems"][0]["remedy"] == "rename it to two-words.md"


def test_json_of_a_check_is_whole(shipskip: Command, workspace: Path) -> None:
    edited(workspace / "dossiers" / "hy-mt2.md", "vendor: Tencent", "vendor: 7")
    hy, muse = shipskip("dossier", "check", "--json").lines
    assert (hy["ok"], muse["ok"]) == (False, True)
    assert hy["path"] == "dossiers/hy-mt2.md"
    assert hy["problems"][0]["key"] == "vendor"
    assert set(hy["problems"][0]) == {"message", "remedy", "path", "line", "key"}
    assert muse["warnings"][0]["line"] > 1


def test_quotes_are_verified_in_the_texts_read(shipskip: Command, article: Path) -> None:
    result = shipskip("dossier", "check", "example-7b", "--texts", "texts")
    assert result.code == 0, result.err
    assert "1 quote found in the texts" in result.err


def test_an_altered_quote_is_a_problem(shipskip: Command, article: Path) -> None:
    edited(article, "quote: released", "quote: launched")
    result = shipskip("dossier", "check", "example-7b", "--texts", "texts")
    assert result.code == 2
    assert "facts[0].witnesses[0].quote: the quote does not stand in S1" in result.err


def test_a_quote_under_the_wrong_source_is_told(shipskip: Command, article: Path) -> None:
    edited(article, "- source: S1", "- source: S2")
    result = shipskip("dossier", "check", "example-7b", "--texts", "texts")
    assert result.code == 2
    assert "wrong source: the quote stands in S1, not in S2 -> write source: S1" in result.err


def test_a_missing_text_is_a_warning(shipskip: Command, article: Path) -> None:
    Path("texts/a.txt").write_text("changed since")
    result = shipskip("dossier", "check", "example-7b", "--texts", "texts")
    assert result.code == 0
    assert "no text with the digest of S1 in texts" in result.out


def test_list_shows_the_readable_and_refuses_the_broken(shipskip: Command, workspace: Path) -> None:
    (workspace / "dossiers" / "hy-mt2.md").write_text("no front matter")
    result = shipskip("dossier", "list")
    assert result.code == 2
    assert "muse-spark" in result.out
    assert "error: dossiers/hy-mt2.md:1" in result.err


def test_list_of_nothing_is_no_error(
    shipskip: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = shipskip("dossier", "list")
    assert (result.code, result.out) == (0, "")
    assert "shipskip dossier new SLUG" in result.err


def test_new_writes_a_template_that_can_be_checked(shipskip: Command, workspace: Path) -> None:
    result = shipskip("dossier", "new", "tiny-3b", "--name", "Tiny 3B: the small one")
    assert (result.code, result.out) == (0, "dossiers/tiny-3b.md\n")
    assert "shipskip dossier check tiny-3b" in result.err
    shown = shipskip("dossier", "show", "tiny-3b", "--json").json
    assert shown["name"] == "Tiny 3B: the small one"


@pytest.mark.parametrize("slug", ["muse-spark", "../outside", "index", ""])
def test_new_never_overwrites_and_never_leaves_the_folder(
    shipskip: Command, workspace: Path, slug: str
) -> None:
    before = sorted(workspace.rglob("*"))
    result = shipskip("dossier", "new", slug)
    assert result.code == 2
    assert result.err.startswith("error: ")
    assert sorted(workspace.rglob("*")) == before


def test_the_console_script_keeps_data_and_talk_apart(workspace: Path) -> None:
    done = subprocess.run(
        [script(), "dossier", "check", "nobody"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: there is no dossier nobody")
    assert "Traceback" not in done.stderr
