"""Pages to type on carry whatever was typed, and the version it was typed on, until it is saved."""

import json

import httpx2
import pytest
from fastapi.responses import Response

from panel.desk.copies import Part, keep_part
from panel.desk.editing_pages import Again, again_page, edit_page, stale_page, unsaved_page
from panel.desk.sent import sent_of
from panel.editing.stale import StaleDraftError
from panel.errors import InputError, Problem
from tests.desk.asking import asking
from tests.desk.drafting import Drafted
from tests.desk.filled import form_of
from tests.desk.living import LiveDesk, words_of
from tests.editing.desk import HEADLINE

MINE = "His <i>words</i>"
TYPED = {"page": "skeptic.1", "base": "0", "reason": "So.", "nth": "n7", HEADLINE: MINE}


@pytest.fixture
def draft(desk: LiveDesk) -> Drafted:
    return Drafted(desk)


def read(page: Response) -> httpx2.Response:
    """A page as a browser gets it."""
    return httpx2.Response(page.status_code, content=bytes(page.body))


def test_a_page_that_was_not_saved_holds_what_was_typed_on_its_old_version(draft: Drafted) -> None:
    draft.edit({"summary": "Hers."})
    ben, now = draft.desk.user("editor", "ben"), draft.now
    request = asking(draft.desk.context, ben, **TYPED)
    wrong = [Problem("is too long", "shorten it", key=HEADLINE)]
    sent = sent_of(request, now)
    page = read(edit_page(request, ben, now, "skeptic.1", sent, problems=wrong, status=422))
    form = form_of(page, "save")
    assert (page.status_code, form["base"], form["nth"]) == (422, "0", "n7")
    assert (form[HEADLINE], form["reason"]) == (MINE, "So.")
    assert MINE not in page.text
    assert "headline is too long: shorten it" in words_of(page)
    assert "Somebody has saved since you began" in words_of(page)
    fresh = form_of(read(edit_page(request, ben, now, "skeptic.1")), "save")
    assert (fresh["base"], fresh["nth"], fresh["reason"]) == ("1", "", "")


def test_facts_stand_beside_the_words_that_may_cite_them(draft: Drafted) -> None:
    ben, now = draft.desk.user("editor", "ben"), draft.now
    request = asking(draft.desk.context, ben)
    every = read(edit_page(request, ben, now, "skeptic.1")).text
    places = [every.find(f'<li id="{fact.id}"') for fact in now.papers.dossier.facts]
    assert places == sorted(set(places) - {-1})
    head = read(edit_page(request, ben, now, "head")).text
    beside = [fact.id for fact in now.papers.dossier.facts if f'<li id="{fact.id}"' in head]
    assert set(beside) == set(now.effective.card.pricing.facts)


def test_unsaved_words_of_other_pages_are_told(draft: Drafted) -> None:
    context, ben = draft.desk.context, draft.desk.user("editor", "ben")
    part = Part(page="head", base=0, key="k", at=context.clock(), form={"summary": "Mine."})
    kept = keep_part(context.store, draft.ref, "ben", part)
    request, told = asking(context, ben), "You have words about summary and prices"
    assert told in words_of(read(edit_page(request, ben, draft.now, "skeptic.1")))
    assert told not in words_of(read(edit_page(request, ben, draft.now, "head")))
    page = read(unsaved_page(request, draft.now, kept, {"summary": "Mine."}))
    assert "as you typed Mine" in words_of(page)
    assert form_of(page, "discard")["nth"] == kept.nth


def test_a_merge_carries_both_sides_and_the_version_that_stands(draft: Drafted) -> None:
    context, ben = draft.desk.context, draft.desk.user("editor", "ben")
    draft.edit({HEADLINE: "Hers."})
    request = asking(context, ben, **TYPED, key="k1")
    sent = sent_of(request, draft.now)
    with pytest.raises(StaleDraftError) as late:
        context.editing.edit(sent.intent(ben, draft.ref), sent.changes)
    page = read(stale_page(request, late.value, "save", sent))
    form = form_of(page, "save")
    assert (page.status_code, form["base"], form["since"]) == (409, "1", "0")
    assert json.loads(form["clashed"]) == {HEADLINE: MINE}
    assert (form["old_key"], form["nth"], form["reason"]) == ("k1", "n7", "So.")


def test_a_step_is_offered_again_with_its_words_and_what_changed_since(draft: Drafted) -> None:
    fields = {"version": "0", "reason": "So.", "x": "y"}
    request = asking(draft.desk.context, draft.desk.user("editor", "ben"), **fields)
    draft.edit({HEADLINE: "Hers."})
    error = InputError([Problem("is too long", "shorten it"), Problem("is hidden")])
    late = Again("Not yet", "restore", "Restore", 409, error, ("C1 is open",), since=0)
    page = read(again_page(request, draft.now, late))
    form = form_of(page, "restore")
    assert (form["version"], form["base"], form["reason"]) == ("0", "1", "So.")
    assert form["seen"] == draft.now.today.digest
    assert "x" not in form
    told = "What Ana changed since you looked The Skeptic: headline"
    for words in (told, "is too long", "What to do: shorten it", "is hidden", "C1 is open"):
        assert words in words_of(page)
    page = read(again_page(request, draft.now, Again("Not yet", "restore", "Restore", 422)))
    assert "since you looked" not in words_of(page)
