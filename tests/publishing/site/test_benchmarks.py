"""A rival's figure stands beside the model's own only where a source prints it after its name."""

from typing import Any

import pytest

from panel.domain.fact import Witness
from panel.domain.publication.entry import entry_of
from panel.publishing.site.benchmarks import BenchmarkView, benchmarks
from panel.testing import make_dossier
from tests.publishing.site.published import make_published

RIVALS = ("GPT-5.4", "Gemini 3.1 Pro", "Claude Opus 4.6", "Llama", "Llama 4")


def row(statement: str, quote: str = "It says so", **changes: Any) -> BenchmarkView:
    made = make_dossier()
    fact = made.facts[0].model_copy(
        update={
            "topic": "benchmark",
            "statement": statement,
            "standing": "measured",
            "witnesses": (Witness(source=made.sources[0].id, quote=quote),),
            "value": None,
            "unit": None,
            **changes,
        }
    )
    rival = entry_of(make_published("gpt-5-4"))
    known = [rival.model_copy(update={"name": "gpt 5.4"})]
    (found,) = benchmarks(made.model_copy(update={"facts": (fact,), "rivals": RIVALS}), known)
    return found


def figures(found: BenchmarkView) -> dict[str, str]:
    return {rival.name: rival.figure for rival in found.rivals}


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            "It leads GPT-5.4 at 40.1, Gemini 3.1 Pro at 20.6 and Llama 4 (9).",
            {"GPT-5.4": "40.1", "Gemini 3.1 Pro": "20.6", "Llama 4": "9"},
        ),
        ("Behind Gemini 3.1 Pro Preview at 57.", {"Gemini 3.1 Pro": "57"}),
        ("It beats GPT-5.4 on most tests.", {"GPT-5.4": ""}),
        ("It beats GPT-5.4 at 3 of 4 tasks and GPT-5.4 at 9.", {"GPT-5.4": ""}),
        ("It beats GPT-5.40 at 3.", {}),
        ("It reaches 40.1.", {}),
    ],
)
def test_figures_are_taken_where_they_follow_the_name(
    statement: str, expected: dict[str, str]
) -> None:
    assert figures(row(statement)) == expected


def test_the_words_of_sources_count_as_well() -> None:
    found = row("It comes fourth.", quote="behind GPT-5.4 (both 57) and Claude Opus 4.6 (53)")
    assert figures(found) == {"GPT-5.4": "57", "Claude Opus 4.6": "53"}


def test_a_rival_of_the_site_is_a_link() -> None:
    (rival,) = row("It beats GPT-5.4.").rivals
    assert rival.path == "models/gpt-5-4/"


@pytest.mark.parametrize(
    ("changes", "own"),
    [
        ({"value": "42.8", "unit": "points"}, "42.8 points"),
        ({"value": "4", "unit": "rank"}, "rank 4"),
        ({"value": "40.1", "unit": "points"}, ""),
        ({"value": "GPT-5.4"}, ""),
        ({}, ""),
    ],
)
def test_a_rivals_figure_is_not_the_models_own(changes: dict[str, str], own: str) -> None:
    assert row("It leads GPT-5.4 at 40.1.", **changes).own == own


def test_other_facts_are_no_benchmarks() -> None:
    made = make_dossier()
    assert len(benchmarks(made, ())) == sum(fact.topic == "benchmark" for fact in made.facts)
