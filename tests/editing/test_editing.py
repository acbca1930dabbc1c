"""Who may change a draft, on which version and by which rules; what is sent twice is done once."""

import pytest
from pydantic import JsonValue

from panel.domain.editing.content import fields_of
from panel.domain.editing.states import EditAct, MoveAct, Standing
from panel.editing.intent import Intent
from panel.editing.seats import taken
from panel.editing.stale import StaleDraftError
from panel.errors import InputError, RefusedError, StaleError, StoreError
from panel.store.store import Store
from tests.domain.editing.papers import citing, make_papers
from tests.editing.desk import (
    CALL,
    HEADLINE,
    PEOPLE,
    QUOTE,
    Desk,
    keep_sample,
    run_of,
)

FLIP: dict[str, JsonValue] = {CALL: "ship"}
REJECTED: dict[str, JsonValue] = {"skeptic.1.rejected": "It rests on nothing."}


def test_an_edit_makes_a_revision_and_a_line_of_the_log(desk: Desk) -> None:
    desk.later(60)
    kept = desk.edit("ana", {HEADLINE: "Wait a month"}, reason=" Clearer. ")
    (revision,) = kept.revisions
    assert (revision.version, revision.act, revision.by, revision.at) == (
        1,
        "edit",
        "ana",
        desk.now,
    )
    assert revision.changes == {HEADLINE: "Wait a month"}
    assert revision.reason == "Clearer."
    assert desk.draft == kept
    event = list(desk.store.events())[-1]
    assert (event.by, event.act, event.subject) == ("ana", "edit", str(desk.ref))
    assert (event.before, event.after) == (desk.papers.card.digest, revision.digest)
    row = desk.store.queue_row(desk.ref.run, desk.ref.slug)
    assert row
    assert (row.version, row.changed) == (1, desk.now)


def test_what_stands_already_makes_none(desk: Desk) -> None:
    assert desk.edit("ana", {HEADLINE: fields_of(desk.draft.content)[HEADLINE]}).version == 0


@pytest.mark.parametrize(
    ("by", "act"),
    [("vic", "submit"), ("ana", "approve"), ("ana", "publish"), ("ben", "retract")],
)
def test_moves_need_their_right(desk: Desk, by: str, act: MoveAct) -> None:
    with pytest.raises(RefusedError, match=f"{by} .* may not {act}"):
        desk.move(by, act)


def test_other_acts_need_their_right_too(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="may not edit"):
        desk.edit("vic", {HEADLINE: "Mine"})
    with pytest.raises(RefusedError, match="may not correct"):
        desk.correct("ana", {HEADLINE: "Mine"}, note="It was wrong.")
    with pytest.raises(RefusedError, match="may not mark"):
        desk.editing.look(desk.intent("vic"))
    with pytest.raises(RefusedError, match="may not restore"):
        desk.editing.restore(desk.intent("vic", reason="No."), 0)
    assert desk.draft.version == 0


def test_a_field_that_is_none_is_refused(desk: Desk) -> None:
    with pytest.raises(InputError, match=r"nobody\.1\.quote"):
        desk.edit("ana", {"nobody.1.quote": "x"})


def test_a_late_edit_is_merged_by_field(desk: Desk) -> None:
    was = fields_of(desk.draft.content)
    desk.edit("ana", {HEADLINE: "Hers", QUOTE: "Her words."})
    mine: dict[str, JsonValue] = {HEADLINE: " Mine ", "summary": "My summary."}
    with pytest.raises(StaleDraftError, match="at version 0 when you began and is at 1") as late:
        desk.edit("ben", mine, base=0, reason="Shorter.")
    merge = late.value.merge
    assert merge.changes == {"summary": "My summary."}
    assert [(one.path, one.base, one.mine, one.theirs) for one in merge.clashes] == [
        (HEADLINE, was[HEADLINE], "Mine", "Hers")
    ]
    assert merge.theirs == {QUOTE: "Her words."}
    assert (late.value.base, late.value.draft.version, late.value.reason) == (0, 1, "Shorter.")
    assert "ana" in str(late.value)
    assert desk.draft.version == 1


def test_late_words_that_are_not_allowed_are_not_lost_either(desk: Desk) -> None:
    desk.edit("ana", {HEADLINE: "Hers"})
    with pytest.raises(StaleDraftError) as late:
        desk.edit("ben", {QUOTE: ""}, base=0)
    assert late.value.merge.changes == {QUOTE: ""}


@pytest.mark.parametrize("base", [-1, 1])
def test_a_version_that_never_was_is_refused(desk: Desk, base: int) -> None:
    with pytest.raises(RefusedError, match="no version"):
        desk.edit("ana", {HEADLINE: "Mine"}, base=base)


def test_whoever_moves_late_is_told(desk: Desk) -> None:
    desk.edit("ana", {HEADLINE: "Hers"})
    with pytest.raises(StaleDraftError):
        desk.move("pia", "approve", base=0)
    with pytest.raises(StaleDraftError):
        desk.editing.look(desk.intent("ben", 0))
    assert desk.draft.version == 1


def test_the_same_attempt_is_done_once(desk: Desk) -> None:
    first = desk.edit("ana", {HEADLINE: "Once"}, base=0, key="k1")
    desk.edit("ben", {QUOTE: "His words."})
    again = desk.edit("ana", {HEADLINE: "Once"}, base=0, key="k1")
    assert (first.version, again.version) == (1, 2)
    moved = desk.move("ana", "submit", key="k2")
    assert desk.move("ana", "submit", base=2, key="k2").version == moved.version == 3


def test_other_words_under_a_used_name_are_not_swallowed(desk: Desk) -> None:
    desk.edit("ana", {HEADLINE: "Once"}, base=0, key="k1")
    with pytest.raises(StaleDraftError) as late:
        desk.edit("ana", {HEADLINE: "Twice"}, base=0, key="k1")
    assert late.value.merge.clashes[0].mine == "Twice"
    with pytest.raises(StaleDraftError):
        desk.edit("ben", {HEADLINE: "Once"}, base=0, key="k1")
    with pytest.raises(RefusedError, match="nothing was saved"):
        desk.edit("ana", {HEADLINE: "Twice"}, base=1, key="k1")
    assert fields_of(desk.draft.content)[HEADLINE] == "Once"


def test_a_flipped_call_needs_a_reason(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="from skip to ship"):
        desk.edit("ana", FLIP, reason="  ")
    assert desk.edit("ana", FLIP, reason="Its price fell.").effective.card.ships == 2


@pytest.mark.parametrize("act", ["edit", "reject"])
def test_a_rejection_needs_a_reason_and_so_does_its_end(desk: Desk, act: EditAct) -> None:
    with pytest.raises(RefusedError, match="reason"):
        desk.edit("ana", REJECTED, act)
    assert desk.edit("ana", REJECTED, act, reason="So.").effective.card.answered == 1
    with pytest.raises(RefusedError, match="stands again"):
        desk.edit("ana", {"skeptic.1.rejected": ""})
    kept = desk.edit("ana", {"skeptic.1.rejected": ""}, reason="No.")
    assert kept.effective.card == desk.papers.card


def test_a_failed_seat_is_written_by_hand(desk: Desk) -> None:
    own = fields_of(desk.draft.content)
    words = {
        path.replace("developer", "creator"): value
        for path, value in own.items()
        if path.startswith("developer.1.") and not path.endswith(("origin", "rejected"))
    }
    kept = desk.edit("ana", words, "hand")
    seat = kept.content.seat("creator", 1)
    assert seat
    assert seat.origin.kind == "hand"
    assert kept.effective.card.answered == 3


def test_another_sample_takes_the_place_of_a_rejected_verdict(desk: Desk) -> None:
    desk.edit("ana", REJECTED, "reject", reason="So.")
    review = keep_sample(desk.store, desk.papers, "skeptic", citing("F3", call="skip"), 2)
    seat = desk.draft.content.seat("skeptic", 1)
    assert seat
    changes = taken(seat, run_of(desk.papers, 2), review)
    kept = desk.edit("ana", changes, "sample").content.seat("skeptic", 1)
    assert kept
    assert (kept.verdict, kept.rejected) == (review.verdict, "")
    assert (kept.origin.kind, kept.origin.review) == ("sample", review.key)


def test_words_that_no_sample_says_are_not_taken_for_one(desk: Desk) -> None:
    review = keep_sample(desk.store, desk.papers, "skeptic", citing("F3", call="skip"), 2)
    seat, other = (desk.draft.content.seat(name, 1) for name in ("skeptic", "developer"))
    assert seat
    assert other
    run = run_of(desk.papers, 2)
    with pytest.raises(RefusedError, match="not what the other sample says"):
        desk.edit("ana", {**taken(seat, run, review), HEADLINE: "Mine"}, "sample")
    with pytest.raises(RefusedError, match="not what the other sample says"):
        desk.edit("ana", taken(other, run, review), "sample", reason="A flip.")
    with pytest.raises(StoreError):
        desk.edit("ana", taken(seat, "20200101-000000-abcdef", review), "sample")


def test_the_words_of_a_version_come_back_as_a_new_one(desk: Desk) -> None:
    before = desk.draft.content
    desk.edit("ana", {HEADLINE: "One"})
    desk.edit("ben", {HEADLINE: "Two", QUOTE: "Two."})
    with pytest.raises(RefusedError, match="restore needs a reason"):
        desk.editing.restore(desk.intent("ana"), 1)
    with pytest.raises(RefusedError, match="no version 3"):
        desk.editing.restore(desk.intent("ana", reason="Better."), 3)
    assert desk.editing.restore(desk.intent("ana", reason="Better."), 0).content == before
    kept = desk.editing.restore(desk.intent("ana", reason="Or not."), 2)
    assert fields_of(kept.content)[QUOTE] == "Two."
    assert [one.act for one in kept.revisions] == ["edit", "edit", "restore", "restore"]


def test_a_draft_that_is_none_is_told(desk: Desk) -> None:
    nowhere = Intent(PEOPLE["ana"], type(desk.ref)(desk.ref.run, "nothing"), 0)
    with pytest.raises(StoreError, match="no draft"):
        desk.editing.edit(nowhere, {HEADLINE: "x"})


def test_approval_freezes_what_stands_and_that_is_published(desk: Desk) -> None:
    desk.edit("ana", {HEADLINE: "Wait a month"})
    wanted = desk.draft.effective
    approved = desk.move("pia", "approve").standing
    desk.later(3600)
    published = desk.move("pol", "publish").standing
    assert published == Standing(
        state="published", approved=approved.approved, live=approved.approved, edited_by="ana"
    )
    found = desk.edition(published.live)
    assert (found.card, found.reviews, found.dossier) == (
        wanted.card,
        wanted.reviews,
        wanted.dossier,
    )
    assert (found.version, found.edited_by, found.approved_by) == (1, ("Ana Roy",), "Pia Roy")


def test_what_is_edited_after_its_approval_is_reviewed_again(desk: Desk) -> None:
    live = desk.publish().standing.live
    kept = desk.edit("ana", {HEADLINE: "Wait a month"}).standing
    assert kept == Standing(state="in_review", approved=None, live=live, edited_by="ana")
    with pytest.raises(RefusedError, match="cannot publish what is in review"):
        desk.move("pia", "publish")


def test_a_blocking_flag_is_in_the_way_of_approval(desk: Desk) -> None:
    desk.edit("ana", {QUOTE: "I tested it, and it scores 99 points."})
    with pytest.raises(RefusedError, match=r"skeptic: first-hand on .*skeptic: uncarried-number"):
        desk.move("pia", "approve")
    desk.edit("ana", REJECTED, "reject", reason="Invented.")
    assert desk.move("pia", "approve").standing.state == "approved"


def test_an_open_conflict_it_rests_on_is_in_the_way_of_approval(store: Store) -> None:
    told = "The licence is disputed between the sources."
    desk = Desk(store, make_papers("skip", citing("F2", "F10", call="skip"), "timeout"))
    hedged: dict[str, JsonValue] = {
        QUOTE: told, "skeptic.1.citations": [{"phrase": "licence", "facts": ["F2", "F10"]}]
    }  # fmt: skip
    assert "relies-on-conflict" not in str(desk.edit("ana", hedged).effective.blocking)
    with pytest.raises(RefusedError, match="conflict C1 is open"):
        desk.move("pia", "approve")
    desk.settle(None)
    assert desk.draft.effective.open_conflicts == ()


def test_four_eyes_see_more_than_two(store: Store) -> None:
    desk = Desk(store, four_eyes=True)
    desk.edit("pia", {HEADLINE: "Wait a month"})
    with pytest.raises(RefusedError, match="four eyes"):
        desk.move("pia", "approve")
    desk.move("pol", "approve")
    desk.move("pia", "publish")
    with pytest.raises(RefusedError, match="four eyes"):
        desk.correct("pia", {HEADLINE: "Wait a year"}, note="We meant a year.")
    desk.edit("ana", {HEADLINE: "Wait a year"})
    assert desk.correct("pia", {}, note="We meant a year.").standing.edited_by == "ana"


def test_nobody_edited_what_the_panel_wrote(store: Store) -> None:
    desk = Desk(store, four_eyes=True)
    found = desk.edition(desk.move("pia", "approve").standing.approved)
    assert found.edited_by == ()


def test_a_correction_goes_live_at_once_with_its_note(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="nothing of it is live"):
        desk.correct("pia", {HEADLINE: "Wait a year"}, note="We meant a year.")
    old = desk.publish().standing.live
    with pytest.raises(RefusedError, match="public note"):
        desk.correct("pia", {HEADLINE: "Wait a year"})
    kept = desk.correct("pia", {HEADLINE: "Wait a year"}, note="We meant a year.")
    assert kept.standing.live == kept.standing.approved != old
    assert kept.standing.state == "published"
    found = desk.edition(kept.standing.live)
    assert (found.note, found.version, found.edited_by) == ("We meant a year.", 3, ("Pia Roy",))
    verdict = found.reviews[1].verdict
    assert verdict
    assert verdict.headline == "Wait a year"
    assert list(desk.store.events())[-1].reason == "We meant a year."


def test_a_correction_keeps_the_rules(desk: Desk) -> None:
    live = desk.publish().standing.live
    with pytest.raises(RefusedError, match="first-hand"):
        desk.correct("pia", {QUOTE: "I tested it."}, note="We tested it.")
    desk.edit("ana", {HEADLINE: "Wait a year"})
    with pytest.raises(StaleDraftError):
        desk.correct("pia", {HEADLINE: "Wait a week"}, base=2, note="Less.")
    assert desk.draft.standing.live == live


def test_a_retraction_needs_a_note_and_takes_all_away(desk: Desk) -> None:
    desk.publish()
    with pytest.raises(RefusedError, match="public note"):
        desk.move("pia", "retract", reason="Wrong model.")
    kept = desk.move("pia", "retract", note="It was about another model.")
    assert kept.standing == Standing(state="retracted")
    assert kept.revisions[-1].note == "It was about another model."
    assert desk.move("ana", "return").standing.state == "draft"


def test_a_move_is_taken_back_within_ten_seconds(desk: Desk) -> None:
    live = desk.publish().standing.live
    desk.move("pia", "retract", note="A slip.")
    desk.later(10)
    assert desk.undo("pia").standing == Standing(state="published", approved=live, live=live)
    with pytest.raises(RefusedError, match="nothing to undo"):
        desk.undo("pia")


@pytest.mark.parametrize(("by", "seconds"), [("pol", 1), ("pia", 11)])
def test_later_or_by_somebody_else_it_is_not(desk: Desk, by: str, seconds: float) -> None:
    desk.move("pia", "approve")
    desk.later(seconds)
    with pytest.raises(RefusedError, match="nothing to undo"):
        desk.undo(by)
    assert desk.draft.standing.state == "approved"


def test_a_move_is_not_taken_back_from_under_an_edit(desk: Desk) -> None:
    desk.move("pia", "approve")
    desk.edit("ana", {HEADLINE: "Hers"})
    with pytest.raises(StaleDraftError):
        desk.undo("pia", base=1)


def test_an_approval_rests_on_what_its_page_showed(desk: Desk) -> None:
    seen = desk.draft.today.digest
    desk.settle("F10")
    with pytest.raises(StaleError, match="look again"):
        desk.move("pia", "approve", seen=seen)
    with pytest.raises(StaleError, match="look again"):
        desk.editing.look(desk.intent("ana", seen=seen))
    approved = desk.move("pia", "approve", seen=desk.draft.today.digest)
    assert approved.standing.state == "approved"


def test_words_beside_a_draft_are_checked_before_anything_is_kept(desk: Desk) -> None:
    with pytest.raises(InputError, match="reason"):
        desk.edit("ana", {HEADLINE: "Mine"}, reason="x" * 1001)
    with pytest.raises(InputError, match=r"note: .*U\+202E"):
        desk.move("pia", "approve", note="a\u202eb")
    assert desk.draft.version == 0
