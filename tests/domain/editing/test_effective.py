"""What an approval would freeze follows from papers, words and decisions alone."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest
from pydantic import JsonValue

from panel.domain.dossier import Dossier
from panel.domain.editing.content import fields_of, with_fields
from panel.domain.editing.effective import (
    Effective,
    Papers,
    cited_facts,
    effective,
    flags_of,
    settled,
)
from panel.domain.fact import Settlement
from panel.domain.flag import Flag, Span
from panel.domain.review import Review
from panel.testing import make_dossier, make_persona
from tests.domain.editing.papers import (
    DISPUTED,
    citing,
    content_of,
    make_papers,
    settlement,
)

PAPERS = make_papers()
RELYING = make_papers(citing("F2"), "skip", "timeout")


def edited(
    papers: Papers,
    changes: Mapping[str, JsonValue] | None = None,
    decisions: Mapping[str, Settlement] | None = None,
) -> Effective:
    return effective(papers, with_fields(content_of(papers), changes or {}), decisions)


def kinds(review: Review) -> set[str]:
    return {flag.kind for flag in review.flags}


@pytest.mark.parametrize("papers", [PAPERS, RELYING, make_papers("ship", "skip", samples=3)])
def test_untouched_it_is_the_panels_own(papers: Papers) -> None:
    assert edited(papers) == Effective(papers.card, papers.reviews, papers.dossier)


def test_what_is_decided_elsewhere_changes_nothing() -> None:
    found = edited(PAPERS, decisions={"C9": settlement()})
    assert found == Effective(PAPERS.card, PAPERS.reviews, PAPERS.dossier)


def test_an_edited_call_is_counted_and_its_words_are_checked_again() -> None:
    changes = {"skeptic.1.call": "ship", "skeptic.1.quote": "I tested it, and it scores 99 points."}
    found = edited(PAPERS, changes)
    assert (found.card.ships, found.card.skips, found.card.outcome) == (2, 0, "ship")
    assert {"first-hand", "uncarried-number"} <= kinds(found.reviews[1])
    assert found.card.blocking == len(found.blocking) > PAPERS.card.blocking
    assert found.reviews[0] == PAPERS.reviews[0]
    assert found.reviews[1].key == PAPERS.reviews[1].key


def test_a_rejected_verdict_has_no_vote_and_no_flag() -> None:
    flagged = edited(PAPERS, {"skeptic.1.quote": "I tested it."})
    assert flagged.blocking
    found = edited(PAPERS, {"skeptic.1.quote": "I tested it.", "skeptic.1.rejected": "Invented."})
    review = found.reviews[1]
    assert review.verdict is None
    assert review.failure
    assert review.failure.kind == "rejected"
    assert "Invented." in review.failure.detail
    assert not found.blocking
    assert (found.card.ships, found.card.skips, found.card.outcome) == (1, 0, "no_quorum")


def test_a_verdict_by_hand_takes_the_place_of_a_failure() -> None:
    own = fields_of(content_of(PAPERS))
    changes = {
        path.replace("developer", "creator"): value
        for path, value in own.items()
        if path.startswith("developer.1.")
    }
    found = edited(PAPERS, {**changes, "creator.1.quote": "I used it for a week."})
    assert found.reviews[2].failure is None
    assert "first-hand" in kinds(found.reviews[2])
    assert (found.card.ships, found.card.answered, found.card.outcome) == (2, 3, "ship")


def test_a_failure_cannot_be_rejected() -> None:
    assert edited(PAPERS, {"creator.1.rejected": "Why not."}).reviews == PAPERS.reviews


def test_summary_and_prices_are_those_of_the_editor() -> None:
    found = edited(PAPERS, {"summary": "New.", "pricing.entry": None, "pricing.input_per_million":
                            "2.5"})  # fmt: skip
    assert found.dossier.summary == "New."
    assert found.card.pricing.entry is None
    assert str(found.card.pricing.input_per_million) == "2.5"
    assert found.card.pricing.facts == PAPERS.card.pricing.facts
    assert found.card.dossier == PAPERS.dossier.digest


def test_a_settlement_changes_what_may_be_relied_on() -> None:
    before = edited(RELYING)
    assert "relies-on-conflict" in kinds(before.reviews[0])
    assert before.open_conflicts == ("C1",)
    assert before.card.open_conflicts == ("C1",)
    found = edited(RELYING, decisions={"C1": settlement()})
    assert "relies-on-conflict" not in kinds(found.reviews[0])
    assert found.open_conflicts == ()
    assert found.card.open_conflicts == ()
    assert found.card.blocking < before.card.blocking


def test_only_a_conflict_it_rests_on_is_in_its_way() -> None:
    assert edited(PAPERS).card.open_conflicts == ("C1",)
    assert edited(PAPERS).open_conflicts == ()
    assert edited(RELYING, {"developer.1.rejected": "Disputed."}).open_conflicts == ()


def test_a_conflict_over_the_price_is_in_its_way() -> None:
    disputed = make_dossier(conflict=True, price={**dict(DISPUTED.price), "facts": ("F2",)})
    papers = make_papers(dossier=disputed)
    before, found = edited(papers), edited(papers, decisions={"C1": settlement(None)})
    assert (before.open_conflicts, before.card.pricing.disputed) == (("C1",), True)
    assert (found.open_conflicts, found.card.pricing.disputed) == ((), False)


def test_a_settled_dossier_can_be_read_back() -> None:
    late = settlement(on=DISPUTED.as_of + dt.timedelta(days=400))
    found = settled(DISPUTED, {"C1": late})
    assert Dossier.model_validate_json(found.model_dump_json()) == found
    assert settled(DISPUTED, {"C1": settlement(on=DISPUTED.as_of)}).as_of == DISPUTED.as_of


def test_what_is_still_to_come_is_seen_from_the_day_of_the_draft() -> None:
    soon, late = (DISPUTED.as_of + dt.timedelta(days=days) for days in (2, 400))
    told = citing("F1", predictions=[{"statement": "It spreads.", "by": soon.isoformat()}])
    foreseeing = {"developer": make_persona("developer", predicts=True)}
    papers = replace(make_papers(told), personas=foreseeing)
    seat, decided = content_of(papers).seats[0], settled(DISPUTED, {"C1": settlement(on=late)})
    found = flags_of(seat, papers.reviews[0], papers, decided)
    assert decided.as_of == late
    assert "prediction" not in {flag.kind for flag in found}


def _with_copy(papers: Papers) -> tuple[Papers, Flag]:
    """The developer's quote repeats an earlier one, which only the run could know."""
    review = papers.reviews[0]
    assert review.verdict
    quote = review.verdict.quote
    span = Span(field="quote", start=0, end=len(quote), text=quote)
    copied = Flag(kind="copied", severity="warns", message="80 % of it repeats", span=span)
    flagged = review.model_copy(update={"flags": (*review.flags, copied)})
    return replace(papers, reviews=(flagged, *papers.reviews[1:])), copied


def test_a_copy_found_by_the_run_stays_known_while_its_words_stand() -> None:
    papers, copied = _with_copy(PAPERS)
    headline = edited(papers, {"developer.1.headline": "Other words"})
    decided = edited(papers, decisions={"C1": settlement()})
    for found in (headline, decided):
        assert found.reviews[0].flags.count(copied) == 1
    assert copied not in edited(papers, {"developer.1.quote": "New words."}).reviews[0].flags


def test_a_copy_of_the_dossier_is_told_once() -> None:
    statement = " ".join(fact.statement for fact in DISPUTED.facts[2:5])
    papers = make_papers(citing("F3", quote=f"{statement} {citing('F3').quote}"), "skip")
    before = [flag for flag in papers.reviews[0].flags if flag.kind == "copied"]
    found = edited(papers, decisions={"C1": settlement()}).reviews[0].flags
    assert before
    assert [flag for flag in found if flag.kind == "copied"] == before


def test_the_checks_answer_for_words_that_are_not_saved_yet() -> None:
    content = with_fields(content_of(PAPERS), {"skeptic.1.quote": "I tested it."})
    seat = content.seat("skeptic", 1)
    assert seat
    flags = flags_of(seat, PAPERS.reviews[1], PAPERS, PAPERS.dossier)
    assert flags == effective(PAPERS, content).reviews[1].flags
    failed = content.seat("creator", 1)
    assert failed
    assert flags_of(failed, PAPERS.reviews[2], PAPERS, PAPERS.dossier) == ()


def test_cited_facts_are_those_of_verdicts_that_stand() -> None:
    assert cited_facts(RELYING.reviews[:1]) == {"F2"}
    assert cited_facts(RELYING.reviews[2:]) == set()
