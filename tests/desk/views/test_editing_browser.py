"""A quote is mended in a real browser: kept as one types, raced, merged, approved, taken back."""

import os
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from panel.testing import make_dossier
from tests.desk.browser import DESK, PHONE, Open, axe, overflow
from tests.desk.drafting import Drafted
from tests.desk.filled import form_of
from tests.desk.living import LiveDesk
from tests.domain.editing.papers import make_papers
from tests.editing.desk import HEADLINE, QUOTE

SHOTS = os.environ.get("SHIPSKIP_TEST_SCREENSHOTS", "")
SKEPTIC = "/edit/skeptic/1"


@pytest.fixture
def draft(desk: LiveDesk) -> Drafted:
    return Drafted(desk, make_papers("ship", "skip", dossier=make_dossier()))


def quote_of(draft: Drafted) -> str:
    """What the skeptic says."""
    verdict = draft.now.content.seats[1].verdict
    assert verdict
    return verdict.quote


def look(page: Page, name: str, size: tuple[int, int], *, dark: bool) -> None:
    """Nobody is kept out and nothing has to be panned; a picture where one is wanted."""
    assert axe(page) == []
    assert overflow(page) <= 0
    if SHOTS:
        file = f"{name}-{size[0]}-{'dark' if dark else 'light'}.png"
        page.screenshot(path=Path(SHOTS) / file, full_page=True)


def test_a_quote_is_mended_raced_merged_approved_and_taken_back(
    desk: LiveDesk, draft: Drafted, visiting: Open
) -> None:
    said = quote_of(draft)
    with visiting(desk, "publisher", login="pia") as one, visiting(desk, login="ben") as two:
        ben = two.go(draft.path + SKEPTIC)
        pia = one.go(draft.path + SKEPTIC)
        pia.get_by_label("Quote", exact=True).fill("I tested it for a week.")
        expect(pia.locator("[data-check-said]")).to_contain_text("block")
        expect(pia.locator("[data-checked] mark.blocks").first).to_be_visible()
        expect(pia.locator("[data-save-status]")).to_contain_text("saved")
        with pia.expect_response("**/copy"):
            pia.get_by_label("Quote", exact=True).fill(f"{said} Wait for it.")
        pia.reload()
        expect(pia.get_by_text("You typed words here that are not saved")).to_be_visible()
        pia.get_by_role("link", name="Go on with them").click()
        expect(pia.get_by_label("Quote", exact=True)).to_have_value(f"{said} Wait for it.")
        ben.get_by_label("Headline").fill("Wait for the weights.")
        expect(ben.locator("[data-typing]")).to_have_text("Pia is editing too.")
        ben.get_by_label("Quote", exact=True).fill(f"{said} Look elsewhere.")
        ben.keyboard.press("Control+s")
        ben.wait_for_url(f"**{draft.path}#skeptic")
        pia.get_by_role("button", name="Save", exact=True).click()
        expect(pia.get_by_role("heading", name="Somebody was faster")).to_be_visible()
        look(pia, "merge", DESK, dark=False)
        pia.get_by_label("both as one").fill(f"{said} Wait, or look elsewhere.")
        expect(pia.get_by_label("Both, as I write it here")).to_be_checked()
        pia.get_by_role("button", name="Save", exact=True).click()
        expect(pia.get_by_text("Saved as version 2.")).to_be_visible()
        pia.get_by_role("button", name="Approve").click()
        expect(pia.get_by_role("button", name="Undo")).to_be_visible()
        pia.get_by_role("button", name="Undo").click()
        expect(pia.get_by_text("Taken back.")).to_be_visible()
    assert quote_of(draft) == f"{said} Wait, or look elsewhere."
    assert draft.now.revisions[0].changes[HEADLINE] == "Wait for the weights."
    assert [one.act for one in draft.now.revisions[1:]] == ["edit", "approve", "undo"]
    assert draft.now.standing.state == "draft"


def test_a_fact_is_cited_at_a_click(desk: LiveDesk, draft: Drafted, visiting: Open) -> None:
    with visiting(desk) as visit:
        page = visit.go(draft.path + SKEPTIC)
        field = page.get_by_label("Reason for 2: facts")
        field.focus()
        page.get_by_role("button", name="cite F2").click()
        page.get_by_role("button", name="cite F1").click()
        expect(field).to_have_value("F2 F1")


def test_the_pages_keep_nobody_out(desk: LiveDesk, draft: Drafted, visiting: Open) -> None:
    draft.edit({HEADLINE: "Wait.", QUOTE: "I tested it for a week; it is closed."})
    pages = {
        "edit": SKEPTIC,
        "edit-head": "/edit",
        "compare": "/compare?from=draft",
        "draft-bar": "",
    }
    for size, dark in product((DESK, PHONE), (False, True)):
        with visiting(desk, "publisher", size=size, dark=dark) as visit:
            for name, path in pages.items():
                look(visit.go(draft.path + path), name, size, dark=dark)


@pytest.mark.parametrize(("size", "dark"), [(DESK, False), (DESK, True), (PHONE, True)])
def test_what_comes_up_on_the_way_keeps_nobody_out(
    desk: LiveDesk, draft: Drafted, visiting: Open, size: tuple[int, int], *, dark: bool
) -> None:
    pia = desk.person("publisher", "pia")
    typed = form_of(pia.get(draft.path + SKEPTIC), "save") | {
        QUOTE: f"{quote_of(draft)} Wait.",
        "skeptic.1.flip_conditions.0.text": "Open answers.",
        "reason": "It is shorter.",
    }
    assert pia.post(f"{draft.path}/copy", **typed).is_success
    draft.edit({QUOTE: "I tested it for a week.", HEADLINE: "Wait."}, login="ben")
    with visiting(desk, "publisher", login="pia", size=size, dark=dark) as visit:
        page = visit.go(draft.path + SKEPTIC)
        expect(page.get_by_text("You typed words here that are not saved")).to_be_visible()
        look(page, "unsaved", size, dark=dark)
        page.get_by_role("link", name="Go on with them").click()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("heading", name="Somebody was faster")).to_be_visible()
        look(page, "merge", size, dark=dark)
        page = visit.go(draft.path)
        draft.edit({HEADLINE: "Wait for it."}, login="ben")
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_text("What Ben changed since you looked")).to_be_visible()
        expect(page.get_by_text("It cannot be approved yet")).to_be_visible()
        look(page, "again", size, dark=dark)
