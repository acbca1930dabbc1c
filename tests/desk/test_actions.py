"""What is offered to somebody is what the rules would let them do, and nothing else."""

import datetime as dt
from dataclasses import replace

import pytest

from panel.desk.actions import Actions, actions_of, blocked, page_words
from panel.desk.copies import Part, keep_part
from panel.domain.editing.states import Role
from panel.testing import make_dossier
from tests.desk.asking import asking
from tests.desk.drafting import Drafted
from tests.desk.living import LiveDesk
from tests.domain.editing.papers import citing, make_papers
from tests.editing.desk import HEADLINE


@pytest.fixture
def draft(desk: LiveDesk) -> Drafted:
    return Drafted(desk, make_papers("ship", "skip", dossier=make_dossier()))


def offered(draft: Drafted, role: Role, login: str = "", seconds: float = 0) -> Actions:
    """What is offered to somebody, so long after the last step."""
    context, now = draft.desk.context, draft.now
    if now.revisions:
        at = now.revisions[-1].at + dt.timedelta(seconds=seconds)
        context = replace(context, clock=lambda: at)
    user = draft.desk.user(role, login)
    return actions_of(asking(context, user), user, now)


def moves(found: Actions) -> dict[str, bool]:
    """Acts with whether each is the usual next step."""
    return {one.act: one.is_next for one in found.moves}


def test_each_state_offers_its_own_moves_to_each_role(draft: Drafted) -> None:
    assert moves(offered(draft, "viewer")) == {}
    assert moves(offered(draft, "editor")) == {"submit": True}
    assert moves(offered(draft, "publisher")) == {"submit": False, "approve": True}
    draft.move("submit")
    assert moves(offered(draft, "editor")) == {"return": False}
    assert moves(offered(draft, "publisher")) == {"approve": True, "return": False}
    draft.move("approve")
    assert moves(offered(draft, "publisher")) == {"publish": True, "return": False}


def test_only_what_is_live_is_corrected_or_retracted(draft: Drafted) -> None:
    def both(role: Role) -> tuple[bool, bool]:
        found = offered(draft, role)
        return found.may_correct, found.may_retract

    assert both("publisher") == (False, False)
    draft.move("approve")
    draft.move("publish")
    assert both("publisher") == (False, True)
    assert moves(offered(draft, "publisher")) == {}
    draft.edit({HEADLINE: "Better words."})
    assert both("publisher") == (True, True)
    assert both("editor") == (False, False)
    draft.move("retract", note="It was wrong.")
    assert both("publisher") == (False, False)


def test_what_is_in_the_way_is_told_to_those_who_may_approve(desk: LiveDesk) -> None:
    draft = Drafted(desk, make_papers(citing("F2"), "skip"))
    told = offered(draft, "publisher").blocked
    assert any("conflict C1 is open" in words for words in told)
    assert offered(draft, "editor").blocked == ()


def test_four_eyes_stand_in_the_way_of_the_last_editor_alone(draft: Drafted) -> None:
    draft.edit({HEADLINE: "Better words."})
    ana, pia = draft.desk.user("editor", "ana"), draft.desk.user("publisher", "pia")
    (told,) = blocked(draft.now, ana, four_eyes=True)
    assert "you were the last to edit it" in told
    assert blocked(draft.now, ana, four_eyes=False) == ()
    assert blocked(draft.now, pia, four_eyes=True) == ()


def test_a_move_can_be_taken_back_for_ten_seconds(draft: Drafted) -> None:
    draft.move("submit")
    for seconds, left in ((0, 10), (3.5, 6), (9.9, 1), (10.1, 0)):
        found = offered(draft, "publisher", "pia", seconds)
        assert found.undo == left
        assert found.undo_words == ("Submitted for review." if left else "")
        assert offered(draft, "publisher", "pol", seconds).undo == 0


def test_unsaved_words_and_who_types_are_told(draft: Drafted) -> None:
    context, ref = draft.desk.context, draft.ref
    draft.desk.user("editor", "ana")
    for page, form in (("skeptic.1", {HEADLINE: "x"}), ("head", {"summary": "y"})):
        part = Part(page=page, base=0, key="k", at=context.clock(), form=form)
        keep_part(context.store, ref, "ana", part)
    own, other = offered(draft, "editor", "ana"), offered(draft, "editor", "ben")
    assert set(own.unsaved) == {
        (f"{draft.path}/edit/skeptic/1", "The Skeptic"),
        (f"{draft.path}/edit", "summary and prices"),
    }
    assert (own.typing, other.typing, other.unsaved) == ("", "Ana is editing too.", ())


def test_pages_of_several_samples_are_told_apart(desk: LiveDesk) -> None:
    now = Drafted(desk, make_papers("ship", "skip", samples=2)).now
    assert page_words(now, "skeptic.1") == "The Skeptic, sample 1"
    assert page_words(now, "skeptic.2") == "The Skeptic, sample 2"
