"""Impossible days and orders are found, possible ones are left alone."""

import pytest

from panel.domain.soundness.dates import date_findings
from tests.domain.soundness.cases import found, with_facts


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("A tester said on April 31 that it works.", "April 31"),
        ("It came out on 30 February 2026.", "30 February 2026"),
        ("It came out on 2026-02-29.", "2026-02-29"),
        ("Announced on April 8, 2026, the largest launch of Q1 2026.", "Q1"),
        ("The second quarter began with a launch on 3 March 2026.", "Q2"),
    ],
)
def test_what_cannot_be_is_found(statement: str, words: str) -> None:
    ((path, message),) = found(date_findings, with_facts({"statement": statement}, released=None))
    assert path == ("facts", 0, "statement")
    assert words in message


@pytest.mark.parametrize(
    "statement",
    [
        "It came out on 29 February 2024.",
        "Announced on April 8, 2026, the largest launch of Q2 2026.",
        "The first quarter brought nothing.",
        "It may 31 times out of 40 fail.",
        "Version 2.31 follows version 2.30.",
        "It scores 31 points.",
    ],
)
def test_what_can_be_is_left_alone(statement: str) -> None:
    assert found(date_findings, with_facts({"statement": statement}, released=None)) == []


def test_quotes_notes_and_summary_are_read_too() -> None:
    witness = {"source": "S1", "quote": "said on April 31"}
    dossier = with_facts(
        {"witnesses": [witness]}, summary="Tested on June 31.", tagline="Since 31 November 2025"
    )
    assert [path for path, _ in found(date_findings, dossier)] == [
        ("tagline",),
        ("facts", 0, "witnesses", 0, "quote"),
        ("summary",),
    ]


@pytest.mark.parametrize(
    ("topic", "as_of", "count"),
    [
        ("capability", "2026-05-03", 1),
        ("capability", "2026-05-04", 0),
        ("roadmap", "2026-05-03", 0),
    ],
)
def test_a_fact_before_the_release_is_doubtful(topic: str, as_of: str, count: int) -> None:
    dossier = with_facts({"topic": topic, "as_of": as_of}, released="2026-05-04")
    findings = found(date_findings, dossier)
    assert [path for path, _ in findings] == [("facts", 0, "as_of")] * count
