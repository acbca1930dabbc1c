"""Numbers are read with their scale and unit, and compared across spellings."""

from decimal import Decimal

import pytest

from panel.domain.checks.figures import figures, figures_in_names


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1M tokens", "1000000", "tokens"),
        ("1,000,000 tokens", "1000000", "tokens"),
        ("one million tokens", "1000000", "tokens"),
        ("262K context tokens", "262000", "tokens"),
        ("35B active parameters", "35000000000", "parameters"),
        ("$14.3 billion", "14300000000", "USD"),
        ("\u20ac5", "5", "EUR"),
        ("5 dollars", "5", "USD"),
        ("50 per cent", "50", "percent"),
        ("50%", "50", "percent"),
        ("half of it", "50", "percent"),
        ("24 GB", "24", "gigabytes"),
        ("4-bit", "4", "bits"),
        ("fourth", "4", "rank"),
        ("4th", "4", "rank"),
        ("#4", "4", "rank"),
        ("twice as fast", "2", "times"),
        ("10x", "10", "times"),
        ("ten times", "10", "times"),
        ("tenfold", "10", "times"),
        ("fifty-two points", "52", "points"),
        ("100+ languages", "100", "languages"),
        ("3+ billion users", "3000000000", "users"),
        ("a dozen languages", "12", "languages"),
    ],
)
def test_one_figure(text: str, value: str, unit: str) -> None:
    (figure,) = figures(text)
    assert (figure.value, figure.unit) == (Decimal(value), unit)
    assert not figure.loose


@pytest.mark.parametrize(
    "text",
    [
        "Qwen3.6-27B",
        "GPT-5.4",
        "Llama 4",
        "4 May 2026",
        "in 2026",
        "per 1 million tokens",
        "a 3D view",
    ],
)
def test_names_and_dates_are_no_figures(text: str) -> None:
    assert figures(text) == ()


def test_a_range_shares_its_scale() -> None:
    assert [figure.value for figure in figures("64-128K tokens")] == [64_000, 128_000]
    assert [figure.value for figure in figures("115 to 135 billion dollars")] == [
        115 * 10**9,
        135 * 10**9,
    ]


def test_sizes_in_names() -> None:
    values = {figure.value for figure in figures_in_names("Qwen3.6-35B-A3B")}
    assert values == {35 * 10**9, 3 * 10**9}


@pytest.mark.parametrize(
    ("claim", "evidence", "carried"),
    [
        ("1 TB", "1000 GB", True),
        ("40 cents", "$0.40", True),
        ("52", "52 points", True),
        ("52 points", "52", True),
        ("$5", "5", False),
        ("5 percent", "5 points", False),
        ("billions", "3 billion", True),
        ("millions", "3 billion", False),
        ("92.0", "92", True),
        ("91", "91.4", False),
    ],
)
def test_what_carries_what(claim: str, evidence: str, *, carried: bool) -> None:
    (one,), (other,) = figures(claim), figures(evidence)
    assert one.carried_by(other) == carried
