"""Intervals for ship rates: small panels say little, and the page has to show how little."""

import math
import random
from collections.abc import Sequence
from statistics import NormalDist, fmean


def wilson(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a proportion, without continuity correction.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927), 209-212. With z the normal quantile
    of the confidence and p = successes / n, the ends are
    (p + z^2/2n -+ z * sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n).

    Args:
        successes: Number of successes, 0 to n.
        n: Number of trials, at least 1.
        confidence: Confidence level, between 0 and 1.

    Returns:
        Lower and upper end; exactly 0 without a success, exactly 1 without a failure.

    Raises:
        ValueError: For counts or a confidence out of their range.
    """
    _check_confidence(confidence)
    if n < 1:
        raise ValueError(f"an interval needs at least one trial, not {n}")
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} successes in {n} trials cannot be")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    p = successes / n
    centre = p + z * z / (2 * n)
    reach = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if successes == 0 else (centre - reach) / scale
    high = 1.0 if successes == n else (centre + reach) / scale
    return max(0.0, low), min(1.0, high)


def bootstrap_rate(
    samples: Sequence[Sequence[bool]],
    *,
    seed: int,
    resamples: int = 2000,
    confidence: float = 0.95,
) -> tuple[float, float]:
    """Percentile interval of the mean ship rate of seats, by a bootstrap on two levels.

    Each resample draws as many seats as there are, with replacement, and within each drawn seat as
    many samples as it has, with replacement; its statistic is the mean of the seats' rates. Source:
    A. C. Davison and D. V. Hinkley, "Bootstrap Methods and their Application" (1997), section 3.8,
    and for the percentile interval B. Efron, "Nonparametric standard errors and confidence
    intervals", Canadian Journal of Statistics 9 (1981), 139-158.

    A table of one value throughout would give an interval of width zero, which claims a certainty
    that a handful of seats cannot have; then, and for a single seat, the interval is Wilson's over
    the seats.

    Args:
        samples: Per seat, whether each of its samples is a ship.
        seed: Seed of the resampling; equal seeds give equal intervals.
        resamples: Number of resamples, at least 1.
        confidence: Confidence level, between 0 and 1.

    Returns:
        Lower and upper end, which always enclose the observed rate.

    Raises:
        ValueError: Without a seat, for a seat without a sample, or for numbers out of range.
    """
    _check_confidence(confidence)
    if not samples or not all(samples):
        raise ValueError("a bootstrap needs at least one seat, and one sample of every seat")
    if resamples < 1:
        raise ValueError(f"a bootstrap needs at least one resample, not {resamples}")
    observed = fmean(fmean(seat) for seat in samples)
    if is_unanimous(samples) or len(samples) == 1:
        return wilson(round(observed * len(samples)), len(samples), confidence)
    dice = random.Random(seed)  # noqa: S311
    means = sorted(_resample(samples, dice) for _ in range(resamples))
    tail = (1 - confidence) / 2
    low, high = _quantile(means, tail), _quantile(means, 1 - tail)
    return min(low, observed), max(high, observed)


def is_unanimous(samples: Sequence[Sequence[bool]]) -> bool:
    """Whether all samples of all seats say the same."""
    return len({ship for seat in samples for ship in seat}) <= 1


def _resample(samples: Sequence[Sequence[bool]], dice: random.Random) -> float:
    """The mean of one resample; draws what `dice.choices` would draw, at a third of its cost."""
    roll, seats = dice.random, len(samples)
    drawn = [samples[int(roll() * seats)] for _ in range(seats)]
    rates: list[float] = []
    for seat in drawn:
        count = len(seat)
        if True in seat and False in seat:
            rates.append(sum([seat[int(roll() * count)] for _ in range(count)]) / count)
        else:
            dice.getrandbits(64 * count)  # the dice move on as far as so many draws move them
            rates.append(float(seat[0]))
    return math.fsum(rates) / seats


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Quantile with linear interpolation between neighbours (Hyndman and Fan's type 7)."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _check_confidence(confidence: float) -> None:
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence lies between 0 and 1, {confidence} does not")
