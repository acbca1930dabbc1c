"""The site built from the records of a desk that stays open."""

import json
from pathlib import Path

import pytest

from panel.bootstrap import publishing
from panel.bootstrap.house import House
from panel.bootstrap.publishing import Built, opened_book, publish_site
from panel.domain.publication.votes import Tally
from panel.errors import InputError
from panel.publishing.site.hands import untold
from panel.store.store import Store
from tests.publishing.site.books import Newsroom
from tests.publishing.site.conftest import newsroom

__all__ = ["newsroom"]
URL = "https://reviews.example/ai"


def house_of(newsroom: Newsroom, **flags: object) -> House:
    """The workspace of the newsroom, whose desk is open."""
    return House.open(newsroom.folder, {"site_url": URL, **flags})


def built(house: House, out: Path, *, preview: bool = False) -> Built:
    """A build."""
    return publish_site(house, out, preview=preview, told=untold)


def test_a_site_is_built_while_the_desk_is_open(newsroom: Newsroom, tmp_path: Path) -> None:
    house, out = house_of(newsroom), tmp_path / "site"
    first = built(house, out)
    assert first.notes == ()
    assert "models/muse-spark/index.html" in first.changes.added
    assert "Retracted" in (out / "models/hy-mt2/index.html").read_text(encoding="utf-8")
    data = json.loads((out / "models/muse-spark/data.json").read_bytes())
    assert data["url"] == f"{URL}/models/muse-spark/"
    assert not built(house, out).changes.any
    memory = newsroom.folder / "runs" / publishing.MEMORY
    assert "models/muse-spark/index.html" in memory.read_text(encoding="utf-8").splitlines()


def test_entries_are_kept_and_made_again_when_the_code_is_other(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    house, kept = house_of(newsroom), tmp_path / "entries.json"
    with opened_book(house, kept, preview=False) as book:
        entries = dict(book.entries)
        assert book.current()
    first = kept.read_bytes()
    with opened_book(house, kept, preview=False) as book:
        assert book.entries == entries
    assert kept.read_bytes() == first
    for damage in (b"{", first.replace(b'"code":"', b'"code":"0')):
        kept.write_bytes(damage)
        with opened_book(house, kept, preview=False) as book:
            assert book.entries == entries
        assert kept.read_bytes() == first


def test_a_preview_shows_what_nobody_approved(newsroom: Newsroom, tmp_path: Path) -> None:
    house = house_of(newsroom)
    built(house, tmp_path / "preview", preview=True)
    page = (tmp_path / "preview" / "index.html").read_text(encoding="utf-8")
    assert "approved by nobody" in page
    assert (tmp_path / "preview" / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"


def test_a_moved_slug_leads_to_the_new_one(newsroom: Newsroom, tmp_path: Path) -> None:
    house, kept = house_of(newsroom, moved="muse:muse-spark"), tmp_path / "entries.json"
    with opened_book(house, kept, preview=False) as book:
        assert book.moved == {"muse": "muse-spark"}
    both = house_of(newsroom, moved="qwen3-6-27b:qwen3-6-35b-a3b")
    with opened_book(both, kept, preview=False) as book:
        assert "qwen3-6-27b" not in book.entries
    for listed, words in (("a:b,b:a", "circle"), ("muse:nowhere", "never published")):
        with (
            pytest.raises(InputError, match=words),
            opened_book(house_of(newsroom, moved=listed), kept, preview=False),
        ):
            pass


def test_votes_are_read_where_a_server_takes_them(newsroom: Newsroom, tmp_path: Path) -> None:
    url, kept = f"sqlite:///{tmp_path / 'public.db'}", tmp_path / "entries.json"
    house = house_of(newsroom, public_database_url=url)
    with opened_book(house, kept, preview=False) as book:
        assert book.tally("muse-spark") is None
        assert not book.site.votes
    Store.open(url, write=True).close()
    with opened_book(house, kept, preview=False) as book:
        assert book.tally("muse-spark") == Tally()
        assert book.site.votes


def test_what_the_site_lacks_is_told(newsroom: Newsroom, tmp_path: Path) -> None:
    (newsroom.folder / "runs" / publishing.MEMORY).unlink(missing_ok=True)
    house = house_of(newsroom, site_url=None, compare_pairs="muse-spark:nothing")
    found = built(house, tmp_path / "site")
    assert len(found.notes) == 2
    assert "site_url is not set" in found.notes[0]
    assert "muse-spark:nothing has no page: nothing is published about nothing" in found.notes[1]
    assert not (tmp_path / "site" / "feeds").exists()
    assert not (tmp_path / "site" / "sitemap.xml").exists()
    home = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "og:image" not in home
    assert 'rel="canonical"' not in home
