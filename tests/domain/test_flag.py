"""Flags are closed values, and every kind is explained where it is defined and in the reference."""

from pathlib import Path
from typing import get_args

import pytest
from pydantic import ValidationError

from panel.domain.flag import Flag, FlagKind, Span

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "checks.md"


def test_a_flag_is_frozen_and_can_be_mended_unless_said_otherwise() -> None:
    flag = Flag(kind="length", severity="warns", message="too long", span=None)
    assert flag.mendable
    with pytest.raises(ValidationError):
        flag.kind = "leak"


@pytest.mark.parametrize("change", [{"kind": "typo"}, {"severity": "maybe"}, {"extra": 1}])
def test_unknown_values_are_refused(change: dict[str, object]) -> None:
    content = {"kind": "length", "severity": "warns", "message": "m", "span": None}
    with pytest.raises(ValidationError):
        Flag.model_validate({**content, **change})


def test_a_span_counts_from_zero() -> None:
    assert Span(field="quote", start=0, end=1, text="a").end == 1
    with pytest.raises(ValidationError):
        Span(field="quote", start=-1, end=1, text="a")


@pytest.mark.parametrize("kind", get_args(FlagKind))
def test_every_kind_is_documented(kind: str) -> None:
    assert f"`{kind}`" in REFERENCE.read_text(encoding="utf-8")
