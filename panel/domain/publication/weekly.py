"""What happened between two days, from short histories alone: new, changed, close, corrected, gone.

A digest tells of releases, not of models: what it says about a week stays true when more follows.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property

from pydantic import AwareDatetime

from panel.domain.publication.entry import Entry, EntryRelease
from panel.domain.value import Digest, Slug, Value, digest_of

CLOSE = 3
"""Most models that are named as close."""

_CLOSE_MARGIN = Fraction(1, 5)
"""How far from half and half a panel may be to be called close: one of five seats either way."""


class Item(Value):
    """One model in a digest.

    Attributes:
        slug: Its slug.
        name: Its name.
        vendor: Who makes it.
        tagline: One line about it.
        release: The release that the digest tells of.
        before: The release before that; None when there was none.
        dissent: Headlines of the seats that oppose the outcome, each after the name of its persona;
            only while the release is what readers see.
        editors: Who answers for those words.
        retracted: The day it was retracted; None while readers see it.
    """

    slug: Slug
    name: str
    vendor: str
    tagline: str
    release: EntryRelease
    before: EntryRelease | None = None
    dissent: tuple[tuple[str, str], ...] = ()
    editors: tuple[str, ...] = ()
    retracted: dt.date | None = None

    @property
    def is_flip(self) -> bool:
        """Whether the outcome is another than before."""
        return self.before is not None and self.before.outcome != self.release.outcome


class Gone(Value):
    """A model that was retracted.

    Attributes:
        slug: Its slug.
        name: Its name.
        vendor: Who makes it.
        at: When.
        note: What readers are told.
    """

    slug: Slug
    name: str
    vendor: str
    at: AwareDatetime
    note: str


class Weekly(Value):
    """What happened between two days.

    Attributes:
        since: The first day, in UTC.
        until: The last day.
        new: Models that went live for the first time, by name.
        changed: Models that went live again with another result, flips first.
        again: Models that went live again with the same result.
        corrected: Models that were corrected, by name.
        gone: Models that were retracted, by name.
        close: Those of the new and the changed whose panels were closest to half and half.
    """

    since: dt.date
    until: dt.date
    new: tuple[Item, ...]
    changed: tuple[Item, ...]
    again: tuple[Item, ...]
    corrected: tuple[Item, ...]
    gone: tuple[Gone, ...]
    close: tuple[Slug, ...]

    @property
    def name(self) -> str:
        """What it is called in addresses: `2026-w47` for a whole week, else both days."""
        year, week, weekday = self.since.isocalendar()
        is_week = weekday == 1 and self.until - self.since == dt.timedelta(days=6)
        return week_name(year, week) if is_week else f"{self.since}--{self.until}"

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened."""
        return not (self.new or self.changed or self.again or self.corrected or self.gone)

    @property
    def flips(self) -> tuple[Item, ...]:
        """The changed whose outcome is another than before."""
        return tuple(item for item in self.changed if item.is_flip)

    @cached_property
    def digest(self) -> Digest:
        """Changes whenever any of it does."""
        return digest_of("weekly", self)


def week_name(year: int, week: int) -> str:
    """What an ISO week is called, e.g. `2026-w07`.

    Args:
        year: ISO year.
        week: Its week, from 1.
    """
    return f"{year}-w{week:02d}"


def day_of(at: dt.datetime) -> dt.date:
    """The day of an instant, in UTC."""
    return at.astimezone(dt.UTC).date()


def weekly(entries: Iterable[Entry], since: dt.date, until: dt.date) -> Weekly:
    """What happened between two days.

    Args:
        entries: All models, the retracted included.
        since: The first day, in UTC.
        until: The last day.

    Raises:
        ValueError: When the last day lies before the first.
    """
    if until < since:
        raise ValueError(f"a digest cannot begin on {since} and end on {until}")
    found: dict[str, list[Item]] = {"new": [], "changed": [], "again": [], "corrected": []}
    gone: list[Gone] = []
    for entry in entries:
        for kind, item in _told(entry, since, until):
            found[kind].append(item)
        if entry.retracted and since <= day_of(entry.retracted) <= until:
            gone.append(_gone(entry, entry.retracted))
    return Weekly(
        since=since,
        until=until,
        new=_by_name(found["new"]),
        changed=tuple(sorted(_by_name(found["changed"]), key=_flips_first)),
        again=_by_name(found["again"]),
        corrected=_by_name(found["corrected"]),
        gone=tuple(sorted(gone, key=lambda one: (one.name.lower(), one.slug))),
        close=_closest([*found["new"], *found["changed"]]),
    )


def weeks(entries: Iterable[Entry]) -> Mapping[str, Weekly]:
    """Every ISO week in which anything happened, by name, the newest first.

    Args:
        entries: All models, the retracted included.
    """
    by_monday: dict[dt.date, dict[str, Entry]] = {}
    for entry in entries:
        instants = [release.at for release in entry.history if release.kind != "draft"]
        for at in [*instants, *([entry.retracted] if entry.retracted else [])]:
            by_monday.setdefault(_monday(day_of(at)), {})[entry.slug] = entry
    made = (
        weekly(by_monday[monday].values(), monday, monday + dt.timedelta(days=6))
        for monday in sorted(by_monday, reverse=True)
    )
    return {one.name: one for one in made if not one.is_empty}


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _told(entry: Entry, since: dt.date, until: dt.date) -> Iterable[tuple[str, Item]]:
    """What a digest tells of one model: its result at the end, and every correction."""
    public = [release for release in entry.history if release.kind != "draft"]
    inside = [one for one in public if since <= day_of(one.at) <= until]
    if not inside:
        return
    before = [one for one in public if day_of(one.at) < since]
    last = inside[-1]
    if not before:
        yield "new", _item(entry, last, None)
    elif _result(last) != _result(before[-1]):
        yield "changed", _item(entry, last, before[-1])
    elif any(one.kind == "published" for one in inside):
        yield "again", _item(entry, last, before[-1])
    for place, release in enumerate(inside):
        if release.kind == "corrected":
            earlier = [*before, *inside[:place]]
            yield "corrected", _item(entry, release, earlier[-1] if earlier else None)


def _item(entry: Entry, release: EntryRelease, before: EntryRelease | None) -> Item:
    is_shown = release == entry.history[-1] and entry.retracted is None
    seats = [seat for seat in entry.seats if seat.dissents] if is_shown else []
    return Item(
        slug=entry.slug,
        name=entry.name,
        vendor=entry.vendor,
        tagline=entry.tagline,
        release=release,
        before=before,
        dissent=tuple((seat.name or seat.persona, seat.headline) for seat in seats),
        editors=entry.editors if seats else (),
        retracted=day_of(entry.retracted) if entry.retracted else None,
    )


def _gone(entry: Entry, at: dt.datetime) -> Gone:
    return Gone(
        slug=entry.slug, name=entry.name, vendor=entry.vendor, at=at, note=entry.why_retracted
    )


def _result(release: EntryRelease) -> tuple[str, int, int, int]:
    return release.outcome, release.ships, release.answered, release.seats


def _by_name(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda one: (one.name.lower(), one.slug, one.release.at)))


def _flips_first(item: Item) -> tuple[bool, Fraction]:
    """Flips before other changes, the largest change of the share of ships first."""
    moved = Fraction(0)
    if item.before and item.before.answered and item.release.answered:
        was = Fraction(item.before.ships, item.before.answered)
        moved = abs(Fraction(item.release.ships, item.release.answered) - was)
    return not item.is_flip, -moved


def _closest(items: Iterable[Item]) -> tuple[Slug, ...]:
    close = [
        (margin, item.name.lower(), item.slug)
        for item in items
        if item.release.outcome != "no_quorum"
        and item.retracted is None
        and item.release.answered
        and (margin := _margin(item.release)) <= _CLOSE_MARGIN
    ]
    return tuple(slug for _, _, slug in sorted(close)[:CLOSE])


def _margin(release: EntryRelease) -> Fraction:
    """How far the seats that answered are from half and half, 0 to 1."""
    return abs(2 * Fraction(release.ships, release.answered) - 1)
