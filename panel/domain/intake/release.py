"""Models that have been seen somewhere and have no dossier yet; one model is one entry.

The same model stands in many feeds under many spellings, and in a hub once for every quantisation;
all of them are sightings of one entry.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Sequence
from typing import Annotated

from pydantic import Field

from panel.domain.checks.naming import Name, names
from panel.domain.typography import fold
from panel.domain.value import Value, slugify

MAX_ENTRIES = 2000
"""Entries that are kept; the oldest go first."""

MAX_SIGHTINGS = 20
"""Sightings of one model that are kept; more say nothing new."""

_VARIANT = re.compile(
    r"(?:[-_.: ](?:gguf|awq|gptq|exl2|mlx|onnx|fp8|fp16|bf16|int4|int8|nf4|nvfp4|mxfp4|w4a4|w4a16"
    r"|w8a8|[348]-?bit|quantized|free|beta|extended|hf|dynamic))+$",
    re.IGNORECASE,
)
_SHORTEST = 3
"""A name of so few letters is none without its maker's."""

_HARDWARE = re.compile(r"(?:rtx|gtx|rx|arc|epyc|ryzen|xeon|mi|[abhm])-?\d", re.IGNORECASE)
_SIZE = re.compile(r"\d[\d.,]*\s?(?:b|m|k|t|gb|mb|tb|x|bit|st|nd|rd|th|g)?", re.IGNORECASE)
_LETTERS_AND_DIGITS = re.compile(r"(?=.*[a-z]{2})(?=.*\d)", re.IGNORECASE)


class Sighting(Value):
    """One place where a model was seen.

    Attributes:
        name: The model's name there.
        vendor: Who makes it, as far as the place tells; empty when it does not.
        address: What to build a dossier from.
        title: What the place says, e.g. a headline.
        published: Day on which the place says it.
        seen_in: The subscription it came with.
    """

    name: Annotated[str, Field(min_length=1, max_length=120)]
    vendor: Annotated[str, Field(max_length=80)] = ""
    address: Annotated[str, Field(min_length=1, max_length=500)]
    title: Annotated[str, Field(max_length=200)] = ""
    published: dt.date | None = None
    seen_in: str


class Entry(Value):
    """A model that was seen.

    Attributes:
        id: Its slug, by which an editor names it.
        name: Its name.
        vendor: Who makes it; empty when nobody said.
        first_seen: Day on which it was first seen.
        sightings: Where, the first one first.
    """

    id: str
    name: str
    vendor: str = ""
    first_seen: dt.date
    sightings: Annotated[tuple[Sighting, ...], Field(min_length=1)]

    @property
    def addresses(self) -> tuple[str, ...]:
        """What a dossier can be built from, each place once."""
        return tuple(dict.fromkeys(one.address for one in self.sightings))


def keys_of(name: str, vendor: str = "") -> tuple[str, ...]:
    """What the spellings of a model's name have in common, with and without its maker's name.

    Args:
        name: A name, e.g. `acme/Nova-7-FP8` or `Acme: Nova 7 (free)`.
        vendor: Its maker, whose name may stand before it.
    """
    plain = re.sub(r"\s*\([^)]*\)$", "", fold(name).text)
    plain = _VARIANT.sub("", plain.rpartition("/")[2])
    slug = slugify(plain.partition(": ")[2] or plain)
    maker = slugify(vendor)
    bare = slug.removeprefix(f"{maker}-") if maker else slug
    found = (slug, bare if len(bare) > _SHORTEST else slug)
    return tuple(dict.fromkeys(one.replace("-", "") for one in found if one))


def model_in(headline: str) -> str:
    """The model a headline names first; empty when it names none.

    Args:
        headline: Any line.
    """
    for name in names(headline):
        if _is_model(name, headline[name.start : name.end]):
            return headline[name.start : name.end]
    return ""


def vendor_in(headline: str) -> str:
    """The vendor a headline names first; empty when it names none.

    Args:
        headline: Any line.
    """
    return next(
        (headline[one.start : one.end] for one in names(headline) if one.sort == "vendor"), ""
    )


def _is_model(name: Name, words: str) -> bool:
    if name.sort == "family":
        return any(map(str.isdigit, words)) or " " in words
    if name.sort != "mixed" or not words[0].isupper():
        return False
    thing = _SIZE.fullmatch(words) or _HARDWARE.match(words)
    return not thing and "-" in words and bool(_LETTERS_AND_DIGITS.search(words))


def gathered(
    entries: Sequence[Entry], sightings: Iterable[Sighting], day: dt.date
) -> tuple[Entry, ...]:
    """Entries with further sightings; a model seen before gets no second entry.

    Args:
        entries: What is known.
        sightings: What was seen now.
        day: Today.
    """
    found = list(entries)
    known = {key: at for at, entry in enumerate(found) for key in keys_of(entry.name, entry.vendor)}
    for one in sightings:
        keys = keys_of(one.name, one.vendor)
        at = next((known[key] for key in keys if key in known), None)
        if at is None and keys:
            made = slugify(_VARIANT.sub("", one.name)) or keys[0]
            known.update(dict.fromkeys(keys, len(found)))
            found.append(
                Entry(id=made, name=one.name, vendor=one.vendor, first_seen=day, sightings=(one,))
            )
        elif at is not None:
            found[at] = _with(found[at], one)
    return tuple(found[-MAX_ENTRIES:])


def _with(entry: Entry, one: Sighting) -> Entry:
    if one.address in entry.addresses or len(entry.sightings) >= MAX_SIGHTINGS:
        return entry
    more = {"sightings": (*entry.sightings, one), "vendor": entry.vendor or one.vendor}
    return entry.model_copy(update=more)


def without_dossier(entries: Iterable[Entry], slugs: Collection[str]) -> tuple[Entry, ...]:
    """The entries of models that have no dossier.

    Args:
        entries: Any entries.
        slugs: Slugs of the dossiers.
    """
    have = {slug.replace("-", "") for slug in slugs}

    def known(entry: Entry) -> bool:
        both = f"{entry.vendor} {entry.name}"
        return not have.isdisjoint((*keys_of(entry.name, entry.vendor), *keys_of(both)))

    return tuple(entry for entry in entries if not known(entry))
