"""The history says who did what, when and why, and which words are no longer those that stand."""

from panel.desk.steps import Step, steps_of
from panel.testing import make_dossier
from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk
from tests.domain.editing.papers import make_papers
from tests.editing.desk import HEADLINE

REJECTED = "skeptic.1.rejected"


def steps(draft: Drafted) -> list[Step]:
    """The history of a draft, the oldest step first."""
    return list(reversed(steps_of(draft.now, draft.desk.context.store.users())))


def test_a_draft_that_nobody_touched_has_the_panels_step_alone(desk: LiveDesk) -> None:
    draft = Drafted(desk)
    (first,) = steps(draft)
    assert (first.version, first.what, first.by) == (0, "drafted by the panel", "")
    assert (first.at, first.state, first.differs) == (draft.papers.run.created, "draft", False)


def test_each_step_names_its_doer_its_reason_and_its_fields(desk: LiveDesk) -> None:
    draft = Drafted(desk, make_papers("ship", "skip", samples=2))
    draft.edit({HEADLINE: "Wait.", "pricing.entry": "Free"}, reason="Clearer.")
    step = steps(draft)[1]
    assert (step.version, step.what, step.by, step.reason) == (1, "edited", "Ana", "Clearer.")
    assert set(step.fields) == {"The Skeptic, sample 1: headline", "entry price"}
    (revision,) = draft.now.revisions
    assert (step.at, step.state) == (revision.at, "draft")
    (newest, _) = steps_of(draft.now, ())
    assert newest.by == "ana"


def test_words_that_came_back_do_not_differ_from_those_that_stand(desk: LiveDesk) -> None:
    draft = Drafted(desk)
    drafted = draft.now.drafted.seats[1].verdict
    assert drafted
    draft.edit({HEADLINE: "Wait."})
    assert [one.differs for one in steps(draft)] == [True, False]
    draft.edit({HEADLINE: drafted.headline}, "restore")
    assert [one.differs for one in steps(draft)] == [False, True, False]
    assert steps(draft)[-1].what == "brought back an earlier version"


def test_a_rejection_and_its_end_are_told_apart(desk: LiveDesk) -> None:
    draft = Drafted(desk)
    draft.edit({REJECTED: "It misreads."}, "reject")
    draft.edit({REJECTED: ""}, "reject")
    assert [one.what for one in steps(draft)[1:]] == [
        "rejected a verdict",
        "let a rejected verdict stand again",
    ]
    assert {one.fields for one in steps(draft)[1:]} == {("The Skeptic: rejection",)}


def test_only_what_freezes_an_edition_names_it(desk: LiveDesk) -> None:
    draft = Drafted(desk, make_papers("ship", "skip", dossier=make_dossier()))
    draft.move("approve")
    draft.move("publish")
    approved = draft.now.standing.live
    draft.move("retract", note="It was wrong.")
    assert approved
    assert [one.edition for one in steps(draft)] == ["", approved[:12], "", ""]
    assert [one.state for one in steps(draft)[1:]] == ["approved", "published", "retracted"]
    assert [one.note for one in steps(draft)] == ["", "", "", "It was wrong."]
    assert not any(one.differs or one.fields for one in steps(draft))
