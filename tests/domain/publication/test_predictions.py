"""Predictions of published models: who said what, what is due, and which word stands."""

import datetime as dt

import pytest
from pydantic import ValidationError

from panel.domain.publication.entry import Entry, entry_of
from panel.domain.publication.predictions import PredictionEnd, due, forecasts, standing_ends
from panel.domain.verdict import Prediction, Verdict
from panel.testing import make_dossier, make_verdict
from tests.publishing.site.published import NOON, make_published

EARLY, LATE = dt.date(2026, 9, 1), dt.date(2027, 3, 1)


def verdict(*days: dt.date) -> Verdict:
    made = tuple(Prediction(statement=f"Something by {day}.", by=day) for day in days)
    return make_verdict(make_dossier()).model_copy(update={"predictions": made})


def entry(slug: str, *days: dt.date) -> Entry:
    return entry_of(make_published(slug, (verdict(*days), "skip", "ship")))


def end(one: Entry, number: int = 1, seq: int = 1, outcome: str = "came-true") -> PredictionEnd:
    said = one.seats[0].predictions[number - 1]
    told = {"review": said.review, "number": said.number, "seq": seq, "outcome": outcome}
    told |= {"by": "Pia Roy", "at": NOON, "reason": "It came out."}
    return PredictionEnd.model_validate(told)


def test_predictions_come_by_day_with_who_made_them_and_when() -> None:
    first, second = entry("first", LATE, EARLY), entry("second", EARLY)
    found = forecasts([second, first], {})
    assert [(one.by, one.slug, one.number) for one in found] == [
        (EARLY, "first", 2),
        (EARLY, "second", 1),
        (LATE, "first", 1),
    ]
    assert found[0].statement == f"Something by {EARLY}."
    assert found[0].persona == first.seats[0].persona
    assert (found[0].name, found[0].model) == (first.seats[0].name, "First")
    assert found[0].made == NOON.date()


def test_the_last_word_stands_whatever_order_the_words_come_in() -> None:
    one = entry("first", EARLY)
    words = [end(one, seq=2, outcome="did-not"), end(one, seq=1)]
    assert forecasts([one], standing_ends(words))[0].end == words[0]
    assert forecasts([one], standing_ends(reversed(words)))[0].end == words[0]


def test_due_is_what_has_come_and_nobody_settled() -> None:
    one = entry("first", EARLY, LATE)
    open_ = forecasts([one], {})
    assert [found.by for found in due(open_, EARLY)] == [EARLY]
    assert due(open_, EARLY - dt.timedelta(days=1)) == ()
    settled = forecasts([one], standing_ends([end(one)]))
    assert [found.by for found in due(settled, LATE)] == [LATE]


def test_a_prediction_keeps_its_name_when_an_editor_changes_its_words() -> None:
    published = make_published("first", (verdict(EARLY), "skip", "ship"))
    later = verdict(EARLY).model_copy(update={"headline": "Another line"})
    reviews = list(published.edition.reviews)
    reviews[0] = reviews[0].model_copy(update={"verdict": later})
    edition = published.edition.model_copy(update={"reviews": tuple(reviews)})
    release = published.last.model_copy(update={"edition": edition})
    edited = published.model_copy(update={"releases": (release,)})
    before, after = entry_of(published).seats[0], entry_of(edited).seats[0]
    assert before.predictions == after.predictions
    assert (before.edited, after.edited) == (False, True)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a@b.example/", "ftp://x.example"])
def test_only_addresses_a_page_may_link_to_are_kept(url: str) -> None:
    one = end(entry("first", EARLY)).model_dump() | {"url": url}
    with pytest.raises(ValidationError, match="url"):
        PredictionEnd.model_validate(one)
