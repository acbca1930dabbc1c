"""Who saves too late sees mine, theirs and what both began from, and loses nothing."""

import json

import httpx2
import pytest

from tests.desk.drafting import Drafted
from tests.desk.filled import form_of
from tests.desk.living import LiveDesk, Person, words_of
from tests.editing.desk import HEADLINE, QUOTE

REASONS = "skeptic.1.reasons_against"


@pytest.fixture
def draft(desk: LiveDesk) -> Drafted:
    return Drafted(desk)


@pytest.fixture
def ben(desk: LiveDesk) -> Person:
    return desk.person("editor", "ben")


def late(draft: Drafted, ben: Person, **typed: str) -> httpx2.Response:
    """Ben types, Ana saves another headline, Ben saves."""
    form = form_of(ben.get(f"{draft.path}/edit/skeptic/1"), "save")
    draft.edit({HEADLINE: "Hers."})
    return ben.post(f"{draft.path}/save", **(form | typed))


def headline(draft: Drafted) -> str:
    verdict = draft.now.content.seats[1].verdict
    assert verdict
    return verdict.headline


def test_mine_theirs_and_base_of_every_clash_are_shown(draft: Drafted, ben: Person) -> None:
    base = headline(draft)
    page = late(draft, ben, **{HEADLINE: "His.", "reason": "Because."})
    assert page.status_code == 409
    words = words_of(page)
    for told in ("Ana saved while you were typing", base, "Hers.", "His.", "The Skeptic: headline"):
        assert told in words
    form = form_of(page, "save")
    assert (form["base"], form["reason"]) == ("1", "Because.")
    assert form[f"both|{HEADLINE}"] == "Hers. His."
    assert draft.now.version == 1


@pytest.mark.parametrize(
    ("pick", "stands"), [("mine", "His."), ("theirs", "Hers."), ("both", "His and hers.")]
)
def test_a_clash_is_settled_for_either_or_both(
    draft: Drafted, ben: Person, pick: str, stands: str
) -> None:
    page = late(draft, ben, **{HEADLINE: "His.", QUOTE: "It is closed, says the licence."})
    form = form_of(page, "save") | {f"pick|{HEADLINE}": pick, f"both|{HEADLINE}": "His and hers."}
    form |= {"reason": "Both of us."}
    ben.post(f"{draft.path}/save", **form)
    assert headline(draft) == stands
    verdict = draft.now.content.seats[1].verdict
    assert verdict
    assert verdict.quote == "It is closed, says the licence."
    assert draft.now.version == 2


def test_words_that_do_not_clash_are_merged_and_listed(draft: Drafted, ben: Person) -> None:
    page = late(draft, ben, **{QUOTE: "It is closed, says the licence."})
    assert page.status_code == 409
    assert "You changed different words, so both fit together" in words_of(page)
    assert "pick|" not in page.text
    assert ben.post(f"{draft.path}/save", **form_of(page, "save")).status_code == 303
    verdict = draft.now.content.seats[1].verdict
    assert verdict
    assert (verdict.headline, verdict.quote) == ("Hers.", "It is closed, says the licence.")


def test_lists_are_merged_as_lines_that_are_read_back(draft: Drafted, ben: Person) -> None:
    form = form_of(ben.get(f"{draft.path}/edit/skeptic/1"), "save")
    draft.edit({REASONS: [{"text": "Her reason", "facts": ["F1"]}]})
    own = {f"{REASONS}.0.text": "His reason", f"{REASONS}.0.facts": "F2 F1"}
    page = ben.post(f"{draft.path}/save", **(form | own))
    form = form_of(page, "save")
    assert form[f"both|{REASONS}"].splitlines()[:2] == ["Her reason [F1]", "His reason [F2 F1]"]
    form[f"both|{REASONS}"] = "Her reason [F1]\r\nHis reason [F2 F1]"
    ben.post(f"{draft.path}/save", **(form | {f"pick|{REASONS}": "both"}))
    verdict = draft.now.content.seats[1].verdict
    assert verdict
    found = [(reason.text, reason.facts) for reason in verdict.reasons_against]
    assert found == [("Her reason", ("F1",)), ("His reason", ("F2", "F1"))]


def test_a_choice_left_open_overwrites_nobody(draft: Drafted, ben: Person) -> None:
    page = late(draft, ben, **{HEADLINE: "His."})
    again = ben.post(f"{draft.path}/save", **form_of(page, "save"))
    assert again.status_code == 409
    assert json.loads(form_of(again, "save")["clashed"]) == {HEADLINE: "His."}
    assert headline(draft) == "Hers."


def test_who_is_late_twice_is_asked_twice(draft: Drafted, ben: Person) -> None:
    page = late(draft, ben, **{HEADLINE: "His."})
    draft.edit({HEADLINE: "Hers again."})
    form = form_of(page, "save") | {f"pick|{HEADLINE}": "mine"}
    page = ben.post(f"{draft.path}/save", **form)
    assert page.status_code == 409
    form = form_of(page, "save") | {f"pick|{HEADLINE}": "mine"}
    assert ben.post(f"{draft.path}/save", **form).status_code == 303
    assert headline(draft) == "His."


def test_what_a_merge_may_not_hold_comes_back_to_be_mended(draft: Drafted, ben: Person) -> None:
    page = late(draft, ben, **{HEADLINE: "His.", QUOTE: "It is closed, says the licence."})
    form = form_of(page, "save") | {f"pick|{HEADLINE}": "both", f"both|{HEADLINE}": "x" * 120}
    page = ben.post(f"{draft.path}/save", **form)
    assert page.status_code == 422
    form = form_of(page, "save")
    assert (form[HEADLINE], form[QUOTE]) == ("x" * 120, "It is closed, says the licence.")
    assert ben.post(f"{draft.path}/save", **(form | {HEADLINE: "Short."})).status_code == 303


def test_a_rejection_that_came_too_late_is_offered_again(draft: Drafted, ben: Person) -> None:
    form = form_of(ben.get(f"{draft.path}/edit/skeptic/1"), "reject") | {"reason": "It misreads."}
    draft.edit({HEADLINE: "Hers."})
    page = ben.post(f"{draft.path}/reject", **form)
    assert page.status_code == 409
    form = form_of(page, "reject")
    assert form["reason"] == "It misreads."
    assert ben.post(f"{draft.path}/reject", **form).status_code == 303
    assert draft.now.content.seats[1].rejected == "It misreads."


def test_a_version_that_was_to_come_back_too_late_is_offered_again(
    draft: Drafted, ben: Person
) -> None:
    draft.edit({HEADLINE: "Hers."})
    draft.edit({HEADLINE: "Hers again."})
    sent = {"version": "0", "base": "1", "reason": "It was better."}
    page = ben.post(f"{draft.path}/restore", **sent)
    assert page.status_code == 409
    assert "What Ana changed since you looked" in words_of(page)
    form = form_of(page, "restore")
    assert (form["version"], form["reason"]) == ("0", "It was better.")
    assert ben.post(f"{draft.path}/restore", **form).status_code == 303
    assert draft.now.content == draft.now.drafted
