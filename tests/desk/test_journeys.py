"""The whole way of a draft in a real browser: by mouse, by keys alone, on a phone, without scripts.

Each journey ends in records, since a page that says the right thing may still have done nothing.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.desk.browser import DESK, PHONE, Open, Visit, overflow
from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk
from tests.domain.editing.papers import citing, make_papers
from tests.editing.desk import CALL, QUOTE

SHOTS = os.environ.get("SHIPSKIP_TEST_SCREENSHOTS", "")
"""Folder that keeps a picture of every step, to be looked at."""

WHY = "The licence file says so."
TO_READERS = "The licence was given wrongly."


@pytest.fixture
def draft(desk: LiveDesk) -> Drafted:
    """A draft with a conflict in the way, and pia who may publish it."""
    found = Drafted(desk, make_papers(citing("F10"), "skip"))
    desk.user("publisher", "pia")
    return found


def look(page: Page, name: str) -> None:
    """Nothing has to be panned; a picture where one is wanted."""
    page.wait_for_load_state()  # a page without its styles yet is wider
    assert overflow(page) <= 0, name
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"journey-{name}.png", full_page=True)


def said_by(draft: Drafted) -> str:
    """What the skeptic says now."""
    verdict = draft.now.content.seats[1].verdict
    assert verdict
    return verdict.quote


def race(draft: Drafted) -> None:
    """Somebody else saves another quote."""
    draft.edit({QUOTE: f"{said_by(draft)} Look elsewhere."}, login="ben")


def went_all_the_way(draft: Drafted, quote: str) -> None:
    """What was done is on record, by pia, and only what was approved was ever live."""
    steps = draft.now.revisions
    acts = [one.act for one in steps]
    assert acts == ["edit", "edit", "look", "approve", "publish", "correct", "retract"]
    assert {one.by for one in steps[1:]} == {"pia"}
    assert steps[1].changes == {QUOTE: quote}
    assert steps[3].standing.approved == steps[4].standing.live
    assert steps[5].standing.approved == steps[5].standing.live != steps[4].standing.live
    assert steps[5].changes == {CALL: "ship"}
    assert (steps[5].note, steps[6].note) == (TO_READERS, TO_READERS)
    assert (steps[6].standing.state, steps[6].standing.live) == ("retracted", None)
    assert draft.now.decisions["C1"].fact == "F2"


@pytest.mark.parametrize(("size", "js"), [(DESK, True), (PHONE, False)], ids=["mouse", "no script"])
def test_a_draft_goes_all_the_way(
    desk: LiveDesk, draft: Drafted, visiting: Open, size: tuple[int, int], *, js: bool
) -> None:
    quote = f"{said_by(draft)} Wait, or look elsewhere."
    with visiting(desk, None, size=size, js=js) as visit:
        page = visit.go(desk.accounts.link("pia"))
        page.get_by_role("button", name="Sign in as pia").click()
        expect(page.get_by_role("heading", name="Queue")).to_be_visible()
        look(page, f"queue-{size[0]}")
        page.get_by_role("link", name="Tern 2").click()
        expect(page.get_by_role("heading", name="Tern 2")).to_be_visible()
        look(page, f"draft-{size[0]}")
        mend(page, draft, quote, js=js)
        settle(page)
        publish(page, size)
    went_all_the_way(draft, quote)


def mend(page: Page, draft: Drafted, quote: str, *, js: bool) -> None:
    """A quote is mended, somebody is faster, and both are merged."""
    page.get_by_role("link", name="Edit The Skeptic").click()
    page.get_by_label("Quote", exact=True).fill(f"{said_by(draft)} Wait for it.")
    race(draft)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Somebody was faster")).to_be_visible()
    page.get_by_label("both as one").fill(quote)
    if not js:
        page.get_by_label("Both, as I write it here").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved as version 2.")).to_be_visible()


def settle(page: Page) -> None:
    """The conflict is settled, and what rests on the loser is looked at."""
    page.get_by_role("link", name="conflict C1 is open").click()
    page.get_by_label("F2 holds, the rest is wrong").check()
    page.get_by_label("Why").fill(WHY)
    page.get_by_role("button", name="Settle C1").click()
    expect(page.get_by_text("C1 is settled.")).to_be_visible()
    page.get_by_role("button", name="I have looked").click()
    expect(page.get_by_text("Noted that you have looked.")).to_be_visible()


def publish(page: Page, size: tuple[int, int]) -> None:
    """It is approved, published, corrected and retracted."""
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved, word for word as it stands here.").first).to_be_visible()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Published.").first).to_be_visible()
    look(page, f"published-{size[0]}")
    page.get_by_role("link", name="Edit The Skeptic").click()
    page.get_by_label("Ship", exact=True).check()
    page.get_by_label("Note to readers").fill(TO_READERS)
    page.get_by_role("button", name="Correct and publish").click()
    expect(page.get_by_text("Corrected and published as version 6.")).to_be_visible()
    page.locator("summary", has_text="Retract").click()
    page.get_by_label("Note to readers").fill(TO_READERS)
    look(page, f"retract-{size[0]}")
    page.get_by_role("button", name="Retract", exact=True).click()
    expect(page.get_by_text("Retracted.").first).to_be_visible()


class Keys:
    """Somebody who has a keyboard and nothing else.

    Args:
        page: What they see.
    """

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """Press keys one after the other, on a page that is all there."""
        self.page.wait_for_load_state()
        for key in keys:
            self.page.keyboard.press(key)

    def reach(self, target: Locator) -> None:
        """Go on by Tab until something has the focus, and shows it."""
        expect(target).to_be_visible()
        for _ in range(150):
            self.press("Tab")
            if target.evaluate("one => one === document.activeElement"):
                outline = target.evaluate("one => getComputedStyle(one).outlineStyle")
                assert outline != "none", f"{target} does not show that it has the focus"
                return
        pytest.fail(f"Tab never comes to {target}")

    def type_into(self, label: str, words: str) -> None:
        """Go to a field and put words in the place of what is there."""
        field = self.page.get_by_label(label, exact=True)
        self.reach(field)
        self.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(words)

    def button(self, name: str) -> None:
        """Go to a button and press it."""
        self.reach(self.page.get_by_role("button", name=name, exact=True))
        self.press("Enter")

    def told(self, words: str) -> None:
        """Wait for what a page tells."""
        expect(self.page.get_by_text(words).first).to_be_visible()


def test_a_keyboard_alone_goes_all_the_way(desk: LiveDesk, draft: Drafted, visiting: Open) -> None:
    quote = f"{said_by(draft)} Wait, or look elsewhere."
    desk.accounts.set_password("pia", "a long enough password")
    with visiting(desk, None) as visit:
        keys = Keys(visit.go("/sign-in"))
        keys.type_into("Login", "pia")
        keys.press("Tab")
        visit.page.keyboard.type("a long enough password")
        keys.press("Enter")
        expect(visit.page.get_by_role("heading", name="Queue")).to_be_visible()
        keys.press("j", "Enter")
        visit.page.wait_for_url(f"**{draft.path}")
        mend_by_keys(visit, keys, draft, quote)
        settle_by_keys(keys)
        publish_by_keys(visit, keys, draft)
    went_all_the_way(draft, quote)


def mend_by_keys(visit: Visit, keys: Keys, draft: Drafted, quote: str) -> None:
    """A quote is mended, somebody is faster, and both are merged."""
    edit_skeptic(visit, keys, draft)
    keys.type_into("Quote", f"{said_by(draft)} Wait for it.")
    race(draft)
    keys.press("Control+s")
    keys.told("Somebody was faster")
    keys.type_into("The Skeptic: quote, both as one", quote)
    look(visit.page, "keys-merge")
    keys.press("Control+s")
    keys.told("Saved as version 2.")


def edit_skeptic(visit: Visit, keys: Keys, draft: Drafted) -> None:
    """Go to the second seat and edit it."""
    at = visit.page.locator("[data-item].at#skeptic")
    for _ in range(3):
        if not at.count():
            keys.press("j")
    expect(at).to_have_count(1)
    keys.press("e")
    visit.page.wait_for_url(f"**{draft.path}/edit/skeptic/1")


def settle_by_keys(keys: Keys) -> None:
    """The conflict is settled, and what rests on the loser is looked at."""
    keys.reach(keys.page.get_by_role("link", name="conflict C1 is open"))
    keys.press("Enter", "Tab")
    keys.reach(keys.page.get_by_label("F2 holds, the rest is wrong"))
    keys.press("Space")
    keys.type_into("Why", WHY)
    keys.press("Enter")
    keys.told("C1 is settled.")
    keys.button("I have looked")
    keys.told("Noted that you have looked.")


def publish_by_keys(visit: Visit, keys: Keys, draft: Drafted) -> None:
    """It is approved, published, corrected and retracted."""
    keys.button("Approve")
    keys.told("Approved, word for word as it stands here.")
    keys.button("Publish")
    keys.told("Published.")
    edit_skeptic(visit, keys, draft)
    keys.reach(visit.page.get_by_label("Skip", exact=True))
    keys.press("ArrowUp")
    keys.type_into("Note to readers (only for a correction)", TO_READERS)
    keys.button("Correct and publish")
    keys.told("Corrected and published as version 6.")
    keys.reach(visit.page.locator("summary", has_text="Retract"))
    keys.press("Enter")
    keys.type_into("Note to readers", TO_READERS)
    keys.button("Retract")
    keys.told("Retracted.")


def test_a_phone_reads_comments_and_approves(desk: LiveDesk, visiting: Open) -> None:
    draft = Drafted(desk)
    with visiting(desk, "publisher", login="pia", size=PHONE) as visit:
        page = visit.go("/queue")
        look(page, "phone-queue")
        page.get_by_role("link", name="Tern 2").click()
        expect(page.get_by_role("heading", name="Tern 2")).to_be_visible()
        look(page, "phone-read")
        page.locator("#skeptic summary", has_text="Comment").click()
        page.locator("#say-skeptic-1").fill("Who says so?")
        page.locator("#skeptic").get_by_role("button", name="Comment", exact=True).click()
        expect(page.get_by_text("Your comment is kept.")).to_be_visible()
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_role("button", name="Undo")).to_be_visible()
        look(page, "phone-approved")
    assert [one.act for one in draft.now.revisions] == ["approve"]
    assert [one.text for one in desk.context.store.comments(*str(draft.ref).split("/"))] == [
        "Who says so?"
    ]
