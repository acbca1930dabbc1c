"""Doubled, contradicting, unconfirmed and unused evidence is found."""

from typing import Any

import pytest

from panel.domain.soundness.evidence import evidence_findings
from tests.domain.soundness.cases import SOURCE, found, with_facts

DOUBTFUL = "The maker has not confirmed this product; leaks suggest it."
TWO = [{**SOURCE, "id": "S1"}, {**SOURCE, "id": "S2", "note": DOUBTFUL}]
BOTH = [{"source": "S1", "quote": "one"}, {"source": "S2", "quote": "two"}]
LEAK = [{"source": "S2", "quote": "native support"}]


@pytest.mark.parametrize(
    ("fact", "count"),
    [
        ({"leaning": "for", "witnesses": LEAK}, 1),
        ({"leaning": "against", "witnesses": LEAK}, 0),
        ({"leaning": "for", "witnesses": BOTH}, 0),
        ({"leaning": "for", "witnesses": LEAK, "standing": "disputed"}, 0),
        ({"leaning": "for", "witnesses": LEAK, "standing": "official"}, 2),
        ({"leaning": "neutral", "witnesses": LEAK, "standing": "measured"}, 1),
    ],
)
def test_praise_on_one_unconfirmed_word(fact: dict[str, Any], count: int) -> None:
    dossier = with_facts(fact, {"witnesses": BOTH}, sources=TWO)
    findings = found(evidence_findings, dossier)
    assert [path for path, _ in findings] == [("facts", 0, "standing")] * count


@pytest.mark.parametrize(
    ("note", "doubted"),
    [
        ("Calls itself unconfirmed", True),
        ("Repeats a rumour", True),
        ("Written from leaks", True),
        ("Not officially confirmed by the maker", True),
        ("The maker's own card", False),
        ("Confirmed by the maker", False),
    ],
)
def test_how_a_source_doubts_itself(note: str, doubted: bool) -> None:
    dossier = with_facts({"leaning": "for"}, sources=[{**SOURCE, "id": "S1", "note": note}])
    assert bool(found(evidence_findings, dossier)) == doubted


def licences(first: str | None, second: str | None, **more: Any) -> list[dict[str, Any]]:
    same = {"topic": "licence", "attribute": "licence"}
    return [{**same, "value": first}, {**same, "value": second, **more}]


CONFLICT = {"id": "C1", "attribute": "licence", "facts": ["F2", "F1"], "note": "They differ."}


@pytest.mark.parametrize(
    ("facts", "conflicts", "count"),
    [
        (licences("proprietary", "Apache 2.0"), [], 1),
        (licences("proprietary", "Apache 2.0"), [CONFLICT], 0),
        (licences("Apache 2.0", "apache  2.0"), [], 0),
        (licences("proprietary", None), [], 0),
        (licences("52", "53", unit="points"), [], 0),
        (licences("proprietary", "Apache 2.0", standing="superseded"), [], 0),
    ],
)
def test_an_unrecorded_conflict(
    facts: list[dict[str, Any]], conflicts: list[dict[str, Any]], count: int
) -> None:
    findings = found(evidence_findings, with_facts(*facts, conflicts=conflicts))
    assert [path for path, _ in findings] == [("facts", 1, "value")] * count


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("52", "52", 1),
        ("52", "53", 0),
        ("high", "high", 0),
    ],
)
def test_one_figure_under_two_names_is_not_two_confirmations(
    first: str, second: str, count: int
) -> None:
    facts = [
        {"topic": "benchmark", "attribute": "analysis-index", "value": first},
        {"topic": "benchmark", "attribute": "ai-index", "value": second},
    ]
    findings = found(evidence_findings, with_facts(*facts))
    assert [path for path, _ in findings] == [("facts", 1, "attribute")] * count
    assert all("not two confirmations" in message for _, message in findings)


@pytest.mark.parametrize(("copy_of", "count"), [(None, 1), ("S1", 0)])
def test_equal_bytes_are_one_witness(copy_of: str | None, count: int) -> None:
    same = "a" * 64
    sources = [
        {**SOURCE, "id": "S1", "sha256": same},
        {**SOURCE, "id": "S2", "sha256": same, "copy_of": copy_of},
    ]
    findings = found(evidence_findings, with_facts({"witnesses": BOTH}, sources=sources))
    assert [path for path, _ in findings] == [("sources", 1, "sha256")] * count


def test_a_source_nobody_cites() -> None:
    sources = [{**SOURCE, "id": "S1"}, {**SOURCE, "id": "S2"}]
    ((path, message),) = found(evidence_findings, with_facts({}, sources=sources))
    assert (path, message) == (("sources", 1, "id"), "no fact cites S2")


@pytest.mark.parametrize(
    ("statement", "brief", "value", "count"),
    [
        ("Logs are kept for 90 days.", "logs kept for 30 days", None, 1),
        ("Logs are kept for 90 days.", "logs kept for 90 days", None, 0),
        ("The window is wide.", "a window of 262K tokens", "262,000", 0),
        ("It scores 52 points there.", "a score of 52 points", None, 0),
    ],
)
def test_a_brief_says_no_number_that_its_statement_does_not(
    statement: str, brief: str, value: str | None, count: int
) -> None:
    dossier = with_facts({"statement": statement, "brief": brief, "value": value})
    paths = [path for path, _ in found(evidence_findings, dossier)]
    assert paths.count(("facts", 0, "brief")) == count
