"""Assets are named by their content, so that no name ever means two things."""

import hashlib
from pathlib import Path

from panel.publishing.site.assets import asset_pages, assets, kept_asset
from tests.publishing.site.books import SITE, MemoryBook, pages


def test_each_name_holds_the_digest_of_its_bytes() -> None:
    book = MemoryBook([], site=SITE.model_copy(update={"assets": assets()}))
    found = pages(book, asset_pages)
    assert {"site.css", "site.js"} <= assets().keys()
    assert sorted(found) == sorted(assets().values())
    for path, page in found.items():
        assert hashlib.sha256(page.render()).hexdigest()[:10] == path.split(".")[-2]


def test_an_older_one_is_taken_over_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/site.1.css").write_bytes(b"old")
    page = kept_asset("assets/site.1.css", tmp_path)
    assert page.render() == b"old"
    assert page.key == kept_asset("assets/site.1.css", tmp_path / "other").key
