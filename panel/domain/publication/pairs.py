"""Which pairs of models get a page, chosen from entries alone so that long lists stay quick."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from panel.domain.publication.entry import Entry
from panel.domain.publication.related import Related
from panel.domain.value import Digest, Slug, Value

How = Literal["related", "all", "listed"]
Pair = tuple[Slug, Slug]

MOST = 5
"""Most partners chosen for one model; others may choose it besides."""


class Unpaired(Value):
    """A listed pair that gets no page.

    Attributes:
        listed: As it was written.
        reason: Why, in words.
    """

    listed: str
    reason: str


def pairs(
    entries: Mapping[str, Entry], how: How, listed: Sequence[str], days: int
) -> tuple[Pair, ...]:
    """The pairs that get a page, sorted, each in order of its slugs.

    Args:
        entries: Every model that readers see, by slug.
        how: `related`, `all`, or only what is `listed`.
        listed: Pairs that always get a page where they can be compared, as `SLUG:SLUG`.
        days: Most days that the dossiers of two compared models may lie apart.
    """
    found = {pair for pair, reason in _listed(entries, listed, days) if pair and not reason}
    if how == "all":
        found.update(_all(entries, days))
    elif how == "related":
        found.update(_related(entries, days))
    return tuple(sorted(found))


def unpaired(
    entries: Mapping[str, Entry], listed: Sequence[str], days: int
) -> tuple[Unpaired, ...]:
    """The listed pairs that get no page, each with the reason.

    Args:
        entries: Every model that readers see, by slug.
        listed: Pairs as `SLUG:SLUG`.
        days: Most days that the dossiers of two compared models may lie apart.
    """
    found = zip(listed, _listed(entries, listed, days), strict=True)
    return tuple(Unpaired(listed=text, reason=reason) for text, (_, reason) in found if reason)


def fits(a: Entry, b: Entry, days: int) -> bool:
    """Whether two models may be compared, by what their entries say.

    Args:
        a: One model.
        b: Another.
        days: Most days that their dossiers may lie apart.
    """
    return a.slug != b.slug and a.panel == b.panel and abs((a.as_of - b.as_of).days) <= days


def _listed(
    entries: Mapping[str, Entry], listed: Sequence[str], days: int
) -> Iterator[tuple[Pair | None, str]]:
    """Each listed pair with the reason why it gets no page; empty when it gets one."""
    for text in listed:
        one, colon, two = (part.strip() for part in text.partition(":"))
        missing = [slug for slug in (one, two) if slug not in entries]
        if not colon or one == two:
            yield None, "a pair is written SLUG:SLUG, with two slugs"
        elif missing:
            yield None, f"nothing is published about {' and '.join(missing)}"
        elif fits(entries[one], entries[two], days):
            yield _pair(one, two), ""
        else:
            yield _pair(one, two), f"they cannot be compared; see: shipskip compare {one} {two}"


def _pair(one: Slug, two: Slug) -> Pair:
    return (one, two) if one < two else (two, one)


def _by_panel(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Models that equal panels reviewed, by the day of their dossier."""
    groups: dict[Digest, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.panel].append(entry)
    for group in groups.values():
        yield sorted(group, key=lambda entry: (entry.as_of, entry.slug))


def _all(entries: Mapping[str, Entry], days: int) -> Iterator[Pair]:
    for group in _by_panel(entries.values()):
        for at, entry in enumerate(group):
            for other in group[at + 1 :]:
                if not fits(entry, other, days):
                    break
                yield _pair(entry.slug, other.slug)


def _related(entries: Mapping[str, Entry], days: int) -> Iterator[Pair]:
    """The first of what each model is related to, among those that equal panels reviewed."""
    for group in _by_panel(entries.values()):
        related = Related(group)
        for entry in group:
            found = [other for other in related.of(entry) if fits(entry, other, days)]
            yield from (_pair(entry.slug, other.slug) for other in found[:MOST])
