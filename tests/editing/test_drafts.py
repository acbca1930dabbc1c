"""A draft is put together from records that never change, and from nothing else."""

import pytest

from panel.domain.editing.effective import Effective
from panel.editing.drafts import Drafts, Ref
from panel.errors import StoreError, TamperError
from tests.databases import tamper
from tests.domain.editing.papers import DISPUTED
from tests.editing.desk import HEADLINE, Desk


def test_untouched_it_is_what_the_run_left(desk: Desk) -> None:
    draft = desk.draft
    assert draft.papers == desk.papers
    assert draft.effective == Effective(desk.papers.card, desk.papers.reviews, DISPUTED)
    assert (draft.ref, draft.version, draft.look) == (desk.ref, 0, ())
    assert (draft.seen, draft.today) == (DISPUTED, DISPUTED)


def test_whoever_reads_it_later_reads_the_same(desk: Desk) -> None:
    kept = desk.edit("ana", {HEADLINE: "Wait a month"})
    desk.settle("F2")
    again = Drafts(desk.store, lambda _: None).draft(desk.ref)
    assert again == desk.draft
    assert again.revisions == kept.revisions
    assert again.content_at(0) == kept.drafted


def test_a_newer_dossier_calls_back_and_changes_no_word(desk: Desk) -> None:
    before = desk.draft.effective
    facts = tuple(
        fact.model_copy(update={"statement": f"{fact.statement} Or so."}) for fact in DISPUTED.facts
    )
    desk.today = DISPUTED.model_copy(update={"facts": facts})
    assert desk.draft.look
    assert desk.draft.effective == before
    kept = desk.editing.look(desk.intent("ana"))
    assert kept.look == ()
    assert desk.draft.seen == desk.today
    assert desk.drafts.dossier(desk.today.digest) == desk.today


@pytest.mark.parametrize("slug", ["nothing", "tern-3"])
def test_a_draft_that_is_none_is_told(desk: Desk, slug: str) -> None:
    with pytest.raises(StoreError, match=f"no draft {desk.ref.run}/{slug}"):
        desk.drafts.draft(Ref(desk.ref.run, slug))


def test_a_review_that_is_gone_is_told(desk: Desk, address: str) -> None:
    tamper(address, "DELETE FROM flags WHERE run_id = :run", run=desk.ref.run)
    assert tamper(address, "DELETE FROM reviews WHERE run_id = :run", run=desk.ref.run) == 3
    with pytest.raises(TamperError, match="3 reviews of the draft "):
        desk.drafts.draft(desk.ref)


def test_prompts_are_read_when_words_are_checked_and_no_others_are_there(desk: Desk) -> None:
    prompts = desk.draft.papers.prompts
    assert dict(prompts) == desk.papers.prompts
    assert len(prompts) == len(desk.papers.prompts)
    with pytest.raises(KeyError):
        prompts["0" * 64]
