import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from panel.domain.intake.candidate import Candidate, is_same_model


def candidate(**changes: Any) -> Candidate:
    """A candidate with sensible content."""
    content: dict[str, Any] = {
        "topic": "licence", "attribute": "licence", "statement": "It is under the MIT licence.",
        "brief": "an MIT licence", "value": "MIT", "entity": "Tern 2", "as_of": dt.date(2026, 4, 8),
        "quote": "under the MIT licence", "source": "S1",
    }  # fmt: skip
    return Candidate.model_validate({**content, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": "points", "value": None},
        {"quote": " ".join("word" for _ in range(13))},
        {"standing": "superseded"},
        {"attribute": "Two words"},
        {"brief": "x" * 71},
        {"source": "F1"},
        {"verdict": "ship"},
    ],
)
def test_what_no_dossier_could_hold_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        candidate(**changes)


def test_its_witness_is_its_source_with_its_words() -> None:
    found = candidate().witness
    assert (found.source, found.quote) == ("S1", "under the MIT licence")


@pytest.mark.parametrize(
    ("entity", "same"),
    [
        ("Qwen3.6-27B", True),
        ("qwen 3.6 27b", True),
        ("Alibaba's Qwen3.6-27B", True),
        ("Alibaba Qwen3.6\u201127B", True),
        ("Qwen3.6", False),
        ("Qwen3.6-27B-FP8", False),
        ("Qwen3.6-35B-A3B", False),
        ("Alibaba", False),
        ("...", False),
    ],
)
def test_a_relative_is_not_the_model(entity: str, same: bool) -> None:
    assert is_same_model(entity, "Qwen3.6-27B", "Alibaba") is same
