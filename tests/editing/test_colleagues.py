"""What colleagues tell each other is kept beside a draft and never moves it."""

import pytest

from panel.domain.editing.people import Event
from panel.editing.adoption import adopt
from panel.editing.drafts import Ref
from panel.errors import InputError, RefusedError, StoreError
from tests.editing.desk import HEADLINE, PEOPLE, Desk

ANA, BEN, VIC = PEOPLE["ana"], PEOPLE["ben"], PEOPLE["vic"]


def row_of(desk: Desk) -> tuple[int, str | None]:
    """Open comments and assignee as the queue shows them."""
    adopt(desk.store, desk.drafts)
    row = desk.store.queue_row(desk.ref.run, desk.ref.slug)
    assert row
    return row.comments, row.assignee


def test_a_comment_stays_until_it_is_resolved(desk: Desk) -> None:
    made = desk.colleagues.comment(ANA, desk.ref, HEADLINE, " Too strong?\r\nSee F3. ")
    assert (made.text, made.field, made.by) == ("Too strong?\nSee F3.", HEADLINE, "ana")
    assert desk.store.comments(desk.ref.run, desk.ref.slug) == (made,)
    assert row_of(desk)[0] == 1
    desk.later(5)
    desk.colleagues.resolve(BEN, desk.ref, made.id)
    (found,) = desk.store.comments(desk.ref.run, desk.ref.slug)
    assert (found.resolved, found.resolved_by) == (desk.now, "ben")
    assert row_of(desk)[0] == 0
    desk.colleagues.resolve(ANA, desk.ref, made.id)
    assert desk.store.comments(desk.ref.run, desk.ref.slug) == (found,)
    acts = [event.act for event in desk.store.events(subject=str(desk.ref))]
    assert acts == ["comment", "resolve"]
    assert desk.draft.version == 0


def test_a_form_sent_twice_leaves_one_comment(desk: Desk) -> None:
    made = [desk.colleagues.comment(ANA, desk.ref, "", "Look.", "k1") for _ in range(2)]
    others = [desk.colleagues.comment(who, desk.ref, "", "Look.", "k1") for who in (ANA, BEN)]
    kept = {one.id for one in desk.store.comments(desk.ref.run, desk.ref.slug)}
    assert kept == {one.id for one in (*made, *others)}
    assert len(kept) == 2


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("", " \n ", "empty"),
        ("", "x" * 4001, "at most 4,000"),
        ("", "a\u0000b", r"U\+0000"),
        ("", "a\ud800", r"U\+D800"),
        ("skeptic.1.vote", "Why?", "no such field"),
        ("nobody.1.quote", "Why?", "no such field"),
    ],
)
def test_a_comment_that_cannot_be_kept(desk: Desk, field: str, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        desk.colleagues.comment(ANA, desk.ref, field, text)
    assert desk.store.comments(desk.ref.run, desk.ref.slug) == ()


def test_a_viewer_reads_along(desk: Desk) -> None:
    made = desk.colleagues.comment(ANA, desk.ref, "", "Look.")
    for act in (
        lambda: desk.colleagues.comment(VIC, desk.ref, "", "Me too."),
        lambda: desk.colleagues.resolve(VIC, desk.ref, made.id),
        lambda: desk.colleagues.assign(VIC, desk.ref, "ana"),
        lambda: desk.colleagues.call_blind(VIC, desk.ref, "ship"),
    ):
        with pytest.raises(RefusedError, match=r"vic .* may not"):
            act()


def test_a_comment_is_resolved_where_it_stands(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="no such comment"):
        desk.colleagues.resolve(ANA, desk.ref, "0" * 32)


def test_a_draft_is_given_to_one_person_or_nobody(desk: Desk) -> None:
    desk.colleagues.assign(ANA, desk.ref, "ben")
    assert row_of(desk)[1] == "ben"
    desk.colleagues.assign(BEN, desk.ref, None)
    assert row_of(desk)[1] is None


@pytest.mark.parametrize("login", ["zoe", "vic", "a\u0000b"])
def test_a_draft_is_given_to_somebody_who_may_edit(desk: Desk, login: str) -> None:
    with pytest.raises(RefusedError):
        desk.colleagues.assign(ANA, desk.ref, login)


def test_whoever_left_gets_nothing_more(desk: Desk) -> None:
    gone = BEN.model_copy(update={"disabled": True})
    desk.store.change_user(gone, Event(at=desk.now, by="ada", act="user.disable", subject="ben"))
    with pytest.raises(RefusedError, match="no account ben"):
        desk.colleagues.assign(ANA, desk.ref, "ben")


def test_the_first_blind_call_stands(desk: Desk) -> None:
    assert desk.colleagues.call_blind(ANA, desk.ref, "ship") == "ship"
    assert desk.colleagues.call_blind(ANA, desk.ref, "skip") == "ship"
    assert desk.colleagues.call_blind(BEN, desk.ref, "skip") == "skip"
    calls = desk.store.blind_calls(desk.ref.run, desk.ref.slug)
    assert {login: call for login, (call, _) in calls.items()} == {"ana": "ship", "ben": "skip"}


def test_a_draft_that_is_none_is_told(desk: Desk) -> None:
    nowhere = Ref(desk.ref.run, "nothing")
    for act in (
        lambda: desk.colleagues.comment(ANA, nowhere, HEADLINE, "Look."),
        lambda: desk.colleagues.comment(ANA, nowhere, "", "Look."),
        lambda: desk.colleagues.assign(ANA, nowhere, "ben"),
        lambda: desk.colleagues.call_blind(ANA, nowhere, "ship"),
    ):
        with pytest.raises(StoreError, match="no draft"):
            act()
