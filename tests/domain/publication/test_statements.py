"""What editors overruled is not stated any more; what is in dispute is marked."""

from typing import Any

import pytest

from tests.domain.publication.facing import DAY, dispute, fact, stated

BOTH = (fact("licence", "licence", "Apache 2.0"), fact("licence", "licence", "proprietary"))


def said(*facts: dict[str, Any], **more: Any) -> list[tuple[str, bool]]:
    """Ids of the licence facts that are stated, and whether each is disputed."""
    return [(one.fact, one.disputed) for one in stated(*facts, **more) if one.topic == "licence"]


def test_a_fact_stands_unless_something_is_known_against_it() -> None:
    assert said(BOTH[0]) == [("F1", False)]


def test_an_open_conflict_marks_all_its_facts_whatever_their_standing() -> None:
    assert said(*BOTH, conflicts=[dispute("F1", "F2")]) == [("F1", True), ("F2", True)]


@pytest.mark.parametrize("how", ["pick", "supersede"])
def test_of_a_settled_conflict_the_picked_fact_alone_is_stated(how: str) -> None:
    settlement = {"how": how, "fact": "F2", "by": "Ana", "on": DAY, "reason": "It says so."}
    conflict = dispute("F1", "F2", settlement=settlement)
    rumour = BOTH[1] | {"standing": "disputed"}
    assert said(BOTH[0], rumour, conflicts=[conflict]) == [("F2", False)]


def test_facts_that_were_both_kept_both_stand() -> None:
    settlement = {"how": "keep-both", "by": "Ana", "on": DAY, "reason": "Two terms."}
    conflict = dispute("F1", "F2", settlement=settlement)
    assert said(*BOTH, conflicts=[conflict]) == [("F1", False), ("F2", False)]


def test_a_rumour_is_disputed_without_a_conflict_and_an_old_truth_is_gone() -> None:
    assert said(BOTH[0] | {"standing": "disputed"}) == [("F1", True)]
    assert said(BOTH[0] | {"standing": "superseded"}) == []


def test_properties_stand_under_their_one_name_with_what_their_value_means() -> None:
    (one, *_) = stated(fact("context", "context-length", "128K", unit="tokens"))
    assert one.attribute == "context-window"
    assert one.amount
    assert one.amount.unit == "tokens"
    (silent, *_) = stated(fact("context", "context-length"))
    assert (silent.meaning, silent.amount) == (None, None)
