"""The evidence on the table is what the verdict cites and the panel was shown."""

from panel.domain.checks.context import claims, fact_texts, flag, price_texts
from tests.domain.checks.bench import DOSSIER, context_of, verdict_of


def test_evidence_is_cited_and_shown() -> None:
    verdict = verdict_of(facts=("F1", "F3"))
    assert [fact.id for fact in context_of().cited(verdict)] == ["F1", "F3"]
    assert [fact.id for fact in context_of(fact_ids=("F3",)).cited(verdict)] == ["F3"]
    evidence = context_of().evidence(verdict)
    assert "14 billion parameters" in evidence
    assert "Harbour Labs" in evidence
    assert not set(price_texts(DOSSIER)).intersection(evidence)


def test_prices_come_with_their_fact() -> None:
    evidence = context_of().evidence(verdict_of(facts=("F1", "F7")))
    assert set(price_texts(DOSSIER)) <= set(evidence)
    assert "USD 0.40 per 1 million tokens" in evidence


def test_texts_of_a_fact() -> None:
    texts = list(fact_texts(DOSSIER.facts[2]))
    assert texts[-1] == "a dense model of 14 billion parameters"
    assert "14 billion parameters" in texts


def test_claims_leave_conditions_out() -> None:
    assert not any(path.startswith(("flip", "pred")) for path, _ in claims(verdict_of()))
    assert context_of().identity == (DOSSIER.name, DOSSIER.vendor, DOSSIER.category)


def test_a_flag_without_a_place() -> None:
    assert flag("length", "warns", "too long").span is None
    made = flag("leak", "blocks", "no", path="quote", text="abc", span=(1, 2))
    assert made.span
    assert made.span.text == "b"
