"""A real Chromium before a real desk, and axe to tell what keeps people out.

The browser is Debian's. Where there is none, tests fail and say so, unless
`SHIPSKIP_TEST_WITHOUT_BROWSER` is set, which says that this machine cannot have one.
"""

import os
import shutil
import subprocess
import tarfile
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, Page, Request, sync_playwright

from panel.domain.editing.states import Role
from tests.desk.living import LiveDesk

WITHOUT_BROWSER = bool(os.environ.get("SHIPSKIP_TEST_WITHOUT_BROWSER"))
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK, PHONE = (1280, 900), (360, 740)
AXE = "axe-core@4.10.3"


@dataclass
class Visit:
    """Somebody at a browser.

    Attributes:
        desk: Where they are.
        page: What they see.
        complaints: What went wrong in the browser: errors of scripts, refusals of the content
            security policy, requests that leave the desk.
    """

    desk: LiveDesk
    page: Page
    complaints: list[str] = field(default_factory=list[str])

    def go(self, path: str) -> Page:
        """Open a page of the desk."""
        self.page.goto(f"{self.desk.address}{path}")
        return self.page


class Open(Protocol):
    """Opens a browser before a desk; nothing may have gone wrong in it by the end."""

    def __call__(
        self,
        desk: LiveDesk,
        role: Role | None = "editor",
        *,
        login: str = "",
        size: tuple[int, int] = DESK,
        dark: bool = False,
        js: bool = True,
    ) -> AbstractContextManager[Visit]:
        """Open it, signed in as somebody or, with None, as nobody."""
        ...


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser.

    It lives as long as a module, since Playwright's event loop stays with its thread and tests
    elsewhere run loops of their own.
    """
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None and WITHOUT_BROWSER:
        pytest.skip("this machine has no Chromium, as SHIPSKIP_TEST_WITHOUT_BROWSER says")
    assert path, (
        "no Chromium found -> install it (Debian: apt-get install chromium), or set"
        " SHIPSKIP_TEST_WITHOUT_BROWSER=1 where that cannot be"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture
def visiting(chromium: Browser) -> Open:
    """Opens the browser before a desk; nothing may have gone wrong in it by the end."""

    @contextmanager
    def open_(
        desk: LiveDesk,
        role: Role | None = "editor",
        *,
        login: str = "",
        size: tuple[int, int] = DESK,
        dark: bool = False,
        js: bool = True,
    ) -> Generator[Visit]:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            java_script_enabled=js,
            locale="en-GB",
        )
        context.set_default_timeout(60_000)
        if role:
            cookie = {"name": desk.context.cookie, "value": desk.session(role, login)}
            context.add_cookies([{**cookie, "url": desk.address}])  # pyright: ignore
        visit = Visit(desk, context.new_page())
        _listen(visit)
        try:
            yield visit
        finally:
            context.close()
        assert not visit.complaints, "\n".join(visit.complaints)

    return open_


def _listen(visit: Visit) -> None:
    def on_request(request: Request) -> None:
        if not request.url.startswith((f"{visit.desk.address}/", "data:")):
            visit.complaints.append(f"left the desk: {request.url}")

    def on_console(message: Any) -> None:
        told = message.type in {"error", "warning"}
        if told and "Failed to load resource" not in message.text:  # an answer of 4xx is no defect
            visit.complaints.append(f"console: {message.text}")

    visit.page.on("request", on_request)
    visit.page.on("console", on_console)
    visit.page.on("pageerror", lambda error: visit.complaints.append(f"script: {error}"))


def axe(page: Page, *, least: tuple[str, ...] = ("serious", "critical")) -> list[str]:
    """What axe finds on a page that keeps people out.

    Args:
        page: The page as it is shown.
        least: Impacts that count.

    Returns:
        One line for each finding and element; empty when all is well.
    """
    page.evaluate(_axe_source())
    found: list[dict[str, Any]] = page.evaluate(
        "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
    )
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]} -> {node['failureSummary']}"
        for one in found
        if one["impact"] in least
        for node in one["nodes"]
    ]


def overflow(page: Page) -> int:
    """How many pixels a page is wider than its window; a page one has to pan is more than 0.

    Args:
        page: The page as it is shown.
    """
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@cache
def _axe_source() -> str:
    """axe's script, fetched once by npm into a cache folder of this person."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = home / "shipskip-tests" / AXE
    script = folder / "package" / "axe.min.js"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "lock"):
        if not script.is_file():
            command = ["npm", "pack", "--silent", AXE]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"npm cannot fetch {AXE}: {done.stderr}"
            with tarfile.open(folder / done.stdout.split()[-1]) as packed:
                packed.extractall(folder, filter="data")
    return script.read_text(encoding="utf-8")
