"""A change is the next one, too late, or done already; never two of them."""

import pytest

from panel.domain.editing.states import Act
from panel.editing.intent import Intent
from panel.editing.versions import check_seen, event_of, is_done, stale
from panel.errors import StaleError
from tests.editing.desk import HEADLINE, PEOPLE, QUOTE, Desk


def test_done_is_what_says_the_same_in_all_its_words(desk: Desk) -> None:
    kept = desk.edit("ana", {HEADLINE: "One"}, key="k1", reason="Clearer.")
    ana, ben = (Intent(PEOPLE[by], desk.ref, 0, "Clearer.", key="k1") for by in ("ana", "ben"))
    assert is_done(kept, ana, "edit", {HEADLINE: " One "})
    assert not is_done(kept, ben, "edit", {HEADLINE: "One"})
    assert not is_done(kept, ana, "edit", {HEADLINE: "Two"})
    assert not is_done(kept, ana, "correct", {HEADLINE: "One"})
    assert not is_done(kept, Intent(ana.by, ana.ref, 0, "Other.", key="k1"), "edit", {})
    assert not is_done(kept, Intent(ana.by, ana.ref, 1, "Clearer.", key="k1"), "edit", {})
    assert not is_done(kept, Intent(ana.by, ana.ref, 0, "Clearer."), "edit", {HEADLINE: "One"})


def test_too_late_is_told_with_a_merge(desk: Desk) -> None:
    kept = desk.edit("ana", {HEADLINE: "One"})
    error = stale(kept, Intent(PEOPLE["ben"], desk.ref, 0), {HEADLINE: " One ", QUOTE: " Two. "})
    assert error.merge.changes == {QUOTE: "Two."}
    assert error.merge.clashes == ()


@pytest.mark.parametrize("act", ["look", "approve", "correct"])
def test_another_dossier_than_the_page_showed(desk: Desk, act: Act) -> None:
    draft = desk.draft
    for seen in ("", draft.today.digest):
        check_seen(draft, Intent(PEOPLE["pia"], desk.ref, 0, seen=seen), act)
    other = Intent(PEOPLE["pia"], desk.ref, 0, seen="a" * 64)
    check_seen(draft, other, "edit")
    with pytest.raises(StaleError):
        check_seen(draft, other, act)


def test_the_log_leads_from_each_step_to_the_next(desk: Desk) -> None:
    first = desk.draft
    second = desk.edit("ana", {HEADLINE: "One"})
    third = desk.move("pia", "approve", note="For readers.")
    events = [
        event_of(draft, draft_after.revisions[-1])
        for draft, draft_after in ((first, second), (second, third))
    ]
    assert [event.before for event in events] == [
        desk.papers.card.digest,
        second.revisions[0].digest,
    ]
    assert events[0].after == events[1].before
    assert events[1].reason == "For readers."
