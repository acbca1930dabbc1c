from typing import get_args

import pytest
from pydantic import ValidationError

from panel.domain.llm import OFFLINE
from panel.domain.review import FailureKind
from panel.domain.verdict import Call
from panel.testing import (
    AUDIENCE,
    make_dossier,
    make_failure,
    make_order,
    make_persona,
    make_review,
    make_run,
    make_seat,
    make_verdict,
)


def test_the_dossier_has_enough_in_it_to_review() -> None:
    dossier = make_dossier()
    assert len(dossier.facts) >= 8
    assert len({fact.topic for fact in dossier.facts}) >= 6
    assert len(dossier.sources) == 2
    assert {fact.leaning for fact in dossier.facts} == {"for", "against", "neutral"}
    assert dossier.conflicts == ()


def test_a_conflict_is_added_on_request() -> None:
    dossier = make_dossier(conflict=True)
    assert [conflict.id for conflict in dossier.open_conflicts] == ["C1"]
    assert dossier.disputes("F10")
    assert dossier.disputes("F2")
    assert not dossier.disputes("F1")


def test_changes_go_through_validation() -> None:
    assert make_dossier(name="Tern 3").name == "Tern 3"
    with pytest.raises(ValidationError):
        make_dossier(name="")
    with pytest.raises(ValidationError):
        make_persona("Not A Slug")


def test_equal_makes_are_equal_and_made_anew() -> None:
    assert make_dossier().digest == make_dossier().digest
    assert make_dossier() is not make_dossier()


@pytest.mark.parametrize("persona", AUDIENCE)
def test_personas_differ_by_id_and_name(persona: str) -> None:
    made = make_persona(persona)
    assert made.id == persona
    assert made.name.lower().replace(" ", "-") == f"the-{persona}"


@pytest.mark.parametrize("call", get_args(Call))
def test_a_verdict_cites_settled_facts_of_its_dossier(call: Call) -> None:
    dossier = make_dossier(conflict=True)
    for persona in AUDIENCE:
        verdict = make_verdict(dossier, call, persona=persona)
        assert verdict.call == call
        assert verdict.cited() <= {fact.id for fact in dossier.facts} - {"F2", "F10"}


def test_a_verdict_takes_changes_as_values_or_plain_json() -> None:
    dossier = make_dossier()
    assert make_verdict(dossier, headline="Wait").headline == "Wait"
    other = make_verdict(dossier, "skip")
    assert make_verdict(dossier, citations=other.citations).citations == other.citations


@pytest.mark.parametrize("kind", get_args(FailureKind))
def test_a_failure_ends_the_run_or_can_be_retried_but_never_both(kind: FailureKind) -> None:
    failure = make_failure(kind)
    assert failure.kind == kind
    assert not (failure.ends_run and failure.retryable)
    assert failure.remedy


def test_a_review_belongs_to_its_dossier_and_seat() -> None:
    dossier, seat = make_dossier(), make_seat("skeptic", OFFLINE)
    review = make_review(dossier, seat, "skip", sample=3)
    assert (review.dossier, review.slug) == (dossier.digest, dossier.slug)
    assert (review.persona, review.persona_digest) == ("skeptic", seat.digest)
    assert (review.llm, review.llm_label, review.sample) == (OFFLINE.digest, OFFLINE.label, 3)
    assert review.verdict
    assert review.verdict.call == "skip"


def test_a_review_takes_a_verdict_or_a_failure_as_it_is() -> None:
    verdict, failure = make_verdict(make_dossier()), make_failure("refused")
    assert make_review(outcome=verdict).verdict is verdict
    assert make_review(outcome=failure).failure is failure


def test_samples_of_a_seat_have_keys_and_words_of_their_own() -> None:
    reviews = [make_review(sample=sample) for sample in (1, 2, 3)]
    assert len({review.key for review in reviews}) == 3
    assert len({review.verdict.quote for review in reviews if review.verdict}) == 3


@pytest.mark.parametrize(("seats", "quorum"), [(1, 1), (4, 3), (5, 3), (32, 17)])
def test_an_order_has_as_many_seats_as_asked_for(seats: int, quorum: int) -> None:
    order = make_order(seats=seats)
    assert len({seat.persona for seat in order.seats}) == seats
    assert order.quorum == quorum


def test_a_run_takes_an_order_and_changes() -> None:
    order = make_order(make_dossier(slug="tern-3"), samples=2)
    run = make_run(order, timeout=5)
    assert (run.order, run.timeout) == (order, 5)
