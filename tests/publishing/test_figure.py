"""Geometry of the drawn split."""

import pytest

from panel.publishing.figure import figure
from tests.publishing.cases import CASES


@pytest.mark.parametrize("name", CASES)
def test_everything_stays_inside_the_drawing(name: str) -> None:
    view = CASES[name]().view
    drawn = figure(view)
    assert len(drawn.marks) == len(view.seats)
    for mark in drawn.marks:
        assert 14 <= mark.x <= 346
        assert 14 <= mark.y <= drawn.height - 14
    assert 12 <= drawn.low <= drawn.rate <= drawn.high <= 348
    assert len({(mark.x, mark.y) for mark in drawn.marks}) == len(drawn.marks)


def test_many_seats_wrap_into_rows() -> None:
    view = CASES["skip-with-dissent"]().view
    many = view.model_copy(update={"seats": view.seats * 6})
    drawn = figure(many)
    assert len({(mark.x, mark.y) for mark in drawn.marks}) == 30
    assert max(mark.x for mark in drawn.marks) <= 346
    assert drawn.axis is not None
    assert drawn.axis > max(mark.y for mark in drawn.marks)


def test_without_interval_there_is_no_axis() -> None:
    drawn = figure(CASES["no-quorum"]().view)
    assert drawn.axis is None
    assert drawn.description.count("no answer") == 5


def test_the_numbers_are_said_in_words() -> None:
    drawn = figure(CASES["skip-with-dissent"]().view)
    assert drawn.title == "1 of 5 seats ship (20 %, 95 % interval 4 % to 62 %, n = 5)"
    assert drawn.description.startswith("The Creator: ship; ")
    assert drawn.description.endswith("n = 5, Wilson score interval over seats.")
