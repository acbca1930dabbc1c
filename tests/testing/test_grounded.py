import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.value import canonical_json
from panel.domain.verdict import Verdict
from panel.testing import AUDIENCE, FakeRequest, grounded_answer, make_dossier
from panel.testing.grounded import draft, smallest
from tests.testing.asking import ask, request

FACTS = st.lists(st.integers(1, 40).map("F{}".format), min_size=1, max_size=12, unique=True)
NUMBER_WORDS = {"one", "two", "three", "four", "five", "ten", "half", "twice", "first", "single"}


def verdict_of(seen: FakeRequest) -> Verdict:
    return Verdict.model_validate_json(json.dumps(grounded_answer(seen)))


@given(FACTS, st.text(max_size=30), st.sampled_from(["ship", "skip"]))
def test_every_draft_is_a_valid_verdict_that_invents_nothing(
    facts: list[str], seed: str, call: Any
) -> None:
    verdict = Verdict.model_validate_json(json.dumps(draft(facts, seed, call)))
    words = verdict.quote.split()
    assert verdict.call == call
    assert 60 <= len(words) <= 160
    assert verdict.cited() <= set(facts)
    assert all(citation.phrase in verdict.quote for citation in verdict.citations)
    for _, text in verdict.texts():
        assert not any(char.isdigit() for char in text)
        assert not NUMBER_WORDS & {word.strip(".,;:") for word in text.lower().split()}
        assert not {"I", "we", "my", "our"} & set(text.split())


def test_no_name_stands_in_a_quote() -> None:
    """Only the first word of a sentence is written with a capital."""
    for number in range(50):
        quote = str(draft(["F1"], str(number), "ship")["quote"])
        for sentence in quote.split(". "):
            assert sentence[0].isupper()
            assert sentence[1:] == sentence[1:].lower()


def test_equal_requests_have_equal_answers_and_seats_dossiers_and_samples_differ() -> None:
    other = make_dossier(name="Tern 3")
    requests = [request(persona=persona) for persona in AUDIENCE]
    requests += [request(other, persona=persona) for persona in AUDIENCE]
    requests += [request(seed=8), request(seed=9)]
    quotes = [verdict_of(seen).quote for seen in requests]
    assert quotes == [verdict_of(seen).quote for seen in requests]
    assert len(set(quotes)) == len(requests)


def test_calls_split_over_many_seats() -> None:
    calls = [verdict_of(request(persona=f"Seat {number}")).call for number in range(60)]
    assert 15 <= calls.count("ship") <= 45


def test_facts_in_open_conflict_are_not_relied_on() -> None:
    dossier = make_dossier(conflict=True)
    for number in range(30):
        assert not verdict_of(request(dossier, persona=f"Seat {number}")).cited() & {"F2", "F10"}


def test_a_dossier_in_dispute_throughout_is_cited_all_the_same() -> None:
    seen = request(planted="C1 on everything: F1, F2, F3, F4, F5, F6, F7, F8, F9 cannot all hold")
    assert verdict_of(seen).cited()


def test_two_answers_seldom_share_a_run_of_eight_words() -> None:
    runs: set[tuple[str, ...]] = set()
    shared = total = 0
    for number in range(20):
        words = str(draft(["F1"], str(number), "ship")["quote"]).split()
        found = {tuple(words[at : at + 8]) for at in range(len(words) - 7)}
        shared += len(found & runs)
        total += len(found)
        runs |= found
    assert shared / total < 0.2


def test_only_a_persona_that_makes_predictions_makes_one() -> None:
    plain = verdict_of(request(persona="The Skeptic\n\nMakes predictions: no"))
    seer = verdict_of(
        request(persona="The Futurist\n\nMakes predictions: yes", planted="as of 2026-05-11")
    )
    assert plain.predictions == ()
    assert [str(prediction.by) for prediction in seer.predictions] == ["2026-11-07"]


def test_without_a_schema_a_verdict_is_given_all_the_same() -> None:
    body = {key: value for key, value in ask().items() if key != "response_format"}
    seen = FakeRequest("POST", "/v1/chat/completions", body=body)
    assert verdict_of(seen).cited() <= {f"F{number}" for number in range(1, 10)}


PART = {"type": "object", "properties": {"ok": {"type": "boolean"}}}


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string"}, "x"),
        ({"type": "string", "minLength": 3}, "xxx"),
        ({"type": "string", "format": "date"}, "2026-01-01"),
        ({"type": "string", "enum": ["k3v9", "other"]}, "k3v9"),
        ({"type": "integer", "minimum": 4}, 4),
        ({"type": "number"}, 0),
        ({"type": "null"}, None),
        ({"const": "fixed"}, "fixed"),
        ({"anyOf": [{"type": "boolean"}, {"type": "null"}]}, False),
        ({"type": "array", "items": {"type": "string"}}, []),
        ({"type": "array", "items": {"$ref": "#/$defs/Part"}, "minItems": 2}, [{"ok": False}] * 2),
    ],
    ids=canonical_json,
)
def test_a_schema_of_another_shape_gets_its_smallest_value(
    schema: dict[str, Any], value: object
) -> None:
    whole = {"type": "object", "properties": {"field": schema}, "$defs": {"Part": PART}}
    shape = {"type": "json_schema", "json_schema": {"name": "probe", "schema": whole}}
    seen = FakeRequest("POST", "/v1/chat/completions", body=ask(response_format=shape))
    assert grounded_answer(seen) == {"field": value} == smallest(whole, whole)
