"""One model of a list in words, for places that hold no page: feeds, drawings, exports, embeds."""

from panel.domain.publication.entry import Entry
from panel.domain.scorecard import Outcome
from panel.publishing.words import counted, one_line, percent

OUTCOMES: dict[Outcome, str] = {
    "ship": "Ship",
    "skip": "Skip",
    "split": "Split",
    "no_quorum": "No quorum",
}


def name_of(entry: Entry) -> str:
    """Its name, without what a reader cannot see."""
    return one_line(entry.name)


def seats_line(entry: Entry) -> str:
    """How its panel voted, e.g. `3 of 5 seats ship it`."""
    failed = entry.answered < len(entry.seats)
    answered = f", {entry.answered} of {len(entry.seats)} answered" if failed else ""
    return f"{entry.ships} of {counted(len(entry.seats), 'seat')} ship it{answered}"


def rate_line(entry: Entry) -> str:
    """Its ship rate with n and interval; says so when too few seats answered for one."""
    if entry.rate is None or entry.low is None or entry.high is None:
        return "too few seats answered for a result"
    span = f"{percent(entry.low)} to {percent(entry.high)}"
    return f"{percent(entry.rate)}, 95 % interval {span}, n = {entry.n}"


def result_line(entry: Entry) -> str:
    """Its result in one line, e.g. `Ship: 3 of 5 seats ship it (60 %, ...)`."""
    return f"{OUTCOMES[entry.outcome]}: {seats_line(entry)} ({rate_line(entry)})"
