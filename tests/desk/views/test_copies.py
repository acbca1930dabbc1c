"""What is typed is kept page by page, and no window overwrites what another one typed."""

import httpx2
import pytest

from tests.desk.drafting import Drafted
from tests.desk.filled import form_of
from tests.desk.living import LiveDesk, Person, words_of
from tests.editing.desk import HEADLINE, QUOTE

SKEPTIC = "/edit/skeptic/1"


@pytest.fixture
def draft(desk: LiveDesk) -> Drafted:
    return Drafted(desk)


@pytest.fixture
def ana(desk: LiveDesk) -> Person:
    return desk.person("editor", "ana")


def typed(draft: Drafted, who: Person, page: str = SKEPTIC, **words: str) -> dict[str, str]:
    """A form as somebody has typed it."""
    return form_of(who.get(draft.path + page), "save") | words


def keep(draft: Drafted, who: Person, form: dict[str, str]) -> httpx2.Response:
    """Have it kept, as the script does."""
    answer = who.send(f"{draft.path}/copy", {**form, "csrf": who.csrf}, accept="application/json")
    if answer.is_success:
        form |= answer.json()["fields"]
    return answer


def test_what_is_typed_is_kept_and_saving_it_clears_it(draft: Drafted, ana: Person) -> None:
    form = typed(draft, ana, **{HEADLINE: "One."})
    assert keep(draft, ana, form).status_code == 200
    first = form["nth"]
    assert keep(draft, ana, form | {HEADLINE: "Two."}).status_code == 200
    assert first
    assert draft.now.version == 0
    form = form_of(ana.get(f"{draft.path}{SKEPTIC}?copy=take"), "save")
    assert form[HEADLINE] == "Two."
    assert ana.post(f"{draft.path}/save", **form).status_code == 303
    assert form_of(ana.get(draft.path + SKEPTIC), "save")["nth"] == ""


def test_unsaved_words_are_offered_with_what_they_change(draft: Drafted, ana: Person) -> None:
    keep(draft, ana, typed(draft, ana, **{HEADLINE: "Patience.", "reason": "Because."}))
    page = ana.get(draft.path + SKEPTIC)
    assert "You typed words here that are not saved" in words_of(page)
    assert "<ins>Patience" in page.text
    assert "Your reason: Because." in words_of(page)
    assert form_of(ana.get(f"{draft.path}{SKEPTIC}?copy=take"), "save")["reason"] == "Because."
    assert ana.post(f"{draft.path}/copy/discard", **form_of(page, "discard")).status_code == 303
    assert form_of(ana.get(draft.path + SKEPTIC), "save")[HEADLINE] != "Patience."


def test_words_that_are_not_allowed_yet_are_kept_as_they_are(draft: Drafted, ana: Person) -> None:
    keep(draft, ana, typed(draft, ana, **{HEADLINE: "x" * 150}))
    form = form_of(ana.get(f"{draft.path}{SKEPTIC}?copy=take"), "save")
    assert form[HEADLINE] == "x" * 150


def test_another_window_is_told_that_it_is_stale(draft: Drafted, ana: Person) -> None:
    one, two = typed(draft, ana, **{HEADLINE: "One."}), typed(draft, ana, **{HEADLINE: "Two."})
    assert keep(draft, ana, one).status_code == 200
    refused = keep(draft, ana, two)
    assert refused.status_code == 409
    assert "another window" in refused.json()["detail"]
    over = form_of(ana.get(f"{draft.path}{SKEPTIC}?copy=take"), "save")
    assert over[HEADLINE] == "One."
    assert keep(draft, ana, one | {HEADLINE: "One and more."}).status_code == 200
    assert keep(draft, ana, over | {HEADLINE: "Over."}).status_code == 409
    assert form_of(ana.get(f"{draft.path}{SKEPTIC}?copy=take"), "save")[HEADLINE] == "One and more."


def test_an_answer_that_got_lost_makes_no_window_stale(draft: Drafted, ana: Person) -> None:
    form = typed(draft, ana, **{HEADLINE: "One."})
    keep(draft, ana, dict(form))
    assert keep(draft, ana, form | {HEADLINE: "Two."}).status_code == 200


def test_pages_of_one_draft_do_not_get_in_each_others_way(draft: Drafted, ana: Person) -> None:
    keep(draft, ana, typed(draft, ana, **{HEADLINE: "Mine."}))
    assert keep(draft, ana, typed(draft, ana, "/edit", summary="Ours.")).status_code == 200
    page = ana.get(f"{draft.path}/edit?copy=take")
    assert f'href="{draft.path}{SKEPTIC}"' in page.text
    assert ana.post(f"{draft.path}/save", **form_of(page, "save")).status_code == 303
    assert draft.now.content.summary == "Ours."
    form = form_of(ana.get(f"{draft.path}{SKEPTIC}?copy=take"), "save")
    assert (form[HEADLINE], form["base"]) == ("Mine.", "1")


def test_kept_words_are_merged_with_what_others_saved_since(draft: Drafted, ana: Person) -> None:
    keep(draft, ana, typed(draft, ana, **{HEADLINE: "Mine.", QUOTE: "It is closed."}))
    draft.edit({HEADLINE: "His."}, login="ben")
    assert "others have saved since" in words_of(ana.get(draft.path + SKEPTIC))
    page = ana.get(f"{draft.path}{SKEPTIC}?copy=take")
    assert "Ben saved while you were typing" in words_of(page)
    form = form_of(page, "save") | {f"pick|{HEADLINE}": "mine"}
    assert ana.post(f"{draft.path}/save", **form).status_code == 303
    verdict = draft.now.content.seats[1].verdict
    assert verdict
    assert (verdict.headline, verdict.quote) == ("Mine.", "It is closed.")
    assert "not saved" not in words_of(ana.get(draft.path + SKEPTIC))


def test_others_are_named_while_they_type_and_nobody_is_locked_out(
    desk: LiveDesk, draft: Drafted, ana: Person
) -> None:
    ben = desk.person("editor", "ben")
    assert "editing too" not in words_of(ben.get(draft.path + SKEPTIC))
    form = typed(draft, ana, **{HEADLINE: "Mine."})
    assert keep(draft, ana, form).json()["typing"] == ""
    page = ben.get(draft.path + SKEPTIC)
    assert "Ana is editing too." in words_of(page)
    own = form_of(page, "save") | {HEADLINE: "His."}
    assert keep(draft, ben, dict(own)).json()["typing"] == "Ana is editing too."
    assert ben.post(f"{draft.path}/save", **own).status_code == 303


def test_the_checks_run_on_what_is_typed_and_store_nothing(draft: Drafted, ana: Person) -> None:
    form = typed(draft, ana, **{QUOTE: "I tested it for <b>a week</b>."})
    told = ana.post(f"{draft.path}/check", **form).json()
    assert any(flag["severity"] == "blocks" for flag in told["flags"])
    assert "block" in told["said"]
    assert '<mark class="blocks">' in told["html"]
    assert "<b>a week" not in told["html"]
    short = ana.post(f"{draft.path}/check", **(form | {HEADLINE: "x" * 150})).json()
    assert "cannot be saved like this" in short["said"]
    assert draft.now.version == 0
    assert "not saved" not in words_of(ana.get(draft.path + SKEPTIC))


def test_who_may_not_edit_may_not_type(desk: LiveDesk, draft: Drafted) -> None:
    viewer = desk.person("viewer")
    assert viewer.get(draft.path + SKEPTIC).status_code == 403
    for act in ("copy", "copy/discard", "check"):
        fields = {"page": "skeptic.1", "base": "0", "nth": "x"}
        assert viewer.post(f"{draft.path}/{act}", **fields).status_code == 403
