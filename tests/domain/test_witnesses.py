"""A text that ten sources repeat is one witness."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.dossier import Dossier
from panel.domain.witnesses import witness_count
from panel.testing import make_dossier
from panel.testing.texts import DOSSIER

SAME = "a" * 64


def told(*witnesses: tuple[str, str], **sources: dict[str, Any]) -> Dossier:
    """A dossier of one fact told by the given sources in the given words."""
    base = {"publisher": "P", "title": "T", "read": "2026-05-04"}
    ids = sorted({source for source, _ in witnesses} | set(sources))
    return make_dossier(
        price={},
        sources=[{**base, "id": one, **sources.get(one, {})} for one in ids],
        facts=[
            {**DOSSIER["facts"][0], "witnesses": [{"source": s, "quote": q} for s, q in witnesses]}
        ],
    )


LONG = "weights are released under a permissive licence"


@pytest.mark.parametrize(
    ("dossier", "count"),
    [
        (told(("S1", "one thing")), 1),
        (told(("S1", "one thing"), ("S2", "another thing")), 2),
        (told(("S1", "one thing"), ("S1", "another thing")), 1),
        (told(("S1", LONG), ("S2", LONG)), 1),
        (told(("S1", "under Apache 2.0"), ("S2", "under Apache 2.0")), 2),
        (told(("S1", "released under the Apache licence"),
              ("S2", "Released  under the \u201cApache\u201d licence.")), 1),
        (told(("S1", "a"), ("S2", "b"), S2={"copy_of": "S1"}), 1),
        (told(("S2", "a"), ("S3", "b"), S1={}, S2={"copy_of": "S1"}, S3={"copy_of": "S1"}), 1),
        (told(("S1", "a"), ("S2", "b"), S1={"sha256": SAME}, S2={"sha256": SAME}), 1),
        (told(("S1", "a"), ("S2", "b"), S1={"sha256": SAME}, S2={"sha256": "b" * 64}), 2),
        (told(("S1", LONG), ("S2", "b"), ("S3", LONG), S2={"copy_of": "S3"}), 1),
        (told(("S1", LONG), ("S2", "b"), ("S3", "c"), ("S4", LONG)), 3),
    ],
)  # fmt: skip
def test_witnesses_are_counted_by_text(dossier: Dossier, count: int) -> None:
    assert witness_count(dossier, dossier.facts[0]) == count


@given(st.permutations(range(6)))
def test_the_order_of_witnesses_does_not_matter(order: list[int]) -> None:
    chain = [("S1", LONG), ("S2", LONG), ("S2", "x"), ("S3", "y"), ("S4", "z"), ("S5", "w")]
    dossier = told(*(chain[at] for at in order), S3={"copy_of": "S1"}, S5={})
    assert witness_count(dossier, dossier.facts[0]) == 3


@given(st.lists(st.sampled_from(["S1", "S2", "S3", "S4"]), min_size=1, max_size=8))
def test_never_more_witnesses_than_sources_and_never_none(sources: list[str]) -> None:
    dossier = told(*((source, f"words {at}") for at, source in enumerate(sources)))
    assert 1 <= witness_count(dossier, dossier.facts[0]) == len(set(sources))
