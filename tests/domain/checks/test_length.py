"""The quote has 60 to 160 words, more or less."""

import pytest

from tests.domain.checks.bench import flags_of


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        (1, "blocks"),
        (39, "blocks"),
        (40, "warns"),
        (59, "warns"),
        (60, None),
        (160, None),
        (161, "warns"),
        (200, "warns"),
        (201, "blocks"),
    ],
)
def test_bounds(words: int, severity: str | None) -> None:
    quote = " ".join(["word"] * words)
    flags = [flag for flag in flags_of(quote=quote) if flag.kind == "length"]
    assert [flag.severity for flag in flags] == ([severity] if severity else [])
    assert all(
        flag.span is None and flag.message.startswith(f"quote: it has {words} ") for flag in flags
    )
