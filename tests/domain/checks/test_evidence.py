"""Evidence is what cited and shown facts carry, with their publishers and prices."""

import datetime as dt
from decimal import Decimal

import pytest

from panel.domain.checks.context import Keyed
from panel.domain.checks.dates import of_day
from panel.domain.checks.evidence import evidence_of, identity, own_names
from panel.testing.values import make_dossier
from tests.domain.checks.bench import DOSSIER, context_of

CONTEXT = context_of()


@pytest.mark.parametrize(
    ("facts", "words", "carried"),
    [
        (("F1", "F3"), "14 billion parameters", True),
        (("F1", "F3"), "harbour labs", True),
        (("F6",), "tideline weekly", True),
        (("F1", "F3"), "0.40", False),
        (("F1", "F7"), "usd 0.40 per 1 million tokens", True),
        (("F99",), "harbour", False),
        ((), "harbour", False),
    ],
)
def test_texts(facts: tuple[str, ...], words: str, *, carried: bool) -> None:
    assert (words in evidence_of(CONTEXT, facts).folded) == carried


def test_a_fact_that_was_not_shown_carries_nothing() -> None:
    assert evidence_of(context_of(fact_ids=("F3",)), ("F1",)).folded == ""


def test_what_is_read_from_the_texts() -> None:
    evidence = evidence_of(CONTEXT, ("F2", "F5", "F7", "F9"))
    assert evidence.licences == {"apache"}
    assert evidence.free  # the entry price says so
    assert Decimal("61.5") in {figure.value for figure in evidence.figures}
    assert of_day(dt.date(2026, 5, 10)).carried_by(evidence.dates[-1])
    assert not evidence_of(CONTEXT, ("F2",)).free


def test_a_rank_is_read_from_its_value() -> None:
    fact = {**DOSSIER.facts[4].model_dump(mode="json"), "value": "4", "unit": "rank"}
    ranked = context_of(make_dossier(facts=[fact], price={}))
    assert {figure.unit for figure in evidence_of(ranked, ("F5",)).figures} >= {"rank"}


def test_identity_needs_no_citation() -> None:
    known = identity(CONTEXT)
    assert "tern 2" in known.folded
    assert [date.day for date in known.dates] == [11, 4]
    assert own_names(Keyed(DOSSIER)) == ("tern 2", "gannet 5")
