"""Builds over a site of few words: only what changed is made, and readers never see a mixture."""

from pathlib import Path

import pytest

from panel.errors import BusyError, ShipskipError
from panel.publishing.site import build as building
from panel.publishing.site.build import publish
from panel.publishing.site.manifest import Manifest, read_manifest, write_manifest
from tests.publishing.site.toys import Toy, told

TEXTS = {"index.html": "home", "models/a/index.html": "a", "models/b/index.html": "b"}


def folders(out: Path) -> list[str]:
    """The builds beside a site."""
    return sorted(path.name for path in (out.parent / f".{out.name}.builds").iterdir())


def test_the_first_build_is_what_was_planned(tmp_path: Path) -> None:
    changes = publish(tmp_path / "site", Toy(dict(TEXTS)))
    assert told(tmp_path / "site") == TEXTS
    assert set(changes.added) == {*TEXTS, "robots.txt", "sitemap.xml"}
    assert (changes.changed, changes.removed, changes.unchanged) == ((), (), 0)


def test_unchanged_input_switches_nothing(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish(out, Toy(dict(TEXTS)))
    before, builds = out.readlink(), folders(out)
    again = Toy(dict(TEXTS))
    changes = publish(out, again)
    assert not changes.any
    assert (changes.rendered, again.log) == (0, [])
    assert (out.readlink(), folders(out)) == (before, builds)


def test_only_what_changed_is_made_and_the_rest_is_shared(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish(out, Toy(dict(TEXTS)))
    untouched = (out / "models/b/index.html").stat().st_ino
    for text in ("a2", "a3", "a4"):
        toy = Toy({**TEXTS, "models/a/index.html": text})
        changes = publish(out, toy)
        assert changes.changed == ("models/a/index.html",)
        assert toy.log == ["models/a/index.html"]
        assert told(out) == {**TEXTS, "models/a/index.html": text}
        assert (out / "models/b/index.html").stat().st_ino == untouched


def test_what_comes_back_is_made_again_or_shared(tmp_path: Path) -> None:
    out = tmp_path / "site"
    for texts in (TEXTS, {"index.html": "one"}, TEXTS, {"index.html": "two"}, TEXTS):
        publish(out, Toy(dict(texts)))
        there = told(out)
        assert {path: there[path] for path in texts} == texts


def test_a_page_of_the_same_bytes_is_no_change_for_readers(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish(out, Toy(dict(TEXTS)))
    link = out.readlink()
    for manifest in (tmp_path / ".site.builds").glob("*.manifest"):
        found = read_manifest(manifest)
        assert found
        write_manifest(manifest, Manifest("0" * 64, found.files))
    toy = Toy(dict(TEXTS))
    assert not publish(out, toy).any
    assert sorted(toy.log) == sorted(TEXTS)
    assert out.readlink() == link
    assert not publish(out, Toy(dict(TEXTS), log=toy.log)).rendered


def test_what_is_published_meanwhile_is_built_too(tmp_path: Path) -> None:
    out = tmp_path / "site"
    toy = Toy(dict(TEXTS), changes=[{"models/a/index.html": "a2"}, {"models/c/index.html": "c"}])
    publish(out, toy)
    assert told(out) == {**TEXTS, "models/a/index.html": "a2", "models/c/index.html": "c"}
    assert toy.log.count("models/b/index.html") == 1


def test_a_desk_that_never_rests_is_told_so_and_readers_keep_their_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish(out, Toy(dict(TEXTS)))
    busy = Toy(dict(TEXTS), changes=[{"index.html": str(number)} for number in range(9)])
    with pytest.raises(BusyError, match="more is published"):
        publish(out, busy)
    assert told(out) == TEXTS
    publish(out, Toy({"index.html": "new"}))
    assert told(out)["index.html"] == "new"


def test_a_page_that_cannot_be_made_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish(out, Toy(dict(TEXTS)))
    with pytest.raises(ShipskipError, match="cannot write"):
        publish(out, Toy({**TEXTS, "x" * 300: "too long a name"}))
    assert told(out) == TEXTS
    publish(out, Toy({**TEXTS, "index.html": "new"}))
    assert told(out) == {**TEXTS, "index.html": "new"}


def test_two_pages_for_one_address_are_a_bug(tmp_path: Path) -> None:
    texts = {**TEXTS, "robots.txt": "mine"}
    publish(tmp_path / "site", Toy(dict(TEXTS)))
    with pytest.raises(ShipskipError, match=r"two pages want to be robots\.txt"):
        publish(tmp_path / "site", Toy(texts))


def test_many_pages_are_made_by_several_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_FEW", 50)
    out = tmp_path / "site"
    texts = {f"models/{number}/index.html": f"model {number}" for number in range(200)}
    publish(out, Toy(texts), hands=2)
    assert told(out) == texts
    told_of: list[tuple[int, int]] = []
    more = {**texts, "models/7/index.html": "other"}
    changes = publish(out, Toy(more), told=lambda done, total: told_of.append((done, total)))
    assert changes.changed == ("models/7/index.html",)
    assert told_of == [(1, 1)]


def test_every_address_lives_on_when_everything_built_is_lost(tmp_path: Path) -> None:
    memory = tmp_path / "runs" / "addresses.txt"
    publish(tmp_path / "one" / "site", Toy(dict(TEXTS)), memory)
    assert set(TEXTS) <= set(memory.read_text(encoding="utf-8").splitlines())
    publish(tmp_path / "two" / "site", Toy({"index.html": "home"}), memory)
    assert "No longer here" in told(tmp_path / "two" / "site")["models/a/index.html"]
    kept = memory.read_bytes()
    publish(tmp_path / "two" / "site", Toy({"index.html": "home"}), memory)
    assert memory.read_bytes() == kept
