"""A page to type on shows every field, and every problem at its field in words."""

import pytest
from fastapi import HTTPException

from panel.desk.checked import checked_as_typed, counts
from panel.desk.editor import editor_of, is_by_hand, page_path
from panel.desk.forms import changes_of, laid_over, typed
from panel.desk.sent import Sent, seat_of
from panel.errors import Problem
from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk


@pytest.fixture
def draft(desk: LiveDesk) -> Drafted:
    return Drafted(desk)


def sent(**changes: object) -> Sent:
    """A form of the skeptic's page."""
    return Sent("skeptic.1", 0, "k", "", "", "", {}, changes, 0)  # pyright: ignore


def test_an_untouched_page_holds_what_stands(draft: Drafted) -> None:
    now = draft.now
    for page in ("head", "skeptic.1", "creator.1"):
        editor = editor_of(now, page)
        assert editor.form == typed(now.content, seat_of(now.content, page))
        assert editor.wrong == ()
    assert [is_by_hand(now, page) for page in ("head", "skeptic.1", "creator.1")] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("key", "label", "field"),
    [
        ("skeptic.1.headline", "headline", "skeptic.1.headline"),
        ("skeptic.1.citations[0].facts[1]", "citation 1, facts", "skeptic.1.citations.0.facts"),
        ("skeptic.1.reasons_for[0].text", "reason for 1, text", "skeptic.1.reasons_for.0.text"),
        ("skeptic.1.predictions", "predictions", "skeptic.1.predictions"),
        ("reason", "reason", "reason"),
        ("skeptic.1.citations[40].phrase", "citation 41, phrase", ""),
        ("developer.1.headline", "developer.1.headline", ""),
    ],
)
def test_a_problem_leads_to_its_field_where_there_is_one(
    draft: Drafted, key: str, label: str, field: str
) -> None:
    problem = Problem("is wrong", "mend it", key=key)
    (wrong,) = editor_of(draft.now, "skeptic.1", sent(), [problem]).wrong
    assert (wrong.label, wrong.field, wrong.words) == (label, field, "is wrong: mend it")


def test_a_page_that_is_none_is_not_found(draft: Drafted) -> None:
    for page in ("nobody.1", "skeptic.2", "skeptic", ""):
        with pytest.raises(HTTPException):
            editor_of(draft.now, page)
    assert page_path("/d", "head") == "/d/edit"
    assert page_path("/d", "skeptic.1") == "/d/edit/skeptic/1"


def test_words_of_another_page_are_not_shown_on_this_one(draft: Drafted) -> None:
    changes = {"skeptic.1.headline": "Mine.", "summary": "Other.", "developer.1.quote": "x"}
    form = editor_of(draft.now, "skeptic.1", sent(**changes)).form
    assert form["skeptic.1.headline"] == "Mine."
    assert {name.split(".")[0] for name in form} == {"skeptic"}


def test_a_list_is_laid_over_whole(draft: Drafted) -> None:
    now = draft.now
    form = typed(now.content, now.content.seats[1])
    shorter = {"skeptic.1.citations": [{"phrase": "It", "facts": ["F1", "F2"]}]}
    laid = laid_over(form, shorter)  # pyright: ignore
    assert changes_of(laid, now.content)["skeptic.1.citations"] == shorter["skeptic.1.citations"]


def test_the_checks_say_how_much_they_find(draft: Drafted) -> None:
    now = draft.now
    seat = now.content.seats[1]
    view, problems = checked_as_typed(now, seat, {"skeptic.1.quote": "I tested it."})
    assert "that block" in counts(view)
    assert problems == ()
    view, problems = checked_as_typed(now, seat, {"skeptic.1.quote": ""})
    assert view is None
    assert [one.key for one in problems] == ["skeptic.1.quote"]
    failed = now.content.seats[2]
    assert checked_as_typed(now, failed, {}) == (None, ())
    assert counts(None) == "The checks find nothing."
