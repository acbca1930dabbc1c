"""The offline judge: its arithmetic, its samples, and that any dossier gives a sound verdict."""

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.domain.checks import CheckContext, check
from panel.domain.dossier import Dossier
from panel.domain.persona import Persona
from panel.domain.verdict import Verdict
from panel.judging.rubric import JITTER, WITNESS_STEP, draft, weigh
from panel.library.dossiers import Dossiers
from panel.library.personas import Personas
from panel.library.prompts import Prompts
from panel.library.workspace import Workspace

ROOT = Path(__file__).parents[2]
SEATS = ("business-analyst", "creator", "developer", "futurist", "skeptic")
TOPICS = ("access", "benchmark", "licence", "modality", "price", "safety", "vendor")


@cache
def shipped_persona(name: str) -> Persona:
    return Personas(Workspace(ROOT)).load(name)


@cache
def shipped_dossiers() -> tuple[Dossier, ...]:
    library = Dossiers(Workspace(ROOT))
    return tuple(library.load(slug) for slug in library.slugs())


def a_fact(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"F{number}",
        "topic": "licence",
        "attribute": f"attribute-{number}",
        "statement": "The maker says so in its notes.",
        "brief": f"a notable property {'abcdefghijklmnopqrstuvwxyz'[number % 26]}",
        "as_of": "2026-04-01",
        "standing": "measured",
        "leaning": "for",
        "witnesses": [{"source": "S1", "quote": "so it is"}],
        **changes,
    }


def a_dossier(*facts: dict[str, Any], **changes: Any) -> Dossier:
    sources = [
        {"id": f"S{n}", "publisher": f"Paper {n}", "title": "News", "read": "2026-05-01"}
        for n in range(1, 6)
    ]
    data: dict[str, Any] = {
        "slug": "a-model",
        "name": "Aurora",
        "vendor": "North Lab",
        "category": "Language model",
        "tagline": "A model.",
        "as_of": "2026-11-21",
        "sources": sources,
        "facts": list(facts),
        **changes,
    }
    return Dossier.model_validate_json(json.dumps(data))


def a_persona(
    start: float = 0, phrases: dict[str, str] | None = None, **weights: tuple[float, float]
) -> Persona:
    base = shipped_persona("developer").model_dump(mode="json")
    base["rubric"]["start"] = start
    base["rubric"]["weights"] = {
        topic: {"pro": pro, "contra": contra} for topic, (pro, contra) in weights.items()
    } or {"licence": {"pro": 2, "contra": 3}}
    base["rubric"]["phrases"].update(phrases or {})
    return Persona.model_validate_json(json.dumps(base))


def ids(dossier: Dossier) -> tuple[str, ...]:
    return tuple(fact.id for fact in dossier.facts)


def witnesses(number: int) -> list[dict[str, str]]:
    return [{"source": f"S{n}", "quote": f"so {n}"} for n in range(1, number + 1)]


def quarrel(*facts: str, **changes: Any) -> dict[str, Any]:
    return {"id": "C1", "attribute": "same", "facts": facts, "note": "They differ.", **changes}


def score(dossier: Dossier, persona: Persona, sample: int = 1) -> float:
    return weigh(dossier, persona, dossier.facts, sample).score


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 2.0),
        ({"leaning": "against"}, -3.0),
        ({"leaning": "neutral"}, 0.0),
        ({"topic": "price"}, 0.0),
        ({"standing": "official"}, 1.6),
        ({"standing": "reported"}, 1.2),
        ({"standing": "disputed"}, 0.0),
        ({"standing": "superseded"}, 0.0),
        ({"witnesses": witnesses(2)}, 2.0 * (1 + WITNESS_STEP)),
        ({"witnesses": witnesses(3)}, 2.0 * (1 + 2 * WITNESS_STEP)),
        ({"witnesses": witnesses(5)}, 2.0 * (1 + 2 * WITNESS_STEP)),
    ],
)
def test_one_fact_counts_by_weight_standing_and_witnesses(
    changes: dict[str, Any], expected: float
) -> None:
    assert score(a_dossier(a_fact(1, **changes)), a_persona()) == pytest.approx(expected)


def test_each_further_fact_of_a_topic_and_side_counts_half() -> None:
    dossier = a_dossier(a_fact(1), a_fact(2, standing="official"), a_fact(3, standing="reported"))
    assert score(dossier, a_persona()) == pytest.approx(2.0 + 1.6 / 2 + 1.2 / 4)


def test_the_sides_of_a_topic_are_damped_apart() -> None:
    dossier = a_dossier(a_fact(1), a_fact(2, leaning="against"))
    assert score(dossier, a_persona()) == pytest.approx(2.0 - 3.0)


def test_a_fact_in_open_conflict_moves_nothing() -> None:
    facts = [a_fact(1, attribute="same"), a_fact(2, attribute="same", leaning="against")]
    dossier = a_dossier(*facts, conflicts=[quarrel("F1", "F2")])
    assert score(dossier, a_persona(start=0.5)) == 0.5


@pytest.mark.parametrize(("winner", "expected"), [("F1", 2.0), ("F2", -3.0), (None, -1.0)])
def test_a_settled_conflict_leaves_what_the_editor_kept(
    winner: str | None, expected: float
) -> None:
    how = "pick" if winner else "keep-both"
    settlement = {"how": how, "by": "Ed", "on": "2026-06-01", "reason": "Checked."}
    if winner:
        settlement["fact"] = winner
    facts = [a_fact(1, attribute="same"), a_fact(2, attribute="same", leaning="against")]
    dossier = a_dossier(*facts, conflicts=[quarrel("F1", "F2", settlement=settlement)])
    assert score(dossier, a_persona()) == pytest.approx(expected)


@pytest.mark.parametrize(("start", "call"), [(0.1, "ship"), (0.0, "skip"), (-0.1, "skip")])
def test_ship_needs_a_score_above_zero(start: float, call: str) -> None:
    dossier = a_dossier(a_fact(1, leaning="neutral"))
    assert draft(dossier, a_persona(start=start), ("F1",), 1).call == call


def test_only_the_facts_shown_count() -> None:
    dossier = a_dossier(a_fact(1), a_fact(2, topic="price", leaning="against"))
    persona = a_persona(licence=(2, 2), price=(5, 5))
    calls = [draft(dossier, persona, shown, 1).call for shown in (("F1",), ("F1", "F2"))]
    assert calls == ["ship", "skip"]


def test_a_draft_without_any_fact_is_refused() -> None:
    with pytest.raises(ValueError, match="none of the facts"):
        draft(a_dossier(a_fact(1)), a_persona(), ("F9",), 1)


def test_samples_repeat_exactly_and_differ_from_each_other() -> None:
    dossier, persona = a_dossier(a_fact(1)), a_persona()
    scores = [score(dossier, persona, sample) for sample in range(1, 20)]
    assert scores == [score(dossier, persona, sample) for sample in range(1, 20)]
    assert len(set(scores)) == len(scores)
    assert all(2 * (1 - JITTER) <= value <= 2 * (1 + JITTER) for value in scores)


def test_samples_move_a_close_call_and_leave_a_clear_one() -> None:
    dossier = a_dossier(a_fact(1), a_fact(2, topic="price", leaning="against"))
    close = a_persona(licence=(2, 2), price=(2, 2.1))
    clear = a_persona(licence=(5, 2), price=(2, 1))
    for persona, calls in ((close, {"ship", "skip"}), (clear, {"ship"})):
        assert {draft(dossier, persona, ids(dossier), n).call for n in range(1, 30)} == calls


def test_reasons_name_the_heaviest_facts_of_each_side_first() -> None:
    dossier = a_dossier(
        a_fact(1, brief="open weights", topic="access"),
        a_fact(2, brief="a permissive licence"),
        a_fact(3, brief="no price list", topic="price", leaning="against"),
    )
    verdict = draft(
        dossier, a_persona(licence=(3, 1), access=(2, 1), price=(1, 1)), ids(dossier), 1
    )
    assert [reason.text for reason in verdict.reasons_for] == [
        "A permissive licence.",
        "Open weights.",
    ]
    assert [reason.facts for reason in verdict.reasons_against] == [("F3",)]
    assert verdict.headline == "Something to build on: a permissive licence"
    assert verdict.flip_conditions[0].topic == "licence"


def test_a_skip_for_want_of_evidence_says_what_is_missing() -> None:
    dossier = a_dossier(a_fact(1, brief="open weights", topic="access"))
    verdict = draft(dossier, a_persona(start=-4, access=(1, 1), price=(2, 2)), ("F1",), 1)
    assert verdict.call == "skip"
    assert verdict.headline.endswith("too little in writing about price")
    assert verdict.flip_conditions[0].topic == "price"
    assert verdict.reasons_against == ()


@pytest.mark.parametrize(
    ("as_of", "by", "words"),
    [
        ("2026-11-21", dt.date(2027, 11, 1), "November 2027"),
        ("2028-02-29", dt.date(2029, 2, 1), "February 2029"),
    ],
)
def test_a_prediction_falls_due_a_year_later(as_of: str, by: dt.date, words: str) -> None:
    dossier = a_dossier(a_fact(1), as_of=as_of)
    (prediction,) = draft(dossier, shipped_persona("futurist"), ("F1",), 1).predictions
    assert prediction.by == by
    assert words in prediction.statement


def test_no_prediction_past_the_end_of_the_calendar_or_by_others() -> None:
    last = a_dossier(a_fact(1), as_of="9999-12-31")
    assert draft(last, shipped_persona("futurist"), ("F1",), 1).predictions == ()
    assert draft(a_dossier(a_fact(1)), shipped_persona("skeptic"), ("F1",), 1).predictions == ()


_CHANGES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "topic": st.sampled_from(TOPICS),
        "leaning": st.sampled_from(("for", "against", "neutral")),
        "standing": st.sampled_from(("official", "reported", "measured", "disputed", "superseded")),
        "brief": st.sampled_from(
            ("open weights", "No price list", "speech, sound and video", "a game-changer")
        )
        | st.integers(1, 12).map(lambda words: "a " + "wide " * words + "margin"),
        "attribute": st.sampled_from(("same", "other", "third")),
    }
)


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """Any mix of facts, with the facts of one attribute in open conflict or not."""
    changes = draw(st.lists(_CHANGES, min_size=1, max_size=9))
    facts = [a_fact(number, **change) for number, change in enumerate(changes, 1)]
    same = [fact["id"] for fact in facts if fact["attribute"] == "same"]
    conflicts = [quarrel(*same)] if len(same) > 1 and draw(st.booleans()) else []
    return a_dossier(*facts, conflicts=conflicts)


@given(dossiers(), st.sampled_from(SEATS), st.integers(1, 5), st.data())
@settings(max_examples=150)
def test_any_dossier_gives_a_sound_verdict(
    dossier: Dossier, seat: str, sample: int, data: st.DataObject
) -> None:
    shown = tuple(data.draw(st.lists(st.sampled_from(ids(dossier)), min_size=1, unique=True)))
    verdict = draft(dossier, shipped_persona(seat), shown, sample)
    assert Verdict.model_validate_json(verdict.model_dump_json()) == verdict
    assert 60 <= len(verdict.quote.split()) <= 160, verdict.quote
    assert len(verdict.headline) <= 90
    assert verdict.cited() <= set(shown)
    assert all(citation.phrase in verdict.quote for citation in verdict.citations)
    assert "{" not in verdict.quote + verdict.headline + verdict.flip_conditions[0].condition
    told_as_reason = {
        fact for r in (*verdict.reasons_for, *verdict.reasons_against) for fact in r.facts
    }
    assert not any(dossier.disputes(fact) for fact in told_as_reason)


@pytest.mark.parametrize("dossier", shipped_dossiers(), ids=lambda dossier: dossier.slug)
@pytest.mark.parametrize("seat", SEATS)
def test_drafts_on_the_shipped_dossiers_carry_no_blocking_flag(dossier: Dossier, seat: str) -> None:
    persona = shipped_persona(seat)
    prompt = Prompts(Workspace(ROOT)).build(dossier, persona)
    context = CheckContext(dossier=dossier, persona=persona, prompt=prompt, earlier=())
    for sample in range(1, 6):
        verdict = draft(dossier, persona, prompt.fact_ids, sample)
        assert [flag for flag in check(verdict, context) if flag.severity == "blocks"] == []


def test_the_panel_differs_over_the_shipped_dossiers() -> None:
    ships = {
        dossier.slug: {
            seat
            for seat in SEATS
            if draft(dossier, shipped_persona(seat), ids(dossier), 1).call == "ship"
        }
        for dossier in shipped_dossiers()
    }
    assert ships["muse-spark"] == {"creator"}
    assert ships["qwen3-6-27b"] == set(SEATS) - {"creator"}
    assert all(0 < len(seats) < len(SEATS) for seats in ships.values())
    assert all(0 < sum(seat in seats for seats in ships.values()) < len(ships) for seat in SEATS)
