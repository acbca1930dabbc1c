"""Names from strangers: slugs, run ids and seats never lead out of the workspace."""

from pathlib import Path

import pytest

from panel.testing import make_dossier
from tests.cli.conftest import Command
from tests.hostile.conftest import Listing
from tests.hostile.planting import written

NAMES = (
    "../outside",
    "../../outside.md/../outside",
    "..%2f..%2foutside",
    "%2e%2e/outside",
    "..\\..\\outside",
    "/etc/passwd",
    "~/outside",
    "file:///etc/passwd",
    "tern-2\x00.md",
    "tern\n-2",
    "tern-2/../../outside",
    "-",
    ".",
    "..",
    "",
    "con",
    "nul",
    "api",
    "feed",
    "a" * 4000,
    "\u202etern",
    "t\u0435rn-2",
    "{{7*7}}",
    "$(touch outside)",
    "; touch outside",
)

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("review", "--", "{}"),
    ("review", "tern-2", "--seats", "{}"),
    ("dossier", "show", "--", "{}"),
    ("dossier", "check", "--", "{}"),
    ("personas", "show", "--", "{}"),
    ("runs", "show", "--", "{}"),
    ("runs", "export", "--", "{}"),
    ("runs", "verify", "--", "{}"),
    ("runs", "replay", "--", "{}"),
    ("runs", "resume", "--", "{}"),
)


@pytest.fixture
def run(desk: Path, shipskip: Command) -> None:
    """One finished run, so that there is something to miss."""
    (desk.parent / "outside.md").write_text("secret of the neighbours", encoding="utf-8")
    assert shipskip("review", "tern-2").code == 0


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:2]))
def test_a_hostile_name_is_bad_input_and_touches_nothing(
    command: tuple[str, ...], run: None, desk: Path, outside: Listing, shipskip: Command
) -> None:
    before, inside = outside(), sorted(desk.rglob("*"))
    for name in NAMES:
        result = shipskip(*(part.replace("{}", name) for part in command))
        assert result.code in {1, 2}, name
        assert result.err.startswith(("error: ", "Usage: ", "resuming under")), (name, result.err)
        assert "unexpected" not in result.err, (name, result.err)
        assert "secret of the neighbours" not in result.out + result.err
        assert not {"\x00", "\u202e"} & set(result.out + result.err), name
    assert outside() == before
    assert _names(sorted(desk.rglob("*"))) == _names(inside)


def _names(paths: list[Path]) -> set[str]:
    """Without what a database keeps beside itself while it is open."""
    return {str(path) for path in paths if not path.name.startswith("shipskip.db-")}


def test_a_new_dossier_lands_in_the_folder_or_nowhere(
    desk: Path, outside: Listing, shipskip: Command
) -> None:
    before = outside()
    for name in NAMES:
        result = shipskip("dossier", "new", "--", name)
        assert result.code in {0, 2}, (name, result.err)
        assert "unexpected" not in result.err
    assert outside() == before
    made = {path.name for path in (desk / "dossiers").iterdir()}
    assert not made & {"con.md", "nul.md", "api.md", "feed.md"}
    assert all(name.removesuffix(".md").replace("-", "").isalnum() for name in made)


def test_two_names_with_one_slug_never_share_a_file(desk: Path, shipskip: Command) -> None:
    assert shipskip("dossier", "new", "Qwen3.6-27B").code == 0
    first = (desk / "dossiers" / "qwen3-6-27b.md").read_bytes()
    second = shipskip("dossier", "new", "qwen3-6 27b")
    assert second.code == 2
    assert "exists already" in second.err
    assert (desk / "dossiers" / "qwen3-6-27b.md").read_bytes() == first


def test_a_link_out_of_the_folder_is_not_followed(
    desk: Path, outside: Listing, shipskip: Command
) -> None:
    target = written(desk, make_dossier(slug="linked"))
    target.rename(desk.parent / "linked.md")
    target.symlink_to(desk.parent / "linked.md")
    before = outside()
    result = shipskip("review", "linked")
    assert result.code == 2
    assert "leads outside the folder dossiers/" in result.err
    assert outside() == before


def test_an_export_replaces_no_folder_that_is_not_its_own(
    run: None, desk: Path, shipskip: Command
) -> None:
    for folder in (desk / "dossiers", desk.parent, Path("..")):
        result = shipskip("runs", "export", "--out", folder)
        assert result.code != 0
        assert "unexpected" not in result.err
    assert (desk / "dossiers" / "tern-2.md").is_file()
    assert (desk.parent / "outside.md").read_text(encoding="utf-8") == "secret of the neighbours"
