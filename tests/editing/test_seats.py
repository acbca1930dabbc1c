"""A verdict says where it comes from, and only what is written or sampled anew changes that."""

from typing import Any

import pytest
from pydantic import JsonValue

from panel.domain.editing.content import VERDICT_FIELDS, Origin, fields_of
from panel.domain.editing.states import Act
from panel.editing.seats import reworded, taken
from panel.errors import InputError
from panel.testing import make_review
from tests.domain.editing.papers import content_of, make_papers

DRAFTED = content_of(make_papers())
FIELDS = fields_of(DRAFTED)
OWN: dict[str, JsonValue] = {f"skeptic.1.{name}": None for name in VERDICT_FIELDS}
WRITTEN = {path.replace("skeptic", "creator"): FIELDS[path] for path in OWN}
SAMPLE: dict[str, Any] = {"kind": "sample", "run": "20260512-083000-5f2a9c", "review": "a" * 64}


def test_what_is_written_by_hand_says_so_and_stands() -> None:
    rejected = reworded(DRAFTED, {"skeptic.1.rejected": "Wrong."}, "reject")
    found = reworded(rejected, {"skeptic.1.headline": "Mine"}, "hand").seat("skeptic", 1)
    assert found
    assert (found.origin, found.rejected) == (Origin(kind="hand"), "")
    others = reworded(rejected, {"skeptic.1.headline": "Mine"}, "hand").seats
    assert [seat.origin.kind for seat in others] == ["panel", "hand", "panel"]


def test_an_edit_leaves_where_it_comes_from() -> None:
    by_hand = reworded(DRAFTED, {"skeptic.1.headline": "Mine"}, "hand")
    found = reworded(by_hand, {"skeptic.1.headline": "Hers", "summary": "New."}, "edit")
    assert found.seats[1].origin.kind == "hand"
    assert found.summary == "New."


@pytest.mark.parametrize(
    ("act", "changes", "key", "message"),
    [
        ("edit", OWN, "skeptic.1", "cannot be emptied"),
        ("correct", OWN, "skeptic.1", "cannot be emptied"),
        ("edit", WRITTEN, "creator.1", "no verdict"),
        ("correct", WRITTEN, "creator.1", "no verdict"),
        ("reject", {"creator.1.rejected": "No."}, "creator.1.rejected", "no verdict to reject"),
        ("edit", {"skeptic.1.origin": SAMPLE}, "skeptic.1.origin", "not edited"),
        ("correct", {"skeptic.1.origin": SAMPLE}, "skeptic.1.origin", "not edited"),
        ("sample", {"skeptic.1.headline": "Mine"}, "skeptic.1.origin", "names its review"),
        (
            "sample",
            {"skeptic.1.origin": {**SAMPLE, "review": None}},
            "skeptic.1.origin",
            "names its review",
        ),
    ],
)
def test_what_an_act_may_not_do(
    act: Act, changes: dict[str, JsonValue], key: str, message: str
) -> None:
    with pytest.raises(InputError) as refused:
        reworded(DRAFTED, changes, act)
    assert [(one.key, message in one.message) for one in refused.value.problems] == [(key, True)]


def test_restoring_may_do_all_of_it() -> None:
    by_hand = reworded(DRAFTED, WRITTEN, "hand")
    assert reworded(by_hand, FIELDS, "restore") == DRAFTED


def test_a_sample_that_failed_is_not_taken() -> None:
    with pytest.raises(InputError, match="has no verdict"):
        taken(DRAFTED.seats[1], "20260512-083000-5f2a9c", make_review(outcome="timeout"))
