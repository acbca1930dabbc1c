"""A draft moves from state to state by whoever may, as it was seen, and back within a moment."""

import datetime as dt
from collections.abc import Iterator

import pytest

from panel.bootstrap.house import House
from panel.desk.context import utc_now
from panel.testing import make_dossier
from tests.desk.drafting import Drafted
from tests.desk.filled import form_of, forms_of
from tests.desk.living import LiveDesk, Person, living, make_house, words_of
from tests.domain.editing.papers import make_papers
from tests.editing.desk import HEADLINE


class Clock:
    """Tells a time that tests set."""

    ahead = dt.timedelta()

    def __call__(self) -> dt.datetime:
        """The time."""
        return utc_now() + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(house: House, clock: Clock) -> Iterator[LiveDesk]:
    with living(house, clock=clock) as found:
        yield found


@pytest.fixture
def draft(desk: LiveDesk) -> Drafted:
    return Drafted(desk, make_papers("ship", "skip", dossier=make_dossier()))


@pytest.fixture
def pia(desk: LiveDesk) -> Person:
    return desk.person("publisher", "pia")


def move(draft: Drafted, who: Person, act: str, **fields: str) -> str:
    """Press a button of the page; what the next page says."""
    form = form_of(who.get(draft.path), "move") | {"act": act, **fields}
    answer = who.post(f"{draft.path}/move", **form)
    assert answer.status_code == 303, words_of(answer)
    return words_of(who.get(answer.headers["location"]))


def test_a_draft_lives_its_life(desk: LiveDesk, draft: Drafted, pia: Person) -> None:
    ana = desk.person("editor", "ana")
    assert "Submitted for review." in move(draft, ana, "submit", reason="Ready.")
    assert draft.now.revisions[-1].reason == "Ready."
    assert "Approved" in move(draft, pia, "approve")
    approved = draft.now.standing.approved
    assert "Published." in move(draft, pia, "publish")
    assert draft.now.standing.live == approved
    assert "Retracted." in move(draft, pia, "retract", note="It was wrong.")
    assert (draft.now.standing.state, draft.now.standing.live) == ("retracted", None)


def test_only_moves_that_are_open_and_allowed_are_offered(
    desk: LiveDesk, draft: Drafted, pia: Person
) -> None:
    def offered(who: Person) -> set[str]:
        page = who.get(draft.path).text
        return {
            act
            for act in ("submit", "approve", "publish", "return", "retract")
            if f'value="{act}"' in page
        }

    ana, viewer = desk.person("editor", "ana"), desk.person("viewer")
    assert (offered(viewer), offered(ana)) == (set(), {"submit"})
    assert offered(pia) == {"submit", "approve"}
    draft.move("approve")
    assert (offered(ana), offered(pia)) == ({"return"}, {"publish", "return"})
    draft.move("publish")
    assert offered(pia) == {"retract"}


def test_a_refused_approval_names_every_obstacle_and_keeps_the_reason(desk: LiveDesk) -> None:
    draft, pia = Drafted(desk), desk.person("publisher", "pia")
    draft.edit({"skeptic.1.quote": "I tested it myself for a week."})
    page = pia.get(draft.path)
    assert "in the way of approval" in words_of(page)
    form = form_of(page, "move") | {"act": "approve", "reason": "Looks right."}
    refused = pia.post(f"{draft.path}/move", **form)
    assert refused.status_code == 403
    assert "I tested" in words_of(refused)
    assert form_of(refused, "move")["reason"] == "Looks right."
    assert draft.now.standing.state == "draft"


def test_four_eyes_are_told_before_they_are_asked_for(house: House) -> None:
    with living(make_house(house.workspace.root, four_eyes=True)) as desk:
        draft = Drafted(desk, make_papers("ship", "skip", dossier=make_dossier()))
        pia, pol = desk.person("publisher", "pia"), desk.person("publisher", "pol")
        draft.edit({HEADLINE: "New."}, login="pia")
        page = pia.get(draft.path)
        assert "somebody else has to approve it" in words_of(page)
        form = form_of(page, "move") | {"act": "approve"}
        assert pia.post(f"{draft.path}/move", **form).status_code == 403
        assert "somebody else has to" not in words_of(pol.get(draft.path))
        assert "Approved" in move(draft, pol, "approve")


def test_an_approval_of_what_nobody_saw_is_stale(
    desk: LiveDesk, draft: Drafted, pia: Person
) -> None:
    form = form_of(pia.get(draft.path), "move") | {"act": "approve", "note": "For readers."}
    draft.edit({HEADLINE: "New."})
    page = pia.post(f"{draft.path}/move", **form)
    assert page.status_code == 409
    assert "What Ana changed since you looked" in words_of(page)
    again = form_of(page, "move")
    assert (again["note"], again["base"]) == ("For readers.", "1")
    assert pia.post(f"{draft.path}/move", **again).status_code == 303
    assert draft.now.standing.state == "approved"


def test_an_approval_of_another_dossier_is_stale(draft: Drafted, pia: Person) -> None:
    form = form_of(pia.get(draft.path), "move") | {"act": "approve", "seen": "0" * 64}
    page = pia.post(f"{draft.path}/move", **form)
    assert page.status_code == 409
    assert "changed" in words_of(page)
    assert draft.now.version == 0


def test_a_move_is_taken_back_within_ten_seconds(draft: Drafted, pia: Person, clock: Clock) -> None:
    form = form_of(pia.get(draft.path), "move") | {"act": "approve"}
    page = pia.get(pia.post(f"{draft.path}/move", **form).headers["location"])
    assert 'data-undo="' in page.text
    undo = form_of(page, "undo")
    assert pia.post(f"{draft.path}/undo", **undo).status_code == 303
    assert draft.now.standing.state == "draft"
    form = form_of(pia.get(draft.path), "move") | {"act": "approve"}
    undo = form_of(pia.get(pia.post(f"{draft.path}/move", **form).headers["location"]), "undo")
    clock.ahead = dt.timedelta(seconds=11)
    assert pia.post(f"{draft.path}/undo", **undo).status_code == 403
    assert f"{draft.path}/undo" not in forms_of(pia.get(draft.path))
    assert draft.now.standing.state == "approved"


def test_nobody_takes_back_what_another_did(desk: LiveDesk, draft: Drafted, pia: Person) -> None:
    draft.move("approve", login="pol")
    assert f"{draft.path}/undo" not in forms_of(pia.get(draft.path))
    assert pia.post(f"{draft.path}/undo", base="1").status_code == 403


def test_edits_of_what_is_live_are_published_as_a_correction(draft: Drafted, pia: Person) -> None:
    for act in ("approve", "publish"):
        draft.move(act)
    assert f"{draft.path}/correct" not in forms_of(pia.get(draft.path))
    draft.edit({HEADLINE: "New."})
    form = form_of(pia.get(draft.path), "correct") | {"note": "The headline was wrong."}
    assert pia.post(f"{draft.path}/correct", **form).status_code == 303
    assert draft.now.standing.state == "published"
    assert draft.now.revisions[-1].changes == {}


@pytest.mark.parametrize(("role", "act"), [("viewer", "submit"), ("editor", "approve")])
def test_who_may_not_is_refused(desk: LiveDesk, draft: Drafted, role: str, act: str) -> None:
    person = desk.person(role)  # pyright: ignore
    assert person.post(f"{draft.path}/move", act=act, base="0").status_code == 403
    assert draft.now.version == 0


def test_what_is_no_move_is_refused(draft: Drafted, pia: Person) -> None:
    for fields in (
        {"act": "edit", "base": "0"},
        {"act": "approve"},
        {"act": "approve", "base": "x"},
    ):
        assert pia.post(f"{draft.path}/move", **fields).status_code == 422
    assert pia.post(f"{draft.path}/move", act="publish", base="0").status_code == 403
    assert pia.post(f"{draft.path}/move", act="submit", base="7").status_code == 403
