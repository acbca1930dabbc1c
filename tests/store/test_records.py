"""Answers of the store that are more than a bag of fields."""

import json

import pytest

from panel.domain.value import digest_of
from panel.store.records import RunSummary, Stored
from tests.store import values as v


@pytest.mark.parametrize(
    ("kind", "text", "holds"),
    [("review", "body", True), ("run", "body", False), ("review", "other", False)],
)
def test_a_digest_holds_only_for_its_kind_and_text(kind: str, text: str, *, holds: bool) -> None:
    stored = Stored(kind=kind, name="x", digest=digest_of("review", "body"), text=text)
    assert stored.holds is holds


def test_what_is_missing_does_not_hold() -> None:
    assert not Stored(kind="missing", name="x", digest=digest_of("missing", ""), text=None).holds


def test_a_summary_says_how_many_reviews_were_ordered() -> None:
    summary = RunSummary(
        id="x",
        created=v.NOON,
        state="running",
        note="",
        dossiers=("a", "b", "c"),
        seats=("d", "e"),
        samples=4,
        answered=0,
        failed=0,
        cost=None,
    )
    assert json.loads(summary.model_dump_json())["ordered"] == summary.ordered == 24
