"""Each side of a conflict is known by its marks, its words, its denial or its count."""

import pytest

from panel.domain.checks.context import Keyed
from panel.domain.checks.sides import counts_of, marks_of, sides_of, stems_of
from panel.testing.values import make_dossier
from tests.domain.checks.disputes import quarrel

SIDES = {side.fact.id: side for side in sides_of(Keyed(quarrel()))}


def test_only_facts_in_open_conflict_are_sides() -> None:
    assert list(SIDES) == [f"F{number}" for number in range(2, 12)]
    assert sides_of(Keyed(make_dossier())) == ()


def test_what_gives_a_side_away() -> None:
    assert SIDES["F2"].marks == {"closed", "proprietary"}
    assert SIDES["F3"].marks == {"open", "apache"}
    assert SIDES["F4"].denied
    assert SIDES["F4"].denied.search("there are no weights to download")
    assert {"api", "preview"} <= SIDES["F6"].terms[0]
    assert SIDES["F7"].word == {"self-host"}
    assert SIDES["F9"].counted == {("3", "mode")}
    assert SIDES["F10"].named == ("gannet 6",) or not SIDES["F10"].named


def test_openness_is_no_mark_where_nobody_calls_the_model_closed() -> None:
    (first, _) = sides_of(Keyed(make_dossier(conflict=True)))
    assert first.marks == {"apache"}


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("It is proprietary.", {"closed", "proprietary"}),
        ("It is not proprietary.", {"open"}),
        ("The weights are public.", {"open", "open-weight"}),
        ("There are no open weights.", {"closed"}),
        ("Llama was open source once.", set[str]()),
        ("It is proprietary, unlike Llama.", {"closed", "proprietary"}),
    ],
)
def test_marks(text: str, marks: set[str]) -> None:
    assert marks_of(text) == marks


def test_words_and_counts() -> None:
    assert stems_of("The weights were limited locally in May") == {"weight", "limit", "local"}
    assert counts_of("three modes and 4 cards") == {("3", "mode"), ("4", "card")}
