"""Verdicts in words: flags on headline, quote and points."""

import pytest

from panel.publishing.passages import FactRef
from panel.publishing.verdicts import flag_view, verdict_view
from tests.publishing import factories as make


def test_flags_reach_every_text_of_a_verdict() -> None:
    verdict = make.verdict("skip")
    against = verdict.reasons_against[1].text
    flags = (
        make.flag(make.span(against, "invitation", "reasons_against[1].text")),
        make.flag(make.span(verdict.headline, "closed", "headline"), severity="blocks"),
    )
    view = verdict_view(verdict, flags, {}, "notice")
    assert [part.text for part in view.headline if part.severity == "blocks"] == ["closed"]
    assert [part.text for part in view.reasons_against[1].text if part.flags == (1,)] == [
        "invitation"
    ]
    assert all(part.severity is None for part in view.quote)


def test_marks_know_whether_the_fact_exists_and_is_disputed() -> None:
    refs = {"F2": FactRef(id="F2", known=True, disputed=True)}
    view = verdict_view(make.verdict("skip"), (), refs, "notice")
    marks = {mark.id: mark for part in view.quote for mark in part.marks}
    assert (marks["F2"].known, marks["F2"].disputed) == (True, True)
    assert not marks["F4"].known


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("quote", "quote"),
        ("reasons_for[0].text", "reason for 1"),
        ("flip_conditions[2].condition", "flip condition 3"),
        ("predictions[x].statement", "prediction"),
        ("citations[0].facts[1]", "citation 1"),
    ],
)
def test_a_flag_says_where_it_stands(field: str, expected: str) -> None:
    view = flag_view(3, make.flag(make.span("some words", "words", field)))
    assert (view.number, view.where, view.words) == (3, expected, "words")


def test_a_flag_on_the_whole_verdict_stands_nowhere() -> None:
    view = flag_view(1, make.flag(None, "length"))
    assert (view.where, view.words) == ("", "")
