"""Dossiers are found by slug, name or path, and never outside their folder by slug."""

import datetime as dt
from pathlib import Path

import pytest

from panel.domain.soundness import usable_facts
from panel.errors import InputError
from panel.library.dossiers import Dossiers
from panel.library.workspace import Workspace
from panel.testing import make_dossier
from tests.library.folders import only, put_dossier

OUTSIDE = [
    "../../etc/passwd",
    "../secret",
    "..%2f..%2fsecret",
    "..",
    ".",
    "/etc/passwd",
    "\\\\host\\share",
    "C:\\secret",
    "~/secret",
    "tern-2/../../secret",
    "模型",
    "---",
]


@pytest.fixture
def dossiers(tmp_path: Path) -> Dossiers:
    put_dossier(tmp_path)
    (tmp_path / "secret").write_text("---\nslug: secret\n---\n")
    return Dossiers(Workspace(tmp_path))


@pytest.mark.parametrize("name", ["tern-2", "Tern 2", " TERN-2 ", "tern.2"])
def test_a_slug_or_name_finds_its_file(dossiers: Dossiers, name: str) -> None:
    assert dossiers.load(name).digest == make_dossier().digest
    assert dossiers.path(name) == dossiers.workspace.dossiers / "tern-2.md"


def test_a_path_may_lead_anywhere(dossiers: Dossiers, tmp_path: Path) -> None:
    elsewhere = put_dossier(tmp_path / "other", name="Other")
    link = tmp_path / "link" / "tern-2.md"
    link.parent.mkdir()
    link.symlink_to(elsewhere)
    assert dossiers.load(str(elsewhere)).name == "Other"
    assert dossiers.load(str(link)).name == "Other"


@pytest.mark.parametrize("name", OUTSIDE)
def test_no_name_leads_outside(dossiers: Dossiers, name: str) -> None:
    for refuse in (dossiers.path, dossiers.slug_path, dossiers.new):
        with pytest.raises(InputError) as refusal:
            refuse(name)
        assert "neither a slug nor a dossier file" in only(refusal).message
        assert only(refusal).remedy
    assert [path.name for path in dossiers.workspace.dossiers.iterdir()] == ["tern-2.md"]


@pytest.mark.parametrize("name", ["muse\0spark", "muse\nspark", "a\u202eb", "", "  "])
def test_unprintable_and_empty_names_are_refused(dossiers: Dossiers, name: str) -> None:
    for refuse in (dossiers.path, dossiers.slug_path, dossiers.new):
        with pytest.raises(InputError) as refusal:
            refuse(name)
        assert str(refusal.value).isprintable()


@pytest.mark.parametrize("path", [
    "../secret.md", "/nowhere/x.md", "~nobody/x.md", "x" * 5000 + ".md", "dossiers",
])  # fmt: skip
def test_a_path_that_leads_nowhere(dossiers: Dossiers, path: str) -> None:
    with pytest.raises(InputError, match="there is no"):
        dossiers.path(path)


def test_text_from_strangers_never_becomes_a_path(dossiers: Dossiers, tmp_path: Path) -> None:
    other = put_dossier(tmp_path / "other")
    with pytest.raises(InputError):
        dossiers.slug_path(str(other))


def test_an_unknown_slug_gets_a_guess_and_a_way_on(dossiers: Dossiers) -> None:
    with pytest.raises(InputError) as refusal:
        dossiers.load("tern-3")
    assert "there is no dossier tern-3" in only(refusal).message
    assert "did you mean tern-2?" in only(refusal).remedy
    assert "shipskip dossier new tern-3" in only(refusal).remedy


def test_a_link_out_of_the_folder_is_not_followed_for_a_slug(
    dossiers: Dossiers, tmp_path: Path
) -> None:
    elsewhere = put_dossier(tmp_path / "other", slug="gull")
    (dossiers.workspace.dossiers / "gull.md").symlink_to(elsewhere)
    with pytest.raises(InputError, match="leads outside the folder"):
        dossiers.load("gull")


def test_the_file_is_named_like_the_slug(dossiers: Dossiers, tmp_path: Path) -> None:
    put_dossier(tmp_path, file="gull.md")
    with pytest.raises(InputError) as refusal:
        dossiers.load("gull")
    problem = only(refusal)
    assert (problem.line, problem.key) == (2, "slug")
    assert "rename the file to tern-2.md, or write slug: gull" in problem.remedy


def test_slugs_and_strays(dossiers: Dossiers, tmp_path: Path) -> None:
    for name in ("README.md", ".hidden.md", "Gull 3.md", "notes.txt"):
        (tmp_path / "dossiers" / name).write_text("x")
    put_dossier(tmp_path, slug="auk")
    assert dossiers.slugs() == ("auk", "tern-2")
    (stray,) = dossiers.strays()
    assert stray.path.endswith("Gull 3.md")
    assert stray.remedy == "rename it to gull-3.md"


def test_names_that_differ_in_case_only_are_refused(dossiers: Dossiers, tmp_path: Path) -> None:
    put_dossier(tmp_path, file="Tern-2.md")
    for refuse in (dossiers.load, dossiers.new):
        with pytest.raises(InputError):
            refuse("tern-2")
    assert any("in case only" in stray.message for stray in dossiers.strays())


def test_an_empty_workspace_has_no_dossiers(tmp_path: Path) -> None:
    assert Dossiers(Workspace(tmp_path)).slugs() == ()


DAY = dt.date(2026, 5, 4)


@pytest.mark.parametrize(
    ("given", "name", "slug", "called"),
    [
        ("gull-3", None, "gull-3", "Gull 3"),
        ("Qwen3.6-27B", None, "qwen3-6-27b", "Qwen3.6-27B"),
        ("gull", 'The "Gull": a {slug}', "gull", 'The "Gull": a {slug}'),
        ("gull", "Möwe #4", "gull", "Möwe #4"),
    ],
)
def test_a_new_dossier_can_be_read_at_once(
    tmp_path: Path, given: str, name: str | None, slug: str, called: str
) -> None:
    dossiers = Dossiers(Workspace(tmp_path))
    path = dossiers.new(given, name=name, today=DAY)
    assert path == tmp_path / "dossiers" / f"{slug}.md"
    dossier = dossiers.load(slug)
    assert (dossier.slug, dossier.name, dossier.as_of) == (slug, called, DAY)


def test_a_new_dossier_is_no_evidence_yet(tmp_path: Path) -> None:
    dossiers = Dossiers(Workspace(tmp_path))
    dossier, warnings = dossiers.check(str(dossiers.new("gull")))
    assert usable_facts(dossier) == ()
    keys = {warning.key for warning in warnings}
    assert {"vendor", "category", "tagline", "facts[0].statement", "summary"} <= keys
    assert [warning.line for warning in warnings] == sorted(warning.line for warning in warnings)
    assert all(warning.line > 1 for warning in warnings)


def test_every_key_of_a_new_dossier_is_explained(tmp_path: Path) -> None:
    text = Dossiers(Workspace(tmp_path)).new("gull").read_text(encoding="utf-8")
    for key in ("slug", "released", "licence", "access", "as_of", "entry", "currency", "id",
                "url", "published", "read", "sha256", "copy_of", "note", "attribute", "brief",
                "value", "unit", "standing", "leaning", "quote", "settlement"):  # fmt: skip
        assert any(f"{key}:" in line and "#" in line for line in text.splitlines()), key


@pytest.mark.parametrize("again", ["gull", "Gull", "gull."])
def test_a_dossier_is_never_overwritten(tmp_path: Path, again: str) -> None:
    dossiers = Dossiers(Workspace(tmp_path))
    path = dossiers.new("gull")
    path.write_text("mine")
    with pytest.raises(InputError, match="exists already"):
        dossiers.new(again)
    assert path.read_text() == "mine"


@pytest.mark.parametrize("slug", ["api", "con", "feed", "index"])
def test_reserved_slugs_are_refused(tmp_path: Path, slug: str) -> None:
    with pytest.raises(InputError, match="choose another"):
        Dossiers(Workspace(tmp_path)).new(slug)
    assert not (tmp_path / "dossiers").exists()


def test_a_name_that_cannot_be_read_back_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        Dossiers(Workspace(tmp_path)).new("gull", name="Muse \u202ekrapS\u202c")
    assert list((tmp_path / "dossiers").iterdir()) == []


def test_check_places_warnings_on_their_lines(dossiers: Dossiers, tmp_path: Path) -> None:
    path = put_dossier(tmp_path, slug="gull", tagline="Since April 31", sources=[
        *make_dossier().model_dump(mode="json")["sources"],
        {"id": "S9", "publisher": "P", "title": "T", "read": "2026-05-04"},
    ])  # fmt: skip
    _, warnings = dossiers.check("gull")
    rows = path.read_text(encoding="utf-8").split("\n")
    assert [warning.key for warning in warnings] == ["tagline", "sources[2].id"]
    assert [rows[warning.line - 1].split(":")[0] for warning in warnings] == ["tagline", "- id"]
