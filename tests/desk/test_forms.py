"""What an editor types becomes exactly the fields that differ."""

from panel.desk.forms import changes_of, field_name, rows, typed
from panel.domain.editing.content import Content, Pricing, SeatContent, changed, with_fields
from panel.testing import make_dossier, make_verdict


def content() -> Content:
    seats = (
        SeatContent(persona="skeptic", sample=1, verdict=make_verdict(make_dossier())),
        SeatContent(persona="developer", sample=1),
    )
    return Content(summary="One.\n\nTwo.", pricing=Pricing(entry="Free"), seats=seats)


def test_a_form_that_nobody_touched_changes_nothing() -> None:
    draft = content()
    form = typed(draft) | typed(draft, draft.seats[0])
    assert changed(draft, with_fields(draft, changes_of(form, draft))) == {}


def test_browsers_line_ends_and_loose_fact_lists_are_understood() -> None:
    draft = content()
    form = {
        "summary": "One.\r\n\r\nThree.\r\n",
        "pricing.entry": " ",
        "skeptic.1.reasons_for.0.text": "It is cheap",
        "skeptic.1.reasons_for.0.facts": "f1, F2;F3",
        "skeptic.1.reasons_for.1.text": "",
        "skeptic.1.reasons_for.1.facts": " ",
    }
    assert changes_of(form, draft) == {
        "summary": "One.\n\nThree.",
        "pricing.entry": None,
        "skeptic.1.reasons_for": [{"text": "It is cheap", "facts": ["F1", "F2", "F3"]}],
    }


def test_a_list_is_emptied_by_emptying_its_rows_and_kept_when_it_was_not_sent() -> None:
    draft = content()
    form = {"skeptic.1.reasons_against.0.text": "", "skeptic.1.reasons_against.0.facts": ""}
    assert changes_of(form, draft) == {"skeptic.1.reasons_against": []}
    assert changes_of({"skeptic.1.headline": " New "}, draft) == {"skeptic.1.headline": "New"}


def test_a_flip_condition_is_there_when_it_says_something_not_by_its_topic() -> None:
    form = {
        "skeptic.1.flip_conditions.0.condition": "",
        "skeptic.1.flip_conditions.0.topic": "price",
        "skeptic.1.flip_conditions.2.condition": "Weights are published",
        "skeptic.1.flip_conditions.2.topic": "access",
    }
    assert changes_of(form, content()) == {
        "skeptic.1.flip_conditions": [{"condition": "Weights are published", "topic": "access"}]
    }


def test_what_is_none_of_the_drafts_is_left_out() -> None:
    form = {"csrf": "x", "nobody.1.quote": "x", "skeptic.1.secret.0.text": "x", "skeptic.1": "x"}
    assert changes_of(form, content()) == {}


def test_a_list_offers_blank_rows_as_far_as_it_may_grow() -> None:
    draft = content()
    form = typed(draft, draft.seats[0])
    shown = rows(form, "skeptic.1", "reasons_for")
    assert [bool(row.values["text"]) for row in shown][-2:] == [False, False]
    full = {f"skeptic.1.predictions.{at}.statement": "x" for at in range(2)}
    assert len(rows(full, "skeptic.1", "predictions")) == 2
    assert rows({}, "developer.1", "citations")[0].name == "developer.1.citations.0"


def test_a_problem_leads_to_its_field() -> None:
    assert field_name("skeptic.1.citations[0].facts[1]") == "skeptic.1.citations.0.facts"
    assert field_name("skeptic.1.predictions[1].by") == "skeptic.1.predictions.1.by"
    assert field_name("skeptic.1.headline") == "skeptic.1.headline"
