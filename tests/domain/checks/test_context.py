"""What is cited and shown counts; a flag stands on the very words."""

from panel.domain.checks.context import Keyed, claims, fact_texts, flag, price_texts
from panel.testing.values import make_dossier
from tests.domain.checks.bench import DOSSIER, context_of, verdict_of


def test_only_what_is_cited_and_shown_counts() -> None:
    verdict = verdict_of(facts=("F1", "F3"))
    assert [fact.id for fact in context_of().cited(verdict)] == ["F1", "F3"]
    assert [fact.id for fact in context_of(fact_ids=("F3",)).cited(verdict)] == ["F3"]


def test_a_cache_knows_a_dossier_by_its_digest() -> None:
    same, other = make_dossier(), make_dossier(tagline="Another line")
    assert Keyed(DOSSIER) == Keyed(same)
    assert hash(Keyed(DOSSIER)) == hash(Keyed(same))
    assert Keyed(DOSSIER) != Keyed(other)
    assert Keyed(DOSSIER) != DOSSIER


def test_prices_are_written_out() -> None:
    assert "USD 0.40 per 1 million tokens" in price_texts(DOSSIER)


def test_texts_of_a_fact() -> None:
    texts = list(fact_texts(DOSSIER.facts[2]))
    assert texts[-1] == "a dense model of 14 billion parameters"
    assert "14 billion parameters" in texts


def test_claims_leave_conditions_out() -> None:
    assert not any(path.startswith(("flip", "pred")) for path, _ in claims(verdict_of()))


def test_a_flag_without_a_place() -> None:
    assert flag("length", "warns", "too long").span is None
    made = flag("leak", "blocks", "no", path="quote", text="abc", span=(1, 2))
    assert made.span
    assert made.span.text == "b"
