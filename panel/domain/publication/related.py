"""Which other models a reader of one may want: the rivals it names, then its nearest neighbours.

Looked up in tables made once, since a site of ten thousand models has a hundred million pairs.
"""

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

from panel.domain.publication.entry import Entry
from panel.domain.value import slugify

MOST = 6
"""Related models of one model."""


class Related:
    """Finds related models.

    Args:
        entries: All models that readers see.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._named: dict[str, Entry] = {}
        self._naming = defaultdict[str, list[Entry]](list)
        self._near = defaultdict[str, list[tuple[dt.date, str, Entry]]](list)
        for entry in sorted(entries, key=lambda entry: entry.slug):
            self._named.setdefault(plain(entry.name), entry)
            for rival in entry.rivals:
                self._naming[plain(rival)].append(entry)
            self._near[plain(entry.category)].append((_day(entry), entry.slug, entry))
        for row in self._near.values():
            row.sort(key=lambda place: place[:2])

    def rivals(self, entry: Entry) -> tuple[Entry, ...]:
        """Models of the site that it is compared with by name, or that name it.

        Args:
            entry: The model.
        """
        named = (self._named.get(plain(rival)) for rival in entry.rivals)
        naming = self._naming.get(plain(entry.name), [])[:MOST]
        found = {one.slug: one for one in (*named, *naming) if one and one.slug != entry.slug}
        return tuple(found.values())

    def of(self, entry: Entry) -> tuple[Entry, ...]:
        """At most `MOST` models: rivals first, then the nearest in time of the same category.

        Args:
            entry: The model.
        """
        found = {one.slug: one for one in self.rivals(entry)}
        for one in self._neighbours(entry):
            if len(found) >= MOST:
                break
            found.setdefault(one.slug, one)
        return tuple(found.values())[:MOST]

    def _neighbours(self, entry: Entry) -> Iterator[Entry]:
        """Others of its category, nearest day first; of two equally near, the newer."""
        row = self._near[plain(entry.category)]
        day = _day(entry)
        at = bisect_left(row, (day, entry.slug), key=lambda place: place[:2])
        around = row[max(0, at - 2 * MOST) : at + 2 * MOST + 1]
        nearest = sorted(around, key=lambda place: (abs(place[0] - day), day > place[0], place[1]))
        return (one for _, _, one in nearest if one.slug != entry.slug)


def plain(name: str) -> str:
    """A name as it is compared: letters and digits only, so that `Qwen 3.6` is `qwen3-6`."""
    return slugify(name).replace("-", "") or name.casefold()


def _day(entry: Entry) -> dt.date:
    return entry.released or entry.as_of
