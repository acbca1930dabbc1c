"""Finds models in what an editor subscribes to: feeds, a hub's organisation, a list of models.

What a subscription is shows in its answer, so that its address alone is enough.
"""

import datetime as dt
import io
import json
import urllib.parse
from collections.abc import Iterator, Mapping
from typing import Any, cast

import feedparser  # pyright: ignore[reportMissingTypeStubs]
from pydantic import ValidationError

from panel.domain.intake.reading import Trouble, line_of
from panel.domain.intake.release import Sighting, model_in, vendor_in
from panel.intake.cards import hub_address
from panel.intake.listing import day_of
from panel.intake.sources import LISTS

MAX_ITEMS = 1000
"""Items of one answer that are looked at."""

_NOT_A_FEED = Trouble(
    kind="not-text",
    message="it is neither a feed nor a list of models",
    remedy="correct it under `watch` in shipskip.toml",
)


def address_of(subscription: str) -> str | Trouble:
    """The address that a subscription is asked at.

    Args:
        subscription: `https://...`, `hf:ORG` or `openrouter`.
    """
    scheme, _, rest = subscription.partition(":")
    if scheme == "hf":
        if rest and rest.replace("-", "").replace("_", "").replace(".", "").isalnum():
            query = {"author": rest, "sort": "createdAt", "direction": "-1", "limit": "100"}
            return f"{hub_address()}/api/models?{urllib.parse.urlencode(query)}"
    elif scheme in LISTS:
        return LISTS[scheme]
    elif scheme in {"http", "https"}:
        return subscription
    return Trouble(
        kind="bad-address",
        message=f"{subscription!r} is nothing one can subscribe to",
        remedy="write an address with https://, hf:ORG or openrouter under `watch`",
    )


def sightings(body: bytes, subscription: str, url: str) -> tuple[Sighting, ...] | Trouble:
    """The models in an answer.

    Args:
        body: Its bytes.
        subscription: What was subscribed to.
        url: Where it was asked.

    Returns:
        The sightings in the order of the answer, or why there are none.
    """
    start = body.lstrip()[:1]
    if start in {b"{", b"["}:
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            return _NOT_A_FEED
        items = _from_json(value, subscription, url)
    elif start == b"<":
        items = _from_feed(body, subscription)
    else:
        items = None
    return _NOT_A_FEED if items is None else tuple(items)


def _from_json(value: Any, subscription: str, url: str) -> Iterator[Sighting] | None:
    listed: Any = value
    if isinstance(value, dict):
        named = cast("dict[str, Any]", value)
        listed = next((named[key] for key in ("data", "models", "items") if key in named), None)
    if not isinstance(listed, list):
        return None
    found = [
        cast("Mapping[str, Any]", one) for one in cast("list[Any]", listed) if isinstance(one, dict)
    ]
    if isinstance(value, dict) and "items" in value:
        return _from_items(found[:MAX_ITEMS], subscription)
    return _from_models(found[:MAX_ITEMS], subscription, url)


def _from_items(items: list[Mapping[str, Any]], subscription: str) -> Iterator[Sighting]:
    """Articles of a JSON feed (jsonfeed.org, version 1.1)."""
    for item in items:
        day = day_of({"created": item.get("date_published")})
        address = item.get("url") or item.get("external_url")
        yield from _article(item.get("title"), address, day, subscription)


def _from_models(
    models: list[Mapping[str, Any]], subscription: str, url: str
) -> Iterator[Sighting]:
    """Entries of a hub or of a list of models."""
    scheme = subscription.partition(":")[0]
    for model in models:
        identity = model.get("id") or model.get("modelId")
        if not isinstance(identity, str) or not identity or model.get("private"):
            continue
        vendor, slash, short = identity.rpartition("/")
        own = model.get("name")
        name = own if isinstance(own, str) and own else short
        address = f"{url.partition('#')[0]}#{identity}"
        if scheme == "hf":
            address, name = f"hf:{identity}", short
        elif scheme in LISTS:
            address = f"{scheme}:{identity}"
        yield from _sighting(
            name=name.partition(": ")[2] or name,
            vendor=vendor if slash else "",
            address=address,
            title=name,
            published=day_of(model),
            seen_in=subscription,
        )


def _from_feed(body: bytes, subscription: str) -> Iterator[Sighting] | None:
    """Articles of an RSS or Atom feed."""
    parsed = cast("Any", feedparser.parse(io.BytesIO(body)))  # pyright: ignore[reportUnknownMemberType]
    if not parsed.version:
        return None

    def articles() -> Iterator[Sighting]:
        for item in parsed.entries[:MAX_ITEMS]:
            made = item.get("published_parsed") or item.get("updated_parsed")
            day = dt.date(*made[:3]) if made else None
            yield from _article(item.get("title"), item.get("link"), day, subscription)

    return articles()


def _article(
    title: object, address: object, day: dt.date | None, subscription: str
) -> Iterator[Sighting]:
    """An article is a sighting when its headline names a model."""
    if not isinstance(title, str) or not isinstance(address, str):
        return
    headline = line_of(title)
    if (name := model_in(headline)) and address.startswith(("http://", "https://")):
        yield from _sighting(
            name=name,
            vendor=vendor_in(headline),
            address=address,
            title=headline,
            published=day,
            seen_in=subscription,
        )


def _sighting(**fields: Any) -> Iterator[Sighting]:
    """A sighting, unless what a stranger wrote is out of bounds."""
    for key, most in (("name", 120), ("vendor", 80), ("title", 200)):
        fields[key] = line_of(fields[key], most)
    try:
        yield Sighting.model_validate(fields)
    except ValidationError:
        return
