"""Two models in words: each sentence names the right one, whichever is named first."""

from typing import Any

import pytest
from hypothesis import given

from panel.domain.publication.comparison import compare
from panel.domain.publication.release import Published
from panel.domain.review import FailureKind
from panel.domain.verdict import Call
from panel.publishing.site.compare_view import MOST_ROWS, compare_view
from panel.publishing.site.versus import CompareView, QuestionView, RowView
from tests.domain.publication.facing import dossier_of, facing, fact, mirrored, priced
from tests.publishing.site.published import make_published

Ended = tuple[Call | FailureKind, ...]


def view(a: list[dict[str, Any]], b: list[dict[str, Any]]) -> CompareView:
    """Gannet 5 and Tern 2 with such facts."""
    return compare_view(model("gannet-5", *a), model("tern-2", *b))


def model(slug: str, *facts: dict[str, Any]) -> Published:
    """A model with such facts."""
    return make_published(slug, dossier=dossier_of(*facts, slug=slug))


def row(found: CompareView, attribute: str) -> RowView:
    """The row of a property."""
    return next(one for one in found.rows if one.attribute == attribute)


def question(found: CompareView, ask: str) -> QuestionView:
    """The question that begins so."""
    return next(one for one in found.questions if one.ask.startswith(ask))


@given(facing())
def test_swapping_the_models_mirrors_every_word(both: tuple[Published, Published]) -> None:
    one, two = compare_view(*both), compare_view(*both[::-1])
    assert two.model_dump(mode="json") == mirrored(one.model_dump(mode="json"))


@given(facing())
def test_what_is_said_rests_on_what_was_found(both: tuple[Published, Published]) -> None:
    found, said = compare(*both), compare_view(*both)
    assert [line.split for line in found.seats] == [
        {
            "ships both": "both ship",
            "skips both": "both skip",
            "ships Gannet-5 only": "A",
            "ships Tern-2 only": "B",
        }.get(seat.words, "open")
        for seat in said.seats
    ]
    assert len(said.questions) + len(said.silent) == len(found.questions)
    picks = {one.words for one in said.questions if one.answer in {"A", "B"}}
    assert picks <= {"Pick Gannet-5", "Pick Tern-2"}


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        (("ship",) * 5, ("skip",) * 5, "this panel ships Gannet 5 more often than Tern 2"),
        (("skip",) * 5, ("ship",) * 5, "this panel ships Tern 2 more often than Gannet 5"),
        (("ship",) * 5, ("ship",) * 5, "the panels do not tell the two apart"),
        (("timeout",) * 5, ("ship",) * 5, "too few answers for a result"),
    ],
)
def test_the_panels_are_told_apart_in_honest_words(a: Ended, b: Ended, words: str) -> None:
    found = compare_view(make_published("gannet-5", a), make_published("tern-2", b))
    assert words in found.apart


def test_a_seat_says_its_own_words_on_either_side() -> None:
    found = compare_view(
        make_published("gannet-5", ("ship",) * 5), make_published("tern-2", ("skip",) * 5)
    )
    first = found.seats[0]
    assert (first.name, first.words) == ("The Developer", "ships Gannet 5 only")
    assert (first.a.word, first.a.shape, first.b.word, first.b.shape) == (
        *("Ship", "disc"),
        *("Skip", "diamond"),
    )
    assert first.a.seat
    assert first.b.seat
    assert first.a.seat != first.b.seat


def test_a_question_names_whom_to_pick_and_the_facts_it_rests_on() -> None:
    weights = fact("access", "weights", "open", brief="weights to download")
    found = question(view([], [weights]), "Must it run on machines of your own")
    assert (found.answer, found.words) == ("B", "Pick Tern-2")
    assert (found.a.words, found.a.facts) == ("does not say", ())
    assert found.b.words == "facts for it"
    assert [(line.ref.id, line.brief) for line in found.b.facts] == [("F1", "weights to download")]


def test_questions_that_nobody_says_anything_to_stand_apart() -> None:
    found = view([], [])
    assert found.questions == ()
    assert "Must it run on machines of your own?" in found.silent


def test_a_disputed_fact_is_marked_on_its_own_words() -> None:
    rumour = fact("licence", "licence", "MIT", standing="disputed")
    found = view([rumour], [rumour | {"standing": "official"}])
    line = row(found, "licence")
    assert line.words == "in dispute: decides nothing"
    assert [one.ref.disputed for one in (*line.a, *line.b)] == [True, False]
    assert question(found, "Do you need an open licence").words == "In dispute, so no answer"


def test_rows_say_who_has_more_and_who_is_silent() -> None:
    score = fact("benchmark", "swe-bench-pro", "61", unit="points")
    context = fact("context", "context-window", "1M", unit="tokens")
    found = view([score, context], [score | {"value": "70"}])
    assert found.benchmarks
    assert row(found, "swebenchpro").words == "Tern-2 has the larger figure"
    assert row(found, "context window").words == "only the dossier of Gannet-5 says"
    assert not view([score], []).benchmarks


def test_a_month_costs_what_it_costs_with_its_currency() -> None:
    cheap, dear = priced("gannet-5", "0.40", "1.60"), priced("tern-2", "4", "16")
    light, heavy = compare_view(cheap, dear).bills
    assert light.work == "A light month: 1,000,000 tokens in, 200,000 out"
    assert (light.a, light.b, light.words) == (
        *("$0.72 a month", "$7.20 a month"),
        "Gannet-5 costs less",
    )
    assert heavy.a == "$360.00 a month"
    unknown = priced("tern-2", None, None)
    assert compare_view(cheap, unknown).bills[0].words == "not all prices are known"
    euros = priced("tern-2", "4", "16", currency="EUR")
    assert compare_view(cheap, euros).bills[0].b == "€7.20 a month"


def test_long_dossiers_make_no_endless_page() -> None:
    many = [fact("capability", f"skill-{at}", "good") for at in range(MOST_ROWS + 3)]
    found = view(many, many)
    assert (len(found.rows), found.more_rows) == (MOST_ROWS, 3)


def test_drafts_are_told_from_what_somebody_approved() -> None:
    live = make_published("gannet-5")
    draft = make_published("tern-2", kind="draft", approved_by="", edited_by=())
    found = compare_view(live, draft)
    assert (found.a.draft, found.b.draft) == (False, True)
    assert (found.a.by, found.b.by) == (
        "edited by Ana Roy, approved by Pia Roy",
        "draft, approved by nobody",
    )
    assert found.panel == "5 seats, 3 needed for a result, drafted by openai-chat:fake-llm"
