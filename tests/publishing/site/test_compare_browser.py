"""Pages about pairs in a real browser, wide and on a phone: nobody is kept out, nothing moves."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from panel.domain.publication.pairs import pairs
from panel.publishing.site import assets
from panel.publishing.site.compare_pages import comparison_pages
from tests.desk.browser import DESK, PHONE, axe, chromium, overflow
from tests.publishing.site.books import SITE, MemoryBook, pages
from tests.publishing.site.shown import shown

__all__ = ["chromium"]

PATHS = ("compare/", "compare/muse-spark/qwen3-6-27b/", "compare/qwen-studio/qwen3-6-27b/")


@pytest.fixture
def address(living_book: MemoryBook, tmp_path: Path) -> Iterator[str]:
    """Every comparison of the real models on a real port."""
    living_book.site = SITE.model_copy(update={"assets": assets.assets()})
    living_book.pairs = pairs(living_book.entries, "all", (), 45)
    planned = pages(living_book, comparison_pages, assets.asset_pages)
    with shown(planned.values(), tmp_path) as found:
        yield found


def test_nobody_is_kept_out_and_nothing_has_to_be_panned(chromium: Browser, address: str) -> None:
    found: list[str] = []
    for size, dark in product((DESK, PHONE), (False, True)):
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
        )
        page = context.new_page()
        for path in PATHS:
            page.goto(address + path)
            found += [f"{path} {size[0]} {dark}: {one}" for one in axe(page, least=_LEAST)]
            found += [f"{path} {size[0]}: wider than the window"] * (overflow(page) > 0)
        context.close()
    assert found == []


_LEAST = ("minor", "moderate", "serious", "critical")
