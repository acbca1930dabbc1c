from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from panel.domain.flag import Flag
from panel.domain.llm import OFFLINE
from panel.domain.review import Failure, FailureKind, Review, Usage, review_key
from panel.testing import make_dossier, make_failure, make_review, make_seat, make_verdict

TOKENS = st.none() | st.integers(0, 10**7)
USAGES = st.builds(
    Usage,
    calls=st.integers(0, 9),
    input_tokens=TOKENS,
    output_tokens=TOKENS,
    cached_tokens=st.integers(0, 10**6),
)
PARTS = ("a" * 64, "b" * 64, "c" * 64, "d" * 64)


@given(USAGES, USAGES, USAGES)
def test_usages_add_up_in_any_grouping(one: Usage, two: Usage, three: Usage) -> None:
    assert one.plus(two).plus(three) == one.plus(two.plus(three))
    assert one.plus(two) == two.plus(one)
    assert one.plus(Usage()) == one


@given(USAGES, USAGES)
def test_unknown_tokens_stay_unknown(one: Usage, two: Usage) -> None:
    total = one.plus(two)
    for name in ("input_tokens", "output_tokens"):
        parts = (getattr(one, name), getattr(two, name))
        assert getattr(total, name) == (None if None in parts else sum(parts))


@pytest.mark.parametrize("field", ["calls", "input_tokens", "output_tokens", "cached_tokens"])
def test_tokens_are_never_negative(field: str) -> None:
    with pytest.raises(ValidationError):
        Usage.model_validate({field: -1})


def test_the_key_is_pinned() -> None:
    assert review_key(*PARTS, 1).startswith("d2839135defcd2b6")


@pytest.mark.parametrize("at", range(4))
def test_every_part_is_in_the_key(at: int) -> None:
    other = [*PARTS]
    other[at] = "e" * 64
    assert review_key(other[0], other[1], other[2], other[3], 1) != review_key(*PARTS, 1)


def test_samples_have_keys_of_their_own() -> None:
    assert len({review_key(*PARTS, sample) for sample in range(1, 101)}) == 100


def test_parts_do_not_run_into_each_other() -> None:
    assert review_key("ab", "c", "", "", 1) != review_key("a", "bc", "", "", 1)


@pytest.mark.parametrize("both", [True, False])
def test_a_review_holds_a_verdict_or_a_failure(both: bool) -> None:
    verdict, failure = make_verdict(make_dossier()), make_failure()
    with pytest.raises(ValidationError, match="never both or neither"):
        make_review(verdict=verdict if both else None, failure=failure if both else None)


@pytest.mark.parametrize("kind", get_args(FailureKind))
def test_every_kind_of_failure_survives_its_json(kind: FailureKind) -> None:
    review = make_review(outcome=kind)
    again = Review.model_validate_json(review.model_dump_json())
    assert again == review
    assert again.digest == review.digest
    assert again.failure
    assert again.failure.kind == kind


def test_a_verdict_survives_its_json() -> None:
    review = make_review(outcome="skip", cost="0.00012")
    again = Review.model_validate_json(review.model_dump_json())
    assert again == review
    assert again.digest == review.digest


def test_the_digest_covers_what_was_answered() -> None:
    dossier, seat = make_dossier(), make_seat()
    outcomes: list[FailureKind] = ["refused", "timeout"]
    reviews = [make_review(dossier, seat, outcome) for outcome in ("ship", "skip", *outcomes)]
    assert len({review.digest for review in reviews}) == 4
    assert len({review.key for review in reviews}) == 1


@pytest.mark.parametrize(
    ("severities", "blocked"),
    [((), False), (("warns",), False), (("warns", "blocks"), True), (("blocks",), True)],
)
def test_a_blocking_flag_blocks(severities: tuple[str, ...], blocked: bool) -> None:
    flags = [
        Flag.model_validate({"kind": "length", "severity": one, "message": "m", "span": None})
        for one in severities
    ]
    assert make_review(flags=flags).blocked is blocked


def test_the_detail_of_a_failure_is_bounded() -> None:
    assert make_failure(detail="x" * 500).detail == "x" * 500
    with pytest.raises(ValidationError, match="at most 500"):
        make_failure(detail="x" * 501)


def test_an_unknown_kind_of_failure_is_refused() -> None:
    with pytest.raises(ValidationError, match="kind"):
        Failure.model_validate({**make_failure().model_dump(), "kind": "bored"})


def test_samples_are_counted_from_one() -> None:
    with pytest.raises(ValidationError, match="sample"):
        make_review(sample=0)


def test_an_offline_draft_costs_nothing_and_others_an_unknown_amount() -> None:
    assert make_review(seat=make_seat(llm=OFFLINE)).cost == 0
    assert make_review().cost is None
