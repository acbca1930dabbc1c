"""Which act leads where: the whole table, for drafts with and without a live edition."""

from itertools import product
from typing import get_args

import pytest

from panel.domain.editing.states import (
    EDITS,
    MOVES,
    ROLES,
    STATES,
    Act,
    Right,
    Role,
    Standing,
    State,
    after,
    is_open_to,
    least_role,
    may,
)

OLD, NEW = "a" * 64, "b" * 64
ACTS: tuple[Act, ...] = get_args(Act)

TABLE: dict[str, dict[State, State]] = {
    "edit": {
        "draft": "draft",
        "in_review": "in_review",
        "approved": "in_review",
        "published": "in_review",
        "retracted": "draft",
    },
    "submit": {"draft": "in_review"},
    "return": {"in_review": "draft", "approved": "draft", "retracted": "draft"},
    "approve": {"draft": "approved", "in_review": "approved"},
    "publish": {"approved": "published"},
    "retract": {
        "draft": "retracted",
        "in_review": "retracted",
        "approved": "retracted",
        "published": "retracted",
    },
    "correct": dict.fromkeys(STATES, "published"),
    "look": {state: state for state in STATES},
}
"""Where each act leads from each state; what is missing is not open."""

NEEDS_LIVE = {"retract", "correct"}
"""Acts that make no sense while readers see nothing."""

CASES = list(product(ACTS, STATES, (True, False)))


def standing(state: State, *, live: bool) -> Standing:
    approved = NEW if state in ("approved", "published") else None
    return Standing(state=state, approved=approved, live=OLD if live else None, edited_by="ana")


def expected(act: Act, state: State, *, live: bool) -> State | None:
    row = TABLE["edit"] if act in EDITS else TABLE.get(act, {})
    return None if act in NEEDS_LIVE and not live else row.get(state)


OPEN = [(act, state, live) for act, state, live in CASES if expected(act, state, live=live)]


@pytest.mark.parametrize(("act", "state", "live"), CASES)
def test_every_act_leads_where_the_table_says(act: Act, state: State, live: bool) -> None:
    before, wanted = standing(state, live=live), expected(act, state, live=live)
    if wanted is None:
        with pytest.raises(ValueError, match=act):
            after(act, before, "ben", "c" * 64)
        assert act == "undo" or not is_open_to(act, before)
    else:
        assert is_open_to(act, before)
        assert after(act, before, "ben", "c" * 64).state == wanted


@pytest.mark.parametrize(("act", "state", "live"), OPEN)
def test_only_what_was_approved_gets_live(act: Act, state: State, live: bool) -> None:
    before, frozen = standing(state, live=live), "c" * 64
    now = after(act, before, "ben", frozen)
    wanted = {"publish": before.approved, "retract": None, "correct": frozen}
    assert now.live == wanted.get(act, before.live)
    assert (now.approved is not None) == (now.state in ("approved", "published"))
    assert now.approved in (None, frozen if act in ("approve", "correct") else before.approved)
    assert now.edited_by == ("ben" if act in EDITS | {"correct"} else "ana")


@pytest.mark.parametrize("act", ["approve", "correct"])
def test_nothing_is_approved_without_its_edition(act: Act) -> None:
    with pytest.raises(ValueError, match="edition"):
        after(act, standing("in_review", live=True), "ben")


def test_acts_that_edit_and_acts_that_move_are_apart() -> None:
    assert not EDITS & MOVES
    assert EDITS | MOVES | {"correct", "look", "undo"} == set(ACTS)


RIGHTS: dict[str, Role] = {
    "view": "viewer",
    "approve": "publisher",
    "publish": "publisher",
    "correct": "publisher",
    "retract": "publisher",
    "people": "admin",
}


@pytest.mark.parametrize("right", [*ACTS, "view", "comment", "assign", "settle", "run", "people"])
def test_a_right_belongs_to_its_role_and_all_above(right: Right) -> None:
    least = RIGHTS.get(right, "editor")
    assert least_role(right) == least
    assert [role for role in ROLES if may(role, right)] == [*ROLES[ROLES.index(least) :]]
