"""The public record of a persona: how often it ships, dissents, is edited, and foresees rightly.

Made of entries alone, so that thousands of models cost nothing; a rate never stands without its
interval and its n.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from panel.domain.publication.entry import Entry, EntrySeat
from panel.domain.publication.predictions import (
    Forecast,
    PredictionEnd,
    PredictionName,
    forecasts,
)
from panel.domain.scorecard import Interval
from panel.domain.statistics import wilson
from panel.domain.value import Slug, Value


class Share(Value):
    """A part of a number of cases, with its 95 % interval by Wilson.

    Attributes:
        count: Cases that are meant.
        n: All cases.
    """

    count: int
    n: int

    @property
    def rate(self) -> float | None:
        """The share, 0 to 1; None without a case."""
        return self.count / self.n if self.n else None

    @property
    def interval(self) -> Interval | None:
        """Its interval; None without a case."""
        if not self.n:
            return None
        low, high = wilson(self.count, self.n)
        return Interval(low=low, high=high, method="wilson", n=self.n)


class Call(Value):
    """What a persona said about one model.

    Attributes:
        entry: The model.
        seat: The persona's seat there.
    """

    entry: Entry
    seat: EntrySeat


class Record(Value):
    """What a persona has published.

    Attributes:
        persona: Its id.
        name: What pages call it, as on the newest model.
        calls: Every model it sat for, newest first.
        ships: How many of its calls are ships.
        dissents: How many of its calls oppose the outcome.
        edited: How many of its seats an editor changed words of, or rejected.
        silent: Seats without a call.
        forecasts: Its predictions by day.
        came_true: How many of the predictions that turned out one way or the other came true.
    """

    persona: Slug
    name: str
    calls: tuple[Call, ...]
    ships: Share
    dissents: Share
    edited: Share
    silent: int
    forecasts: tuple[Forecast, ...]
    came_true: Share


def records(
    entries: Iterable[Entry], ends: Mapping[PredictionName, PredictionEnd]
) -> Mapping[str, Record]:
    """The record of every persona, by id in order of the ids.

    Drafts that nobody approved count for nothing.

    Args:
        entries: The models.
        ends: How predictions turned out.
    """
    shown = [entry for entry in entries if entry.kind != "draft"]
    newest = sorted(shown, key=lambda entry: (entry.first, entry.slug), reverse=True)
    calls = defaultdict[str, list[Call]](list)
    for entry in newest:
        for seat in entry.seats:
            calls[seat.persona].append(Call(entry=entry, seat=seat))
    foreseen = defaultdict[str, list[Forecast]](list)
    for forecast in forecasts(shown, ends):
        foreseen[forecast.persona].append(forecast)
    return {name: _record(name, calls[name], foreseen[name]) for name in sorted(calls)}


def _record(persona: str, calls: list[Call], foreseen: list[Forecast]) -> Record:
    made = [call.seat for call in calls if call.seat.call is not None]
    ended = [one.end.outcome for one in foreseen if one.end and one.end.outcome != "unclear"]
    return Record(
        persona=persona,
        name=calls[0].seat.name or persona,
        calls=tuple(calls),
        ships=Share(count=sum(seat.call == "ship" for seat in made), n=len(made)),
        dissents=Share(count=sum(seat.dissents for seat in made), n=len(made)),
        edited=Share(count=sum(call.seat.edited for call in calls), n=len(calls)),
        silent=len(calls) - len(made),
        forecasts=tuple(foreseen),
        came_true=Share(count=ended.count("came-true"), n=len(ended)),
    )
