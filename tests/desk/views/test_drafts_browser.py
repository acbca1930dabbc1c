"""The page of a draft in a real browser: read, spoken about and settled, by hand and by keys."""

import os
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import expect

from panel.bootstrap.house import House
from panel.domain.editing.states import Role
from tests.desk.browser import DESK, PHONE, Open, axe, overflow
from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk, living, make_house
from tests.domain.editing.papers import citing, make_papers

SHOTS = os.environ.get("SHIPSKIP_TEST_SCREENSHOTS", "")
"""Folder that keeps a picture of every page here, to be looked at."""


@pytest.fixture
def blind(house: House) -> Iterator[LiveDesk]:
    """A desk where editors call first."""
    with living(make_house(house.workspace.root, blind_first=True)) as desk:
        yield desk


def drafted(desk: LiveDesk) -> Drafted:
    """A draft with everything on it: flags, a conflict, an edit, a rejection, comments."""
    flagged = citing("F2", headline="I tested it and it holds")
    draft = Drafted(desk, make_papers(flagged, citing("F10", call="skip"), "skip", samples=2))
    draft.edit({"creator.1.rejected": "It is about another model."}, "reject")
    ana = desk.person(login="ana")
    for field in ("", "skeptic.1.quote"):
        ana.post(f"{draft.path}/comments", field=field, text="Who says so?")
    for comment in desk.context.store.comments(draft.ref.run, draft.ref.slug)[:1]:
        ana.post(f"{draft.path}/comments/{comment.id}/resolve")
    return draft


def test_nobody_is_kept_out_and_nothing_has_to_be_panned(blind: LiveDesk, visiting: Open) -> None:
    draft = drafted(blind)
    pages: dict[str, tuple[Role, str, str]] = {
        "draft": ("publisher", "pia", ""),
        "blind": ("editor", "ben", ""),
        "history": ("editor", "ana", "/history"),
        "exchange": ("viewer", "vic", "/exchange/skeptic/1"),
    }
    blind.person("publisher", "pia").post(f"{draft.path}/blind", call="skip")
    for (name, (role, login, path)), size, dark in product(
        pages.items(), (DESK, PHONE), (False, True)
    ):
        with visiting(blind, role, login=login, size=size, dark=dark) as visit:
            page = visit.go(f"{draft.path}{path}")
            if name == "draft":
                page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert axe(page, least=("minor", "moderate", "serious", "critical")) == []
            assert overflow(page) <= 0
            if SHOTS:
                look = f"{name}-{size[0]}-{'dark' if dark else 'light'}.png"
                page.screenshot(path=Path(SHOTS) / look, full_page=True)


def test_keys_lead_through_the_seats_to_a_comment_and_to_the_editor(
    desk: LiveDesk, visiting: Open
) -> None:
    draft = Drafted(desk)
    with visiting(desk, "editor", login="ana") as visit:
        page = visit.go(draft.path)
        page.keyboard.press("c")
        expect(page.locator("#say-draft")).to_be_focused()
        page.locator("h1").click()
        page.keyboard.press("j")
        page.keyboard.press("j")
        seat = page.locator("[data-item].at")
        expect(seat).to_have_id("skeptic")
        page.keyboard.press("c")
        expect(page.locator("#say-skeptic-1")).to_be_focused()
        page.keyboard.type("Who says so?")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text("Your comment is kept.")).to_be_visible()
        expect(page.locator("#skeptic .remark")).to_contain_text("Ana on The Skeptic: quote")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog").locator("dt", has_text=re.compile("^e$"))).to_have_count(
            1
        )
        page.keyboard.press("Escape")
        page.keyboard.press("e")
        page.wait_for_url(f"**{draft.path}/edit/skeptic/1")


def test_a_conflict_is_settled_on_a_phone_without_scripts(desk: LiveDesk, visiting: Open) -> None:
    draft = Drafted(desk, make_papers(citing("F10"), "skip"))
    with visiting(desk, "editor", login="ana", size=PHONE, js=False) as visit:
        page = visit.go(draft.path)
        page.get_by_role("link", name="conflict C1 is open").click()
        page.get_by_label("F2 holds, the rest is wrong").check()
        page.get_by_label("Why").fill("The licence file says so.")
        page.get_by_role("button", name="Settle C1").click()
        expect(page.get_by_text("C1 is settled.")).to_be_visible()
        expect(page.get_by_text("F10 lost in C1")).to_be_visible()
        page.get_by_role("button", name="I have looked").click()
        expect(page.get_by_text("Noted that you have looked.")).to_be_visible()
    assert draft.now.decisions["C1"].fact == "F2"
