"""Answers of the store that are more than a bag of fields."""

import pytest

from panel.domain.value import digest_of
from panel.store.records import Stored


@pytest.mark.parametrize(
    ("kind", "text", "holds"),
    [("review", "body", True), ("run", "body", False), ("review", "other", False)],
)
def test_a_digest_holds_only_for_its_kind_and_text(kind: str, text: str, *, holds: bool) -> None:
    stored = Stored(kind=kind, name="x", digest=digest_of("review", "body"), text=text)
    assert stored.holds is holds


def test_what_is_missing_does_not_hold() -> None:
    assert not Stored(kind="missing", name="x", digest=digest_of("missing", ""), text=None).holds
