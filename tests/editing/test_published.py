"""What readers see follows from the records of the desk: the edition that went live last."""

import datetime as dt

import pytest

from panel.domain.publication.entry import entry_of
from panel.domain.publication.release import Published
from panel.editing.published import PublishedModels
from panel.errors import MissingError
from tests.domain.editing.papers import NOON, make_papers
from tests.editing.desk import HEADLINE, Desk, keep_papers, numbered

NOTE = "The price was wrong."


def published(desk: Desk, *, preview: bool = False) -> Published:
    """The desk's one model, read anew."""
    return PublishedModels(desk.store, desk.drafts, preview=preview).model(desk.ref.slug)


def settled_desk(desk: Desk) -> Desk:
    """A desk whose draft can be approved."""
    desk.settle("F2")
    return desk


def test_nothing_is_shown_before_it_is_published(desk: Desk) -> None:
    settled_desk(desk).move("pia", "approve")
    models = PublishedModels(desk.store, desk.drafts)
    assert models.heads() == ()
    with pytest.raises(MissingError, match="nothing about"):
        models.model(desk.ref.slug)


def test_what_was_approved_is_what_is_shown(desk: Desk) -> None:
    kept = settled_desk(desk).publish()
    found = published(desk)
    assert found.edition.digest == kept.standing.live
    assert (found.last.kind, found.last.at, found.retraction) == ("published", NOON, None)
    assert found.edition.approved_by == "Pia Roy"
    assert found.drafted == desk.papers.reviews
    assert [persona.id for persona in found.personas] == list(desk.papers.personas)
    assert found.panel == desk.papers.run.order.panel
    entry = entry_of(found)
    assert entry.ships == kept.effective.card.ships
    assert [seat.persona for seat in entry.seats] == list(desk.papers.personas)


def test_an_edit_shows_only_once_it_is_published_again(desk: Desk) -> None:
    settled_desk(desk).publish()
    before = published(desk)
    head = PublishedModels(desk.store, desk.drafts).heads()
    desk.later(60)
    desk.edit("ana", {HEADLINE: "Wait a month"})
    assert published(desk) == before
    desk.publish()
    after = published(desk)
    assert [one.edition for one in after.releases][:1] == [before.edition]
    assert after.before
    assert after.before.edition == before.edition
    assert after.last.at == NOON + dt.timedelta(seconds=60)
    assert PublishedModels(desk.store, desk.drafts).heads() != head


def test_a_correction_carries_its_note(desk: Desk) -> None:
    settled_desk(desk).publish()
    desk.later(60)
    desk.correct("pia", {HEADLINE: "Wait a month"}, note=NOTE)
    found = published(desk)
    assert [(one.kind, one.note) for one in found.releases] == [
        ("published", ""),
        ("corrected", NOTE),
    ]


def test_a_retraction_stays_told_whatever_is_done_to_the_draft(desk: Desk) -> None:
    settled_desk(desk).publish()
    desk.later(60)
    desk.move("pia", "retract", note="Its source was forged.")
    desk.later(60)
    desk.edit("ana", {HEADLINE: "Wait a month"})
    found = published(desk)
    assert found.retraction
    assert found.retraction.note == "Its source was forged."
    assert found.retraction.by == "Pia Roy"
    assert found.retraction.at == NOON + dt.timedelta(seconds=60)
    desk.publish()
    assert published(desk).retraction is None


def test_what_was_taken_back_at_once_never_counted(desk: Desk) -> None:
    settled_desk(desk).publish()
    desk.later(5)
    desk.undo("pia")
    with pytest.raises(MissingError):
        published(desk)
    desk.move("pia", "publish")
    desk.later(60)
    desk.move("pia", "retract", note="By mistake.")
    desk.undo("pia")
    found = published(desk)
    assert found.retraction is None
    assert len(found.releases) == 1


def test_the_draft_that_went_live_last_is_the_page(desk: Desk) -> None:
    settled_desk(desk).publish()
    papers = make_papers("skip", "skip", "skip", **numbered(1))
    keep_papers(desk.store, papers)
    other = Desk.beside(desk.store, papers)
    other.later(60)
    settled_desk(other).publish()
    found = published(desk)
    assert found.run == papers.run.id
    assert found.edition.card.outcome == "skip"
    assert len(found.releases) == 2
    other.later(60)
    other.move("pia", "retract", note="Withdrawn.")
    assert published(desk).retraction


def test_a_preview_shows_what_nobody_approved_and_says_so(desk: Desk) -> None:
    found = published(desk, preview=True)  # the queue has not even heard of it
    assert (found.last.kind, found.edition.approved_by) == ("draft", "")
    settled_desk(desk).publish()
    assert published(desk, preview=True).last.kind == "published"
    desk.later(60)
    desk.edit("ana", {HEADLINE: "Wait a month"})
    again = published(desk, preview=True)
    assert [one.kind for one in again.releases] == ["published", "draft"]
    assert "Wait a month" in again.edition.model_dump_json()
    assert published(desk).last.kind == "published"
