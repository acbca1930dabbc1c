"""A against B says what both panels said, and swapping the models swaps exactly the sides."""

from typing import Any

import pytest
from hypothesis import given

from panel.domain.publication.comparison import Apart, Row, compare
from panel.domain.publication.release import Published
from panel.domain.review import FailureKind
from panel.domain.verdict import Call
from tests.domain.publication.facing import (
    dispute,
    dossier_of,
    facing,
    fact,
    mirrored,
)
from tests.publishing.site.published import make_published

Ended = tuple[Call | FailureKind, ...]
ALL: Ended = ("ship",) * 5
NONE: Ended = ("skip",) * 5


def rows(a: list[dict[str, Any]], b: list[dict[str, Any]], **more: Any) -> dict[str, Row]:
    """The rows of two dossiers of such facts, by property; `more` is about the first."""
    one = make_published("gannet-5", dossier=dossier_of(*a, slug="gannet-5", **more))
    two = make_published("tern-2", dossier=dossier_of(*b))
    return {row.attribute: row for row in compare(one, two).rows}


@given(facing())
def test_swapping_the_models_mirrors_everything(both: tuple[Published, Published]) -> None:
    a, b = both
    assert compare(b, a).model_dump(mode="json") == mirrored(compare(a, b).model_dump(mode="json"))


@given(facing())
def test_what_is_disputed_decides_nothing(both: tuple[Published, Published]) -> None:
    found = compare(*both)
    for row in found.rows:
        if any(one.disputed for one in (*row.a, *row.b)):
            assert (row.reading, row.larger) == ("disputed", None)
    shaky_a = {one.fact for row in found.rows for one in row.a if one.disputed}
    shaky_b = {one.fact for row in found.rows for one in row.b if one.disputed}
    for question in found.questions:
        for said, shaky in ((question.a, shaky_a), (question.b, shaky_b)):
            assert said.says == "disputed" or not shaky & set(said.facts)


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        (ALL, NONE, "A"),
        (NONE, ALL, "B"),
        (("ship", "ship", "ship", "ship", "skip"), ("ship", *NONE[1:]), "overlap"),
        (ALL, ALL, "overlap"),
        (("timeout",) * 4 + ("ship",), ALL, "no result"),
    ],
)
def test_panels_tell_models_apart_only_where_intervals_lie_apart(
    a: Ended, b: Ended, apart: Apart
) -> None:
    assert compare(make_published("gannet-5", a), make_published("tern-2", b)).apart == apart


def test_every_seat_is_set_beside_itself_in_the_order_of_the_panel() -> None:
    a = make_published("gannet-5", ("ship", "skip", "ship", "skip", "timeout"))
    b = make_published("tern-2", ("ship", "skip", "skip", "ship", "ship"))
    found = compare(a, b).seats
    assert [seat.persona for seat in found] == [seat.persona for seat in a.panel.seats]
    assert [seat.split for seat in found] == ["both ship", "both skip", "A", "B", "open"]
    assert (found[4].a, found[4].b) == ("no answer", "ship")


def test_a_property_of_both_is_the_same_differs_or_has_no_value() -> None:
    a = [
        fact("licence", "licence", "Apache-2.0"),
        fact("architecture", "parameters", "27 billion", unit="parameters"),
        fact("capability", "coding"),
    ]
    b = [
        fact("licence", "license", "apache 2.0"),
        fact("architecture", "total-parameters", "35B", unit="parameters"),
        fact("capability", "coding"),
    ]
    found = rows(a, b)
    told = {name: (row.reading, row.larger) for name, row in found.items()}
    assert told == {
        "licence": ("same", None),
        "total-parameters": ("differ", "B"),
        "coding": ("words", None),
    }
    assert list(found) == ["coding", "licence", "total-parameters"]


def test_what_one_dossier_says_alone_is_shown_where_every_reader_asks() -> None:
    found = rows([fact("context", "context-window", "1M"), fact("adoption", "stars", "9")], [])
    assert {name: row.reading for name, row in found.items()} == {"context-window": "one side"}
    assert found["context-window"].b == ()


def test_tests_stand_side_by_side_on_one_scale_only() -> None:
    score = fact("benchmark", "swe-bench-verified-score", "61.5", unit="points")
    other = fact("benchmark", "swe-bench-verified", "70 %")
    rank = fact("benchmark", "swe-bench-verified", "4", unit="rank")
    (row,) = rows([score], [other]).values()
    assert (row.reading, row.larger) == ("differ", "B")
    assert rows([score], [rank]) == {}
    assert rows([score], [fact("benchmark", "swe-bench-verified")]) == {}
    assert rows([score], [fact("benchmark", "swe-bench-pro", "70")]) == {}


def test_a_place_in_a_ranking_is_never_the_larger_figure() -> None:
    place = fact("benchmark", "index-rank", "4", unit="rank")
    (row,) = rows([place], [place | {"value": "2"}]).values()
    assert (row.reading, row.larger) == ("differ", None)


def test_a_figure_that_may_be_the_other_is_not_larger() -> None:
    bound = fact("context", "context-window", "64K to 256K", unit="tokens")
    found = rows([bound], [fact("context", "context-window", "128K", unit="tokens")])
    assert found["context-window"].larger is None


def test_a_dispute_on_one_side_is_a_dispute_of_the_row() -> None:
    both = [fact("licence", "licence", "Apache 2.0"), fact("licence", "licence", "proprietary")]
    found = rows(both, both[:1], conflicts=[dispute("F1", "F2")])
    assert found["licence"].reading == "disputed"
    assert [one.disputed for one in found["licence"].a] == [True, True]
    assert [one.disputed for one in found["licence"].b] == [False]


def test_days_of_release_are_no_difference() -> None:
    day = fact("vendor", "release-date", "2026-04-08")
    assert rows([day], [day | {"value": "2026-04-22"}]) == {}
