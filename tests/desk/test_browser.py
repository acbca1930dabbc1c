"""The parts of the design in a real browser: seen, typed on, without scripts, by whoever looks."""

import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Route, expect

from panel.bootstrap.house import House
from panel.desk.views import ROUTERS
from tests.desk import demo
from tests.desk.browser import DESK, PHONE, Open, axe, overflow
from tests.desk.living import LiveDesk, living

SHOTS = os.environ.get("SHIPSKIP_TEST_SCREENSHOTS", "")
"""Folder that keeps a picture of every page here, to be looked at."""


@pytest.fixture
def parts(house: House) -> Iterator[LiveDesk]:
    """A desk with the page of all parts."""
    demo.SAVED.clear()
    with living(house, (*ROUTERS, demo.router)) as desk:
        desk.user("admin")
        yield desk


@pytest.mark.parametrize(
    ("name", "path", "signed_in"),
    [
        ("sign-in", "/sign-in", False),
        ("link", "/sign-in?link=dead", False),
        ("nothing", "/nothing/here", True),
        ("failure", "/demo/boom", True),
        ("parts", "/demo", True),
        ("me", "/me", True),
        ("people", "/people", True),
    ],
)
def test_nobody_is_kept_out_and_nothing_has_to_be_panned(
    parts: LiveDesk, visiting: Open, name: str, path: str, signed_in: bool
) -> None:
    role = "admin" if signed_in else None
    for size, dark in product((DESK, PHONE), (False, True)):
        with visiting(parts, role, size=size, dark=dark) as visit:
            page = visit.go(path)
            assert axe(page) == []
            assert overflow(page) <= 0
            if SHOTS:
                look = f"{name}-{size[0]}-{'dark' if dark else 'light'}.png"
                page.screenshot(path=Path(SHOTS) / look, full_page=True)


def test_a_wide_word_does_not_widen_the_page(parts: LiveDesk, visiting: Open) -> None:
    parts.accounts.add("w" * 64, "W" * 80, "viewer")
    with visiting(parts, "admin", size=PHONE) as visit:
        assert overflow(visit.go("/people")) <= 0


def test_what_is_typed_is_saved_by_itself(parts: LiveDesk, visiting: Open) -> None:
    with visiting(parts, "editor") as visit:
        page = visit.go("/demo")
        page.get_by_label("Headline").fill("One")
        expect(page.locator("[data-save-status]")).to_contain_text("saved")
        assert page.locator("input[name=nth]").input_value() == "1"
        page.get_by_label("Headline").fill("Two")
        expect(page.locator("input[name=nth]")).to_have_value("2")
        assert demo.SAVED == ["One", "Two"]


def test_what_cannot_be_saved_is_tried_again(parts: LiveDesk, visiting: Open) -> None:
    with visiting(parts, "editor") as visit:
        page = visit.go("/demo")
        page.route("**/demo/save", lambda route: route.fulfill(status=503, body="{}"))
        page.get_by_label("Headline").fill("One")
        expect(page.locator("[data-save-status]")).to_have_text("not saved, retrying")
        page.unroute("**/demo/save")
        expect(page.locator("[data-save-status]")).to_contain_text("saved ")
        expect(page.locator("[data-save-status]")).not_to_contain_text("not")
        assert demo.SAVED == ["One"]


def test_a_save_that_is_refused_says_so_and_stops(parts: LiveDesk, visiting: Open) -> None:
    with visiting(parts, "viewer") as visit:
        page = visit.go("/demo")
        page.get_by_label("Headline").fill("One")
        status = page.locator("[data-save-status]")
        expect(status).to_contain_text("not saved: viewer (viewer) may not edit")
    assert demo.SAVED == []


def test_one_request_at_a_time_and_the_last_words_win(parts: LiveDesk, visiting: Open) -> None:
    held: list[Route] = []
    is_open: list[bool] = []
    with visiting(parts, "editor") as visit:
        page = visit.go("/demo")

        def hold(route: Route) -> None:
            if is_open:
                route.continue_()
            else:
                held.append(route)

        page.route("**/demo/save", hold)
        page.get_by_label("Headline").fill("One")
        with page.expect_request("**/demo/save"):
            pass
        for words in ("Two", "Three"):
            page.get_by_label("Headline").fill(words)
            page.wait_for_timeout(1000)  # longer than the script waits for more words
        assert len(held) == 1
        is_open.append(True)
        held[0].continue_()
        expect(page.locator("input[name=nth]")).to_have_value("2")
        assert demo.SAVED == ["One", "Three"]


def test_leaving_with_unsaved_words_asks_first(parts: LiveDesk, visiting: Open) -> None:
    asked: list[str] = []
    with visiting(parts, "editor") as visit:
        page = visit.go("/demo")
        page.route("**/demo/save", lambda route: route.abort())

        def accept(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.accept()

        page.on("dialog", accept)
        page.get_by_label("Headline").fill("One")
        page.goto(f"{parts.address}/me")
        visit.complaints.clear()
    assert asked == ["beforeunload"]


def test_the_keys_lead_through_a_page(parts: LiveDesk, visiting: Open) -> None:
    with visiting(parts, "editor") as visit:
        page = visit.go("/demo")
        page.keyboard.press("j")
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("link", name="Muse Spark")).to_be_focused()
        page.keyboard.press("k")
        expect(page.get_by_role("link", name="Tern 2")).to_be_focused()
        page.keyboard.press("3")
        expect(page).to_have_url(f"{parts.address}/demo#item-3")
        page.keyboard.press("e")
        expect(page.get_by_label("Headline")).to_be_focused()
        page.keyboard.press("j")
        assert "j" in page.get_by_label("Headline").input_value()


@pytest.mark.parametrize("keys", ["Control+s", "Control+Enter"])
def test_a_form_is_sent_by_two_keys_at_once(parts: LiveDesk, visiting: Open, keys: str) -> None:
    with visiting(parts, "editor") as visit:
        page = visit.go("/demo")
        page.get_by_label("Headline").fill("By hand")
        page.keyboard.press(keys)
        expect(page.get_by_text("Taken: By hand")).to_be_visible()


def test_the_map_of_the_keys_opens_and_switches_them_off(parts: LiveDesk, visiting: Open) -> None:
    with visiting(parts, "editor") as visit:
        page = visit.go("/demo")
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog", name="Keys on this page")
        expect(dialog).to_contain_text("edit the headline")
        expect(dialog).to_contain_text("save a revision")
        assert axe(page) == []
        dialog.get_by_role("button", name="Switch keyboard shortcuts off").click()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        page.keyboard.press("?")
        page.keyboard.press("j")
        expect(dialog).to_be_hidden()
        assert page.locator("[data-item].at").count() == 0
        page.get_by_role("button", name="Keyboard").click()
        dialog.get_by_role("button", name="Switch keyboard shortcuts on").click()
        dialog.get_by_role("button", name="Close").click()
        page.keyboard.press("j")
        assert page.locator("[data-item].at").count() == 1


def test_no_single_key_sends_a_form(parts: LiveDesk, visiting: Open) -> None:
    with visiting(parts, "editor") as visit:
        page = visit.go("/demo")
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.method))
        for key in "abcdefghijklmnopqrstuvwxyz123456789":
            page.locator("main").focus()
            page.keyboard.press(key)
        assert "POST" not in sent


def test_everything_works_without_a_script(parts: LiveDesk, visiting: Open) -> None:
    path = parts.accounts.link("admin")
    with visiting(parts, None, js=False, size=PHONE) as visit:
        page = visit.go(path)
        page.get_by_role("button", name="Sign in as admin").click()
        page = visit.go("/people")
        page.get_by_label("Login").fill("ana")
        page.get_by_label("Name, as published").fill("Ana Maria")
        page.get_by_role("button", name="Add").click()
        expect(page.get_by_text("Ana Maria has an account")).to_be_visible()
        page = visit.go("/me")
        page.get_by_label("What it is for").fill("our cms")
        page.get_by_role("button", name="Make a token").click()
        expect(page.get_by_text("Copy it now")).to_be_visible()
        page.get_by_role("button", name="Sign out", exact=True).click()
        expect(page.get_by_text("You are signed out.")).to_be_visible()
        assert page.locator("[data-show-keys]").is_hidden()


def test_a_keyboard_alone_signs_in(parts: LiveDesk, visiting: Open) -> None:
    parts.accounts.set_password("admin", "a long enough password")
    with visiting(parts, None) as visit:
        page = visit.go("/sign-in?next=/me")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the page itself")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("admin")
        page.keyboard.press("Tab")
        page.keyboard.type("a long enough password")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Admin")).to_be_visible()


def test_what_was_written_survives_a_new_sign_in(parts: LiveDesk, visiting: Open) -> None:
    with visiting(parts, "admin") as visit:
        page = visit.go("/people")
        page.get_by_label("Login").fill("ana")
        page.get_by_label("Name, as published").fill("Ana Maria")
        secret = parts.session("admin")
        cookie = {"name": parts.context.cookie, "value": secret, "url": parts.address}
        page.context.add_cookies([cookie])  # pyright: ignore
        page.get_by_role("button", name="Add").click()
        expect(page.get_by_text("What you wrote is still here")).to_be_visible()
        assert axe(page) == []
        page.get_by_role("button", name="Send again").click()
        expect(page.get_by_text("Ana Maria has an account")).to_be_visible()
