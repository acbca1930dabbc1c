"""What happened around a model, by day: its release, its sources, what became known, our editions.

Only days that a record carries; an undated source stands in the list of sources alone.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Literal

from panel.domain.fact import Fact
from panel.domain.publication.release import Published
from panel.domain.value import Value
from panel.publishing.words import counted, one_line

MOST_FACTS = 8
"""Facts of one day on the timeline; all of them stand in the list of facts."""

EventKind = Literal["release", "fact", "source", "edition"]


class Event(Value):
    """Something that happened.

    Attributes:
        kind: What sort of thing.
        text: What, in words.
        link: Id of its place on the page; empty without one.
        doubtful: Whether it is in dispute or superseded.
    """

    kind: EventKind
    text: str
    link: str = ""
    doubtful: bool = False


class Moment(Value):
    """A day on which something happened.

    Attributes:
        day: The day.
        events: What happened, with at most `MOST_FACTS` facts: undisputed ones that
            something rests on first.
        more: How many facts are left out.
    """

    day: dt.date
    events: tuple[Event, ...]
    more: int = 0

    @property
    def count(self) -> int:
        """Everything that happened."""
        return len(self.events) + self.more


def timeline(published: Published, cited: Collection[str]) -> tuple[Moment, ...]:
    """What happened, by day.

    Args:
        published: The model.
        cited: Ids of the facts that something rests on.
    """
    dossier = published.edition.dossier
    found = defaultdict[dt.date, list[Event]](list)
    if dossier.released:
        text = f"{dossier.name} is released"
        found[dossier.released].append(Event(kind="release", text=text))
    for source in dossier.sources:
        if source.published:
            text = f"{one_line(source.publisher)}: {one_line(source.title)}"
            found[source.published].append(Event(kind="source", text=text, link=source.id))
    for fact in dossier.facts:
        found[fact.as_of].append(_known(fact, open_=bool(dossier.disputes(fact.id))))
    for release in published.releases:
        if release.kind != "draft":
            card = release.edition.card
            seats = counted(card.seats, "seat")
            told = f"Our verdict is {release.kind}: {card.ships} of {seats} ship"
            day = release.at.astimezone(dt.UTC).date()
            found[day].append(Event(kind="edition", text=told))
    return tuple(_moment(day, found[day], cited) for day in sorted(found))


def _known(fact: Fact, *, open_: bool) -> Event:
    doubt = "disputed" if open_ else fact.standing
    doubtful = doubt in ("disputed", "superseded")
    text = one_line(fact.brief) + (f" ({doubt})" if doubtful else "")
    return Event(kind="fact", text=text, link=fact.id, doubtful=doubtful)


def _moment(day: dt.date, events: Sequence[Event], cited: Collection[str]) -> Moment:
    facts = [event for event in events if event.kind == "fact"]
    order = sorted(facts, key=lambda event: (event.doubtful, event.link not in cited))
    first = order[:MOST_FACTS]
    shown = [event for event in events if event.kind != "fact" or event in first]
    return Moment(day=day, events=tuple(shown), more=len(facts) - len(first))
