"""Every scorecard comes to the queue once, and again when it is reduced anew."""

import asyncio

import pytest

from panel.domain.reduction import reduce
from panel.editing.adoption import adopt, refresh
from panel.errors import InterruptError, TamperError
from tests.databases import tamper
from tests.domain.editing.papers import DISPUTED, make_papers
from tests.editing.desk import Desk, keep_papers, numbered


def test_every_new_scorecard_gets_its_row(desk: Desk) -> None:
    keep_papers(desk.store, make_papers("skip", **numbered(1)))
    assert adopt(desk.store, desk.drafts) == 2
    assert adopt(desk.store, desk.drafts) == 0
    row = desk.store.queue_row(desk.ref.run, desk.ref.slug)
    assert row
    assert (row.state, row.version, row.outcome) == ("draft", 0, desk.papers.card.outcome)


def test_it_rests_after_each_and_may_be_ended(desk: Desk) -> None:
    keep_papers(desk.store, make_papers("skip", **numbered(1)))
    rests: list[int] = []

    def rest() -> None:
        rests.append(1)
        if len(rests) == 2:
            raise InterruptError("enough")

    with pytest.raises(InterruptError):
        adopt(desk.store, desk.drafts, rest)
    assert adopt(desk.store, desk.drafts, lambda: rests.append(1)) == 2
    assert len(rests) == 4


def test_a_scorecard_reduced_again_gets_its_row_again(desk: Desk) -> None:
    adopt(desk.store, desk.drafts)
    papers = make_papers("ship", "skip", "skip")
    card = reduce(desk.papers.run, DISPUTED, papers.reviews)
    again = papers.reviews[2].model_copy(update={"nth": 2})

    async def retried() -> None:
        await desk.store.keep_review(desk.ref.run, again, started=desk.now, seconds=1)
        await desk.store.keep_scorecard(card)

    asyncio.run(retried())
    assert adopt(desk.store, desk.drafts) == 1
    row = desk.store.queue_row(desk.ref.run, desk.ref.slug)
    assert row
    assert (row.skips, row.outcome) == (2, "skip")


def test_a_changed_dossier_shows_in_the_queue(desk: Desk) -> None:
    adopt(desk.store, desk.drafts)
    left = [fact for fact in DISPUTED.facts if fact.id not in desk.draft.papers.card.pricing.facts]
    desk.today = DISPUTED.model_copy(update={"facts": tuple(left)})
    refresh(desk.store, desk.drafts, [desk.ref])
    row = desk.store.queue_row(desk.ref.run, desk.ref.slug)
    assert row
    assert row.look == len(desk.draft.look) > 0


def test_a_record_that_was_tampered_with_keeps_no_other_from_the_queue(
    desk: Desk, address: str
) -> None:
    broken = keep_papers(desk.store, make_papers("skip", **numbered(1)))
    last = keep_papers(desk.store, make_papers("ship", **numbered(2)))
    tamper(address, "UPDATE scorecards SET body = '{}' WHERE run_id = :run", run=broken.run)
    with pytest.raises(TamperError, match=broken.run):
        adopt(desk.store, desk.drafts)
    rows = [desk.store.queue_row(ref.run, ref.slug) for ref in (desk.ref, broken, last)]
    assert [row is not None for row in rows] == [True, False, True]
