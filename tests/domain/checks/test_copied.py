"""Long runs of the dossier's words and repeats of earlier quotes are found."""

import pytest

from panel.domain.verdict import Reason
from panel.testing.values import make_dossier
from tests.domain.checks.bench import (
    DOSSIER,
    FILLER,
    context_of,
    flags_of,
    found,
    verdict_of,
    words_of,
)

SUMMARY = (
    "The vendor keeps its weights in public and its training record to itself, which leaves a buyer"
    " with a choice between trust and patience."
)
COPIED = context_of(make_dossier(summary=SUMMARY))


@pytest.mark.parametrize(
    ("count", "severity"), [(7, None), (8, "warns"), (11, "warns"), (12, "blocks"), (20, "blocks")]
)
def test_runs_of_the_summary(count: int, severity: str | None) -> None:
    said = " ".join(SUMMARY.split()[:count])
    flags = [flag for flag in flags_of(said, COPIED) if flag.kind == "copied"]
    assert [flag.severity for flag in flags] == ([severity] if severity else [])
    assert all(flag.span and flag.span.text == said.rstrip(",") for flag in flags)


@pytest.mark.parametrize(("count", "severity"), [(9, None), (10, "warns"), (12, "blocks")])
def test_a_reason_has_more_room(count: int, severity: str | None) -> None:
    said = " ".join(SUMMARY.split()[:count])
    reason = Reason(text=said, facts=("F1",))
    flags = [flag for flag in flags_of("", COPIED, reasons_for=(reason,)) if flag.kind == "copied"]
    assert [flag.severity for flag in flags] == ([severity] if severity else [])


def test_a_figure_among_function_words_is_no_copy() -> None:
    plain = "It needs about a third of the memory that"
    context = context_of(make_dossier(summary=f"{plain} others took."))
    assert words_of("copied", flags_of(f"{plain} one would fear.", context)) == []


def test_a_brief_and_one_word_more_is_no_copy() -> None:
    fact = DOSSIER.facts[8].model_dump(mode="json")
    brief = "filters in line with both rules of the harbour"
    statement = f"Its {brief}, and it is called ready."
    dossier = make_dossier(facts=[{**fact, "brief": brief, "statement": statement}], price={})
    said = f"It has {brief}; and it grows."
    assert words_of("copied", flags_of(said, context_of(dossier), facts=("F9",))) == []


def test_statements_and_witness_quotes_count() -> None:
    assert found("copied", "No safety report had been published by 10 May 2026.")


def test_a_brief_of_a_cited_fact_is_meant_to_be_used() -> None:
    assert found("copied", "It stands 9 points behind Gannet 5 on CodeShore.") == []


def test_an_earlier_quote_of_the_same_persona() -> None:
    (flag,) = flags_of("", context_of(earlier=("Nothing alike.", f"{FILLER} And more.")))
    assert (flag.kind, flag.severity) == ("copied", "warns")
    assert flag.span is not None
    assert flag.span.text == verdict_of().quote
    assert (
        flags_of("", context_of(earlier=("Quite another paragraph, about something else.",))) == ()
    )
