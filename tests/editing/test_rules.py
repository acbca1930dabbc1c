"""Every obstacle is told at once, in words that lead on."""

import pytest
from pydantic import JsonValue

from panel.domain.editing.content import with_fields
from panel.domain.editing.effective import effective
from panel.domain.editing.states import Act, Standing, State
from panel.editing.rules import (
    STATE_WORDS,
    check_approval,
    check_open,
    check_reason,
    check_samples,
    obstacles,
    touched,
)
from panel.errors import RefusedError
from tests.domain.editing.papers import citing, content_of, make_papers

PAPERS = make_papers(citing("F2"), "skip", "timeout")
DRAFTED = content_of(PAPERS)


def test_obstacles_name_seat_words_and_conflict() -> None:
    found = obstacles(effective(PAPERS, with_fields(DRAFTED, {"skeptic.1.quote": "I tested it."})))
    assert any("skeptic: first-hand on “" in one for one in found)
    assert any("developer: relies-on-conflict" in one for one in found)
    assert "conflict C1 is open, and this draft rests on one of its facts" in found


def test_an_approval_is_refused_with_all_of_them() -> None:
    with pytest.raises(RefusedError, match=r"relies-on-conflict.*C1 is open.*four eyes") as refused:
        check_approval(effective(PAPERS, DRAFTED), "pia", "pia", four_eyes=True)
    assert refused.value.remedy


def test_without_an_obstacle_it_is_not() -> None:
    clean = effective(make_papers(), content_of(make_papers()))
    assert obstacles(clean) == ()
    check_approval(clean, "pia", "pia", four_eyes=False)
    check_approval(clean, "ana", "pia", four_eyes=True)
    check_approval(clean, None, "pia", four_eyes=True)


@pytest.mark.parametrize(
    ("act", "state", "message"),
    [
        ("publish", "draft", "cannot publish what is a draft"),
        ("submit", "published", "cannot submit what is published"),
        ("correct", "in_review", "cannot correct what is in review and nothing of it is live"),
    ],
)
def test_an_act_that_is_not_open(act: Act, state: State, message: str) -> None:
    with pytest.raises(RefusedError, match=message):
        check_open(act, Standing(state=state))
    assert state in STATE_WORDS


def test_a_reason_is_asked_for_where_a_vote_changes() -> None:
    flipped = with_fields(DRAFTED, {"skeptic.1.call": "ship"})
    rejected = with_fields(DRAFTED, {"skeptic.1.rejected": "Wrong."})
    for before, after in ((DRAFTED, flipped), (DRAFTED, rejected), (rejected, DRAFTED)):
        with pytest.raises(RefusedError, match="needs a reason"):
            check_reason(before, after, " ")
        check_reason(before, after, "Because.")
    check_reason(DRAFTED, with_fields(DRAFTED, {"skeptic.1.headline": "Other words"}), "")


def test_a_sample_without_a_run_is_none() -> None:
    origin: dict[str, JsonValue] = {"kind": "sample", "run": None, "review": "a" * 64}
    after = with_fields(DRAFTED, {"skeptic.1.origin": origin})
    with pytest.raises(RefusedError, match="skeptic: that is not what the other sample says"):
        check_samples(PAPERS, DRAFTED, after, lambda _run, _slug: PAPERS.reviews)


def test_the_seats_that_changes_touch() -> None:
    paths = ("summary", "pricing.entry", "skeptic.1.quote", "skeptic.1.call", "creator.2.quote")
    assert touched(dict.fromkeys(paths, "x")) == ("skeptic.1", "creator.2")
