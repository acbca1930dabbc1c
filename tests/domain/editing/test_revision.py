"""What a draft says and where it stands, from its revisions alone."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from panel.domain.editing.content import changed, fields_of, with_fields
from panel.domain.editing.revision import content_at, editors, standing_of, undone
from panel.domain.editing.states import UNDO_SECONDS, Standing
from panel.errors import InputError
from tests.domain.editing.papers import NOON, content_of, make_papers, revisions

DRAFTED = content_of(make_papers())
IN_REVIEW, APPROVED = Standing(state="in_review"), Standing(state="approved", approved="a" * 64)


def edit(**changes: str) -> dict[str, Any]:
    return {"changes": {f"developer.1.{name}": value for name, value in changes.items()}}


def test_untouched_it_is_what_the_panel_drafted() -> None:
    assert content_at(DRAFTED, []) is DRAFTED
    assert standing_of([]) == Standing()


def test_each_version_has_its_own_words() -> None:
    done = revisions(edit(headline="One"), {"act": "submit"}, edit(headline="Two", quote="Two."))
    found = [fields_of(content_at(DRAFTED, done, at))["developer.1.headline"] for at in range(4)]
    assert found == [fields_of(DRAFTED)["developer.1.headline"], "One", "One", "Two"]
    assert content_at(DRAFTED, done) == content_at(DRAFTED, done, 3)


@settings(max_examples=25)
@given(st.lists(st.sampled_from(["One", "Two", "Three"]), max_size=5), st.data())
def test_what_is_restored_is_what_was_there(words: list[str], data: st.DataObject) -> None:
    done = [*revisions(*(edit(headline=word) for word in words))]
    version = data.draw(st.integers(0, len(words)))
    wanted = content_at(DRAFTED, done, version)
    changes = changed(content_at(DRAFTED, done), with_fields(DRAFTED, fields_of(wanted)))
    step = {"act": "restore", "changes": changes, "version": len(done) + 1}
    assert content_at(DRAFTED, [*done, *revisions(step)]) == wanted


def test_a_revision_of_another_draft_is_refused() -> None:
    changes: dict[str, JsonValue] = {"nobody.1.quote": "x"}
    with pytest.raises(InputError, match="no such field"):
        content_at(DRAFTED, revisions({"changes": changes}))


def test_it_stands_where_the_last_step_left_it() -> None:
    done = revisions({"standing": IN_REVIEW}, {"act": "approve", "standing": APPROVED})
    assert standing_of(done) == APPROVED
    assert standing_of(done[:1]) == IN_REVIEW


APPROVAL: dict[str, Any] = {"act": "approve", "standing": APPROVED}


@pytest.mark.parametrize(
    ("last", "by", "seconds", "found"),
    [
        (APPROVAL, "ana", 0, IN_REVIEW),
        (APPROVAL, "ana", UNDO_SECONDS, IN_REVIEW),
        (APPROVAL, "ana", UNDO_SECONDS + 0.001, None),
        (APPROVAL, "ben", 1, None),
        ({"act": "edit", "standing": IN_REVIEW}, "ana", 1, None),
        ({"act": "correct", "standing": APPROVED}, "ana", 1, None),
        ({"act": "undo", "standing": IN_REVIEW}, "ana", 1, None),
    ],
)
def test_a_move_is_taken_back_by_who_made_it_and_soon(
    last: dict[str, Any], by: str, seconds: float, found: Standing | None
) -> None:
    done = revisions({"standing": IN_REVIEW}, last)
    assert undone(done, by, NOON + dt.timedelta(seconds=seconds)) == found


def test_the_first_move_leads_back_to_the_draft() -> None:
    done = revisions({"act": "submit", "standing": IN_REVIEW})
    assert undone(done, "ana", NOON) == Standing()
    assert undone([], "ana", NOON) is None


def test_who_changed_words_is_named_once_in_order() -> None:
    done = revisions(
        {**edit(headline="One"), "by": "ben"},
        {"act": "approve", "by": "cleo"},
        {**edit(headline="Two"), "act": "correct", "by": "ana"},
        {"act": "correct", "by": "dora"},
        {**edit(headline="Three"), "by": "ben"},
    )
    assert editors(done) == ("ben", "ana")


def test_its_name_covers_all_of_it() -> None:
    (one,) = revisions(edit(headline="One"))
    assert one.digest != one.model_copy(update={"reason": "Because."}).digest
    assert one.digest == type(one).model_validate_json(one.model_dump_json()).digest
