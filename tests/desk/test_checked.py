"""Words that are still typed are checked just as they would be once they are saved."""

from panel.desk.checked import checked, checked_as_typed, counts
from panel.desk.sheet import sheet_of
from panel.domain.flag import Severity
from panel.editing.settling import Settling
from panel.publishing.seats import ReviewView
from panel.publishing.verdicts import FlagView
from panel.testing import make_verdict
from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk
from tests.domain.editing.papers import DISPUTED, citing, make_papers
from tests.editing.desk import HEADLINE, decision

BOLD = {HEADLINE: "I tested it and it holds"}


def seen(draft: Drafted, persona: str) -> ReviewView:
    """A verdict as the draft's page shows it."""
    leads = [one.lead for one in sheet_of(draft.now, (), ()).seats if one.lead]
    return next(one.view for one in leads if one.persona == persona)


def test_typed_words_are_flagged_as_they_would_be_once_saved(desk: LiveDesk) -> None:
    draft = Drafted(desk)
    skeptic = draft.now.content.seats[1]
    view, problems = checked_as_typed(draft.now, skeptic, BOLD)
    assert view
    assert [flag.kind for flag in view.flags if flag.severity == "blocks"] == ["first-hand"]
    assert (problems, draft.now.version) == ((), 0)
    draft.edit(BOLD)
    assert view.flags == seen(draft, "skeptic").flags


def test_words_of_other_seats_are_left_out(desk: LiveDesk) -> None:
    now = Drafted(desk).now
    developer, skeptic = now.content.seats[:2]
    others = {**BOLD, "summary": "", "nobody.1.quote": "x"}
    assert checked_as_typed(now, developer, others) == (checked(now, developer), ())
    assert checked(now, developer) != checked(now, skeptic)


def test_a_verdict_by_hand_is_checked_in_the_place_of_a_failure(desk: LiveDesk) -> None:
    now = Drafted(desk).now
    creator = now.content.seats[2]
    assert checked(now, creator) is None
    written = make_verdict(DISPUTED, persona="creator").model_dump(mode="json")
    typed = {f"creator.1.{name}": value for name, value in written.items()}
    view, problems = checked_as_typed(now, creator, typed)
    assert view
    assert (view.word, view.failure, problems) == ("Ship", None, ())
    half = {"creator.1.call": "ship"}
    view, problems = checked_as_typed(now, creator, half)
    assert view is None
    assert "creator.1.quote" in {one.key for one in problems}


def test_a_settled_conflict_disputes_no_citation_any_more(desk: LiveDesk) -> None:
    draft = Drafted(desk, make_papers(citing("F2"), "skip"))
    developer = draft.now.content.seats[0]

    def disputed() -> set[bool]:
        view = checked(draft.now, developer)
        assert view
        assert view.verdict
        return {ref.disputed for one in view.verdict.quote for ref in one.marks}

    assert disputed() == {True}
    settling = Settling(desk.context.store, desk.context.drafts)
    settling.settle(desk.user("editor"), draft.ref, "C1", decision("F2"), 0)
    assert disputed() == {False}


def test_findings_are_counted_in_words(desk: LiveDesk) -> None:
    now = Drafted(desk).now
    view = checked(now, now.content.seats[0])
    assert view

    def told(*severities: Severity) -> str:
        blank = {"number": 1, "kind": "length", "message": "m", "where": "", "words": ""}
        flags = [FlagView.model_validate({**blank, "severity": one}) for one in severities]
        return counts(view.model_copy(update={"flags": tuple(flags)}))

    assert told() == "The checks find nothing."
    assert told("blocks") == "The checks find 1 flag that blocks."
    assert told("warns") == "The checks find 1 warning."
    both = "The checks find 2 flags that block and 1 warning."
    assert told("warns", "blocks", "blocks") == both
