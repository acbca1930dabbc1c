"""A dossier answers for its parts and is named by its content."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from panel.domain.dossier import Dossier
from panel.testing import make_dossier


def test_lookups() -> None:
    dossier = make_dossier(conflict=True)
    assert [dossier.fact(fact.id) for fact in dossier.facts] == list(dossier.facts)
    assert [dossier.source(source.id) for source in dossier.sources] == list(dossier.sources)
    assert dossier.fact("F99") is None
    assert dossier.source("S99") is None
    assert dossier.newest_fact == max(fact.as_of for fact in dossier.facts)


def test_a_settled_conflict_is_no_dispute() -> None:
    dossier = make_dossier(conflict=True)
    (conflict,) = dossier.open_conflicts
    assert dossier.disputes("F2") == (conflict,)
    assert dossier.disputes("F1") == ()
    settled = {
        **conflict.model_dump(),
        "settlement": {
            "how": "keep-both",
            "by": "Ada",
            "on": dossier.as_of,
            "reason": "both dates hold",
        },
    }
    calm = make_dossier(conflict=True).model_dump() | {"conflicts": [settled]}
    assert Dossier.model_validate(calm).disputes("F2") == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Tern 3"},
        {"summary": "Other words."},
        {"as_of": dt.date(2026, 6, 30)},
        {"price": {"entry": "Free"}},
        {"rivals": ["Gull"]},
    ],
)
def test_every_field_counts_for_the_digest(changes: dict[str, Any]) -> None:
    assert make_dossier(**changes).digest != make_dossier().digest


def test_equal_content_has_one_digest() -> None:
    dossier = make_dossier(conflict=True)
    again = Dossier.model_validate_json(dossier.model_dump_json())
    assert again == dossier
    assert again.digest == dossier.digest


@pytest.mark.parametrize(
    "changes",
    [
        {"facts": []},
        {"sources": []},
        {"slug": "../x"},
        {"slug": "feed"},
        {"name": "x" * 81},
        {"name": "Muse \u202ekrapS\u202c"},
        {"price": {"input_per_million": -1}},
        {"price": {"input_per_million": "NaN"}},
        {"price": {"input_per_million": "Infinity"}},
        {"price": {"currency": "BTC"}},
        {"summary": "a\u200bb"},
        {"summary": "x" * 8001},
        {"status": "published"},
    ],
)
def test_what_is_no_dossier_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        make_dossier(**changes)


@given(st.permutations(range(9)))
def test_the_order_of_facts_is_content_but_not_meaning(order: list[int]) -> None:
    plain = make_dossier()
    turned = make_dossier(facts=[plain.facts[at].model_dump() for at in order])
    assert {fact.id: fact for fact in turned.facts} == {fact.id: fact for fact in plain.facts}
    assert turned.newest_fact == plain.newest_fact
    assert (turned.digest == plain.digest) == (order == sorted(order))
