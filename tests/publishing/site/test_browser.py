"""Every kind of page in a real browser, light and dark, wide and on a phone: nobody is kept out."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from panel.publishing.site.fixed_pages import fixed_pages
from panel.publishing.site.list_pages import list_pages
from panel.publishing.site.model_pages import model_pages
from panel.publishing.site.persona_pages import persona_pages
from tests.desk.browser import DESK, PHONE, axe, chromium, overflow
from tests.publishing.site.books import ROOT, SITE, MemoryBook, pages
from tests.publishing.site.shown import shown

__all__ = ["chromium"]

PATHS = (
    "",
    "models/muse-spark/",
    "models/hy-mt2/",
    "leaderboard/",
    "leaderboard/vendor/",
    "leaderboard/vendor/meta/",
    "personas/",
    "personas/futurist/",
    "personas/futurist/predictions/",
    "personas/skeptic/verdicts/",
    "corrections/",
    "about/",
    "404.html",
)
LEAST = ("minor", "moderate", "serious", "critical")


@pytest.fixture
def address(living_book: MemoryBook, tmp_path: Path) -> Iterator[str]:
    """A site on a real port, below a path of its own."""
    site = SITE.model_copy(update={"url": "https://reviews.example/"})
    living_book.site = site
    planned = pages(living_book, model_pages, list_pages, persona_pages, fixed_pages)
    for name, where in site.assets.items():
        found = ROOT / "panel" / "publishing" / "site" / "assets" / name
        (tmp_path / where).parent.mkdir(exist_ok=True)
        (tmp_path / where).write_bytes(found.read_bytes())
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
        _listen(page, found)
        for path in PATHS:
            page.goto(address + path)
            found += [f"{path} {size[0]} {dark}: {one}" for one in axe(page, least=LEAST)]
            found += [f"{path} {size[0]}: wider than the window"] * (overflow(page) > 0)
        context.close()
    assert found == []


def test_without_scripts_everything_is_there(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "models/muse-spark/")
    assert page.get_by_text("What would change their mind").count() == 5
    assert not page.locator(".search").is_visible()
    context.close()


def test_nothing_moves_once_it_is_shown(chromium: Browser, address: str) -> None:
    for size in (DESK, PHONE):
        page = chromium.new_page(viewport={"width": size[0], "height": size[1]})
        page.add_init_script(_SHIFTS)
        page.goto(address + "models/muse-spark/", wait_until="networkidle")
        assert _shift(page) == 0
        page.close()


_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


def _shift(page: Page) -> float:
    return page.evaluate("window.shifted")


def _listen(page: Page, found: list[str]) -> None:
    def hear(message: Any) -> None:
        if message.type in {"error", "warning"} and "Failed to load" not in message.text:
            found.append(message.text)

    page.on("console", hear)
