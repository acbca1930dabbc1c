import pytest

from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk, words_of


@pytest.fixture
def draft(desk: LiveDesk) -> Drafted:
    return Drafted(desk)


def test_a_comment_stands_with_its_field_until_it_is_resolved(
    desk: LiveDesk, draft: Drafted
) -> None:
    ana, ben = desk.person(login="ana"), desk.person(login="ben")
    sent = ana.post(
        f"{draft.path}/comments", field="skeptic.1.quote", text="Who says so?\r\nWhere?"
    )
    (comment,) = desk.context.store.comments(draft.ref.run, draft.ref.slug)
    assert sent.headers["location"] == f"{draft.path}#comment-{comment.id}"
    page = ben.get(draft.path)
    assert "Ana on The Skeptic: quote" in words_of(page)
    assert "Who says so?\nWhere?" in page.text
    assert "1 to answer" in words_of(page)
    assert f'<a class="talked" href="#comment-{comment.id}">1 to answer</a>' in page.text
    ben.post(f"{draft.path}/comments/{comment.id}/resolve")
    words = words_of(ana.get(draft.path))
    assert "resolved by Ben" in words
    assert "1 to answer" not in words


def test_a_comment_on_the_whole_draft_stands_below(desk: LiveDesk, draft: Drafted) -> None:
    ana = desk.person(login="ana")
    ana.post(f"{draft.path}/comments", field="", text="Let us wait.")
    ana.post(f"{draft.path}/comments", field="pricing.entry", text="Is it free?")
    words = words_of(ana.get(draft.path))
    below = words.partition("Comments on the whole draft")[2]
    assert "Ana on the whole draft" in below
    assert "Ana on entry price" in below


def test_comments_of_others_drafts_and_empty_ones_are_refused(
    desk: LiveDesk, draft: Drafted
) -> None:
    ana = desk.person(login="ana")
    for fields in ({"text": "  "}, {"text": "x", "field": "nobody.1.quote"}, {"text": "x" * 4001}):
        assert ana.post(f"{draft.path}/comments", **fields).status_code == 422
    assert ana.post(f"{draft.path}/comments/{'0' * 32}/resolve").status_code == 403
    assert desk.context.store.comments(draft.ref.run, draft.ref.slug) == ()


def test_a_draft_is_given_to_somebody_who_may_edit(desk: LiveDesk, draft: Drafted) -> None:
    ana, store = desk.person(login="ana"), desk.context.store
    desk.user("editor", "ben")
    desk.user("viewer", "vic")
    assert '<option value="vic"' not in ana.get(draft.path).text
    ana.post(f"{draft.path}/assign", login="ben")
    assert store.assignee(draft.ref.run, draft.ref.slug) == "ben"
    assert '<option value="ben" selected>' in ana.get(draft.path).text
    for login in ("vic", "nobody-here"):
        assert ana.post(f"{draft.path}/assign", login=login).status_code == 403
    ana.post(f"{draft.path}/assign", login="")
    assert store.assignee(draft.ref.run, draft.ref.slug) is None


def test_a_blind_call_is_ship_or_skip(desk: LiveDesk, draft: Drafted) -> None:
    ana = desk.person(login="ana")
    assert ana.post(f"{draft.path}/blind", call="perhaps").status_code == 422
    assert desk.context.store.blind_calls(draft.ref.run, draft.ref.slug) == {}
