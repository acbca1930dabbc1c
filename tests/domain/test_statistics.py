import random
from collections.abc import Sequence
from statistics import fmean, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

from panel.domain.statistics import bootstrap_rate, is_unanimous, wilson

CONFIDENCES = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99])
TABLES = st.integers(1, 5).flatmap(
    lambda samples: st.lists(
        st.lists(st.booleans(), min_size=samples, max_size=samples), min_size=1, max_size=6
    )
)


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    n = draw(st.integers(1, 400))
    return draw(st.integers(0, n)), n


def mean_rate(table: Sequence[Sequence[bool]]) -> float:
    return sum(sum(seat) / len(seat) for seat in table) / len(table)


@given(counts(), CONFIDENCES)
def test_wilson_agrees_with_scipy(count: tuple[int, int], confidence: float) -> None:
    successes, n = count
    interval = binomtest(successes, n).proportion_ci(confidence, method="wilson")  # pyright: ignore
    assert wilson(successes, n, confidence) == pytest.approx((interval.low, interval.high))  # pyright: ignore


@given(counts(), CONFIDENCES)
def test_wilson_encloses_the_rate_and_stays_a_proportion(
    count: tuple[int, int], confidence: float
) -> None:
    successes, n = count
    low, high = wilson(successes, n, confidence)
    assert 0 <= low <= successes / n <= high <= 1
    assert low < high


@given(counts())
def test_wilson_mirrors_ships_and_skips(count: tuple[int, int]) -> None:
    successes, n = count
    low, high = wilson(successes, n)
    assert wilson(n - successes, n) == pytest.approx((1 - high, 1 - low))


@given(st.integers(1, 400))
def test_wilson_has_exact_ends_at_the_extremes(n: int) -> None:
    assert wilson(0, n)[0] == 0
    assert wilson(n, n)[1] == 1
    assert 0 < wilson(0, n)[1] < 1


@given(counts())
def test_wilson_narrows_with_the_number_and_widens_with_the_confidence(
    count: tuple[int, int],
) -> None:
    successes, n = count
    low, high = wilson(successes, n)
    larger = wilson(successes * 10, n * 10)
    surer = wilson(successes, n, 0.99)
    assert larger[1] - larger[0] < high - low < surer[1] - surer[0]


@pytest.mark.parametrize(
    ("successes", "low", "high"),
    [(0, 0.0, 0.4345), (1, 0.0362, 0.6245), (3, 0.2307, 0.8824), (5, 0.5655, 1.0)],
)
def test_wilson_of_a_five_seat_panel(successes: int, low: float, high: float) -> None:
    assert wilson(successes, 5) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("successes", "n", "confidence", "message"),
    [
        (0, 0, 0.95, "at least one trial"),
        (0, -1, 0.95, "at least one trial"),
        (6, 5, 0.95, "6 successes in 5 trials"),
        (-1, 5, 0.95, "-1 successes"),
        (1, 5, 0.0, "between 0 and 1"),
        (1, 5, 1.0, "between 0 and 1"),
        (1, 5, 95, "between 0 and 1"),
    ],
)
def test_wilson_refuses_what_cannot_be(
    successes: int, n: int, confidence: float, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        wilson(successes, n, confidence)


@given(TABLES, st.integers(0, 2**64))
def test_the_bootstrap_encloses_the_rate_and_stays_a_proportion(
    table: list[list[bool]], seed: int
) -> None:
    low, high = bootstrap_rate(table, seed=seed, resamples=60)
    assert 0 <= low <= mean_rate(table) <= high <= 1
    assert low < high


@given(TABLES, st.integers(0, 2**64))
def test_the_bootstrap_is_a_function_of_its_seed(table: list[list[bool]], seed: int) -> None:
    one = bootstrap_rate(table, seed=seed, resamples=40)
    assert bootstrap_rate([tuple(seat) for seat in table], seed=seed, resamples=40) == one


@given(TABLES, st.integers(0, 2**64))
def test_the_bootstrap_draws_seats_and_then_their_samples(
    table: list[list[bool]], seed: int
) -> None:
    """Written out plainly: the quick way draws the very same."""
    if is_unanimous(table) or len(table) == 1:
        return
    dice = random.Random(seed)
    means: list[float] = []
    for _ in range(40):
        seats = dice.choices(table, k=len(table))
        means.append(fmean(fmean(dice.choices(seat, k=len(seat))) for seat in seats))
    low, high = bootstrap_rate(table, seed=seed, resamples=40, confidence=0.5)
    ends = quantiles(means, n=4, method="inclusive")
    assert low == pytest.approx(min(ends[0], mean_rate(table)), abs=1e-12)
    assert high == pytest.approx(max(ends[2], mean_rate(table)), abs=1e-12)


def test_another_seed_gives_another_interval() -> None:
    table = [[True, False, True], [True, True, False], [False, False, True], [True, True, True]]
    found = {bootstrap_rate(table, seed=seed, resamples=50) for seed in range(8)}
    assert len(found) > 1


@pytest.mark.parametrize("ship", [True, False])
@pytest.mark.parametrize("seats", [1, 4, 5])
def test_a_unanimous_table_falls_back_to_wilson_over_seats(ship: bool, seats: int) -> None:
    table = [[ship] * 10] * seats
    assert bootstrap_rate(table, seed=1) == wilson(seats if ship else 0, seats)


def test_a_single_seat_is_no_sample_of_seats() -> None:
    assert bootstrap_rate([[True, True, False]], seed=1) == wilson(1, 1)


@pytest.mark.parametrize(
    ("table", "unanimous"),
    [([[True], [True]], True), ([[False, False]], True), ([[True], [False]], False)],
)
def test_unanimity(table: list[list[bool]], unanimous: bool) -> None:
    assert is_unanimous(table) is unanimous


def test_seats_that_differ_widen_the_interval_more_than_samples_that_differ() -> None:
    """Ten samples of five seats are five opinions, not fifty."""
    between = [[True] * 10, [True] * 10, [True] * 10, [False] * 10, [False] * 10]
    within = [[True] * 6 + [False] * 4] * 5
    low, high = bootstrap_rate(between, seed=3)
    inner_low, inner_high = bootstrap_rate(within, seed=3)
    assert mean_rate(between) == pytest.approx(mean_rate(within))
    assert high - low > 2 * (inner_high - inner_low)


@pytest.mark.parametrize(
    ("table", "resamples", "confidence", "message"),
    [
        ([], 10, 0.95, "at least one seat"),
        ([[True], []], 10, 0.95, "one sample of every seat"),
        ([[True], [False]], 0, 0.95, "at least one resample"),
        ([[True], [False]], 10, 1.5, "between 0 and 1"),
    ],
)
def test_the_bootstrap_refuses_what_cannot_be(
    table: list[list[bool]], resamples: int, confidence: float, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        bootstrap_rate(table, seed=1, resamples=resamples, confidence=confidence)


def test_the_bootstrap_covers_the_truth_of_a_large_panel_about_as_often_as_it_says() -> None:
    """Thirty seats whose ship rates are drawn around 0.5; fixed seeds, so never by chance."""
    dice = random.Random(11)
    covered = 0
    for trial in range(100):
        rates = [dice.random() for _ in range(30)]
        table = [[dice.random() < rate for _ in range(4)] for rate in rates]
        low, high = bootstrap_rate(table, seed=trial, resamples=200)
        covered += low <= 0.5 <= high
    assert 90 <= covered <= 100
