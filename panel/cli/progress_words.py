"""How far a run is, in words: the same in the live view, in plain lines and in `runs show`."""

from decimal import Decimal

from panel.domain.progress import Ledger, Progress, SeenFailure
from panel.publishing.words import money, one_line, percent


def percent_done(progress: Progress) -> int:
    """Reviews that are kept, in whole per cent of those ordered; 100 only when all are."""
    return 100 * progress.done // progress.reviews if progress.reviews else 100


def usd(amount: Decimal) -> str:
    """An amount as a person reads it at a glance: cents from a dollar on.

    Args:
        amount: USD.
    """
    return money(amount.quantize(Decimal("0.01") if amount >= 1 else Decimal("0.000001")))


def duration(seconds: float) -> str:
    """A time in words, e.g. `45 s`, `12 min`, `3 h 5 min`.

    Args:
        seconds: How long.
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60:,} h {minutes % 60} min"


def speed_words(progress: Progress) -> str:
    """Calls of the last minute and the part of the tokens that came from the cache."""
    calls = f"{progress.last_minute:,} calls in the last minute"
    share = progress.ledger.cached_share
    return calls if share is None else f"{calls}, {percent(share)} of tokens sent were cached"


def ledger_words(ledger: Ledger) -> str:
    """What was spent, and what nobody knows."""
    words = usd(ledger.spent) if ledger.spent else "nothing" if not ledger.unknown else ""
    if ledger.unknown:
        unknown = f"{ledger.unknown:,} calls of unknown cost"
        words = f"{words} and {unknown}" if words else unknown
    return words


def at_risk_words(ledger: Ledger) -> str:
    """Calls that may be billed unseen, with the most they may cost; empty when there is none."""
    calls = ledger.unknown + ledger.unanswered
    if not calls:
        return ""
    most = "nobody knows how much" if ledger.at_risk is None else f"at most {usd(ledger.at_risk)}"
    return f"{ledger.unanswered:,} never answered, {ledger.unknown:,} of unknown cost: {most}"


def cost_words(progress: Progress) -> str:
    """Spent so far, and in all if it goes on like this."""
    words = f"{ledger_words(progress.ledger)} so far"
    projected = progress.projected_cost
    if projected and progress.state == "running":
        words += f", about {usd(projected)} in all"
    return words


def time_words(progress: Progress) -> str:
    """Time worked, and time left."""
    words = duration(progress.working)
    if progress.seconds_left is None:
        return words
    return f"{words}, about {duration(progress.seconds_left)} left"


def kind_words(progress: Progress) -> str:
    """Failures by kind, most frequent first."""
    kinds = sorted(progress.kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    return ", ".join(f"{count:,} {kind}" for kind, count in kinds)


def failure_words(seen: SeenFailure) -> str:
    """One failure in one line."""
    return f"{seen.slug}, {seen.persona}: {seen.kind}: {one_line(seen.detail)}"


def line(progress: Progress) -> str:
    """How far a run is, in one line for a log."""
    left = progress.seconds_left
    ledger = progress.ledger
    reviews = f"{progress.done:,} of {progress.reviews:,} reviews, {progress.failed:,} failed"
    if progress.state == "running":
        reviews += f", {ledger.unanswered:,} in flight"
    parts = [
        f"{percent_done(progress)} %: {reviews}",
        f"{progress.last_minute:,} calls/min",
        f"{percent(ledger.cached_share)} cached" if ledger.cached_share is not None else "",
        cost_words(progress),
        f"about {duration(left)} left" if left is not None else "",
        progress.state if progress.state != "running" else "",
    ]
    return "; ".join(part for part in parts if part)
