"""The place of a site: what readers see moves in one step, and foreign folders are left alone."""

from pathlib import Path

import pytest

from panel.errors import BusyError, InputError, ShipskipError
from panel.publishing.site.manifest import Manifest, Record, code_digest
from panel.publishing.site.switching import Build, Place, Writer

RECORD = Record("a" * 64, "b" * 64)


def sealed(place: Place, text: str) -> Build:
    """A build of one page that is whole."""
    folder = place.fresh()
    Writer(folder).put("index.html", text.encode())
    build = Build(folder, Manifest(code_digest(), {"index.html": RECORD}))
    place.seal(build)
    return build


def test_readers_come_from_one_build_to_the_next(tmp_path: Path) -> None:
    out = tmp_path / "site"
    for text in ("one", "two", "three"):
        place = Place(out)
        with place.held():
            place.switch(sealed(place, text))
        assert (out / "index.html").read_text() == text
    place = Place(out)
    with place.held():
        assert place.live
        assert place.spare
        assert (place.live.folder / "index.html").read_text() == "three"
        assert (place.spare.folder / "index.html").read_text() == "two"
        assert len([one for one in place.builds.iterdir() if one.is_dir()]) == 2


def test_the_published_folder_may_be_moved_with_its_builds(tmp_path: Path) -> None:
    place = Place(tmp_path / "a" / "site")
    with place.held():
        place.switch(sealed(place, "one"))
    (tmp_path / "a").rename(tmp_path / "b")
    assert (tmp_path / "b" / "site" / "index.html").read_text() == "one"


def test_what_was_never_finished_is_cleared(tmp_path: Path) -> None:
    place = Place(tmp_path / "site")
    with place.held():
        place.switch(sealed(place, "one"))
        killed = place.fresh()
        (killed / "half").write_text("", encoding="utf-8")
        unsealed = sealed(place, "two")
        place.unseal(unsealed)
    with place.held():
        assert not killed.exists()
        assert not unsealed.folder.exists()
        assert (place.out / "index.html").read_text() == "one"


def test_a_live_build_without_its_manifest_stays(tmp_path: Path) -> None:
    place = Place(tmp_path / "site")
    with place.held():
        place.switch(sealed(place, "one"))
    for manifest in place.builds.glob("*.manifest"):
        manifest.unlink()
    with place.held():
        assert place.live is None
        assert (place.out / "index.html").read_text() == "one"


def test_an_empty_folder_becomes_the_link(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    place = Place(tmp_path / "site")
    with place.held():
        place.switch(sealed(place, "one"))
    assert place.out.is_symlink()


@pytest.mark.parametrize("kind", ["full folder", "file", "link"])
def test_what_is_not_ours_is_refused(tmp_path: Path, kind: str) -> None:
    out = tmp_path / "site"
    if kind == "file":
        out.write_text("mine", encoding="utf-8")
    elif kind == "link":
        (tmp_path / "elsewhere").mkdir()
        out.symlink_to("elsewhere")
    else:
        out.mkdir()
        (out / "mine.txt").write_text("mine", encoding="utf-8")
    place = Place(out)
    with pytest.raises(InputError, match="not published by shipskip"), place.held():
        pass
    assert not place.builds.exists()


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    place = Place(tmp_path / "site")
    other = Place(tmp_path / "site")
    with place.held(), pytest.raises(BusyError, match="already"), other.held():
        pass


def test_a_shared_file_is_never_changed_in_place(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    Writer(one).put("a/b.html", b"old")
    writer = Writer(two)
    writer.share("a/b.html", one)
    assert (two / "a/b.html").samefile(one / "a/b.html")
    writer.put("a/b.html", b"new")
    assert (one / "a/b.html").read_bytes() == b"old"
    assert (two / "a/b.html").read_bytes() == b"new"


def test_where_links_are_refused_files_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    Writer(one).put("a.html", b"old")

    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    Writer(two).share("a.html", one)
    assert (two / "a.html").read_bytes() == b"old"
    assert not (two / "a.html").samefile(one / "a.html")


def test_a_dropped_file_takes_its_empty_folders_along(tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    writer.put("a/b/c.html", b"")
    writer.put("a/d.html", b"")
    writer.drop("a/b/c.html")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "d.html"]
    writer.put("a/b/c.html", b"again")
    writer.drop("a/d.html")
    writer.drop("a/b/c.html")
    writer.drop("a/b/c.html")
    assert not list(tmp_path.iterdir())


def test_no_page_leaves_the_folder(tmp_path: Path) -> None:
    with pytest.raises(ShipskipError, match="would leave"):
        Writer(tmp_path).put("../evil.html", b"")
