"""The queue and runs in a real browser: by keys, without a script, on a phone, for everybody."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from panel.editing.drafts import Ref
from panel.editing.intent import Intent
from panel.testing import FakeOpenAI
from tests.databases import Environment
from tests.desk.browser import DESK, PHONE, Open, axe, overflow
from tests.desk.living import LiveDesk, living
from tests.desk.working import agree, stocked, until

SHOTS = os.environ.get("SHIPSKIP_TEST_SCREENSHOTS", "")
"""Folder that keeps a picture of every page here, to be looked at."""


@pytest.fixture
def busy(tmp_path: Path, database: Environment) -> Iterator[LiveDesk]:
    """A desk with two drafts of a run that has ended."""
    with living(stocked(tmp_path / "desk")) as desk:
        path = agree(desk.person(), dossiers="hy-mt2 muse-spark").headers["location"]
        store = desk.context.store
        until(lambda: store.queue_row(path.removeprefix("/runs/"), "muse-spark"))
        until(lambda: "Stop" not in desk.person().get(path).text)
        yield desk


def test_nobody_is_kept_out_and_nothing_has_to_be_panned(busy: LiveDesk, visiting: Open) -> None:
    (run,) = busy.context.store.runs()
    pages = {
        "queue": "/queue?state=draft&look=0",
        "none": "/queue?q=nothing&split=1",
        "runs": "/runs",
        "run": f"/runs/{run.id}",
        "new": "/runs/new",
    }
    for size, dark in ((DESK, False), (PHONE, True)):
        with visiting(busy, "editor", size=size, dark=dark) as visit:
            for name, path in pages.items():
                look(visit.go(path), name, size)


def look(page: Page, name: str, size: tuple[int, int]) -> None:
    """Nobody is kept out and nothing has to be panned; a picture where one is wanted."""
    assert axe(page) == [], name
    assert overflow(page) == 0, name
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}-{size[0]}.png", full_page=True)


def test_the_queue_is_walked_by_keys(busy: LiveDesk, visiting: Open) -> None:
    with visiting(busy, "editor") as visit:
        page = visit.go("/queue?sort=name")
        page.keyboard.press("j")
        page.keyboard.press("j")
        expect(page.get_by_role("link", name="Muse Spark")).to_be_focused()
        page.keyboard.press("/")
        expect(page.get_by_label("Search quotes")).to_be_focused()
        page.keyboard.type("translation")
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="Hy-MT2")).to_be_visible()
        page.keyboard.press("1")
        expect(page).to_have_url(f"{busy.address}/drafts/{busy.context.store.runs()[0].id}/hy-mt2")


@pytest.mark.parametrize(("size", "js"), [(DESK, True), (PHONE, False)])
def test_many_are_given_away_with_two_clicks(
    busy: LiveDesk, visiting: Open, size: tuple[int, int], *, js: bool
) -> None:
    with visiting(busy, "editor", size=size, js=js) as visit:
        page = visit.go("/queue")
        for box in page.get_by_role("checkbox", name="Choose").all():
            box.check()
        page.get_by_role("button", name="Assign", exact=True).click()
        expect(page.get_by_role("heading", name="This touches 2 drafts")).to_be_visible()
        page.get_by_role("button", name="Assign 2 drafts").click()
        expect(page.get_by_text("2 drafts given to editor.")).to_be_visible()


def test_a_run_is_followed_live(tmp_path: Path, database: Environment, visiting: Open) -> None:
    with FakeOpenAI(latency=0.2) as server:
        house = stocked(tmp_path / "desk", server, concurrency=1)
        with living(house) as desk, visiting(desk, "editor") as visit:
            page = visit.go(agree(desk.person(), samples="15").headers["location"])
            page.evaluate("window.stayed = true")
            page.get_by_text("Cancel it for good").click()
            expect(page.get_by_role("button", name="Stop")).to_be_visible()
            expect(page.get_by_text("15 of 15 reviews")).to_be_visible(timeout=20_000)
            expect(page.get_by_role("link", name="See its draft")).to_be_visible()
            expect(page.get_by_role("button", name="Stop")).to_have_count(0)
            assert page.evaluate("window.stayed"), "it was not loaded anew"


@pytest.mark.parametrize(("size", "dark"), [(DESK, False), (PHONE, True)])
def test_what_many_are_asked_about_keeps_nobody_out(
    busy: LiveDesk, visiting: Open, size: tuple[int, int], *, dark: bool
) -> None:
    (run,) = busy.context.store.runs()
    with visiting(busy, "editor", size=size, dark=dark) as visit:
        page = visit.go("/queue")
        for box in page.get_by_role("checkbox", name="Choose").all():
            box.check()
        edited = Intent(busy.user("editor", "ben"), Ref(run.id, "hy-mt2"), 0)
        busy.context.editing.edit(edited, {"summary": "Meanwhile."})
        page.get_by_role("button", name="Submit").click()
        expect(page.get_by_text("This touches 1 draft")).to_be_visible()
        expect(page.get_by_text("Left alone")).to_be_visible()
        look(page, "bulk", size)
        seen = Intent(busy.user("editor", "ben"), Ref(run.id, "muse-spark"), 0)
        busy.context.editing.edit(seen, {"summary": "Meanwhile."})
        page.get_by_role("button", name="Submit 1 draft").click()
        expect(page.get_by_text("1 draft was left alone")).to_be_visible()
        look(page, "bulk-done", size)
