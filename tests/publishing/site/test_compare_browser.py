"""Pages about pairs in a real browser, wide and on a phone: nobody is kept out, nothing moves."""

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from panel.domain.publication.pairs import pairs
from panel.publishing.site import assets
from panel.publishing.site.compare_pages import comparison_pages
from tests.desk.browser import DESK, PHONE, axe, chromium, overflow
from tests.publishing.site.books import SITE, MemoryBook, pages

__all__ = ["chromium"]

PATHS = ("compare/", "compare/muse-spark/qwen3-6-27b/", "compare/qwen-studio/qwen3-6-27b/")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as in its base
        """Nothing."""


@pytest.fixture
def address(living_book: MemoryBook, tmp_path: Path) -> Iterator[str]:
    """Every comparison of the real models on a real port."""
    living_book.site = SITE.model_copy(update={"assets": assets.assets()})
    living_book.pairs = pairs(living_book.entries, "all", (), 45)
    planned = pages(living_book, comparison_pages, assets.asset_pages)
    for page in planned.values():
        (tmp_path / page.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / page.path).write_bytes(page.render())
    handler = functools.partial(_Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


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
