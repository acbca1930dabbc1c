"""Two models that may be compared, made of facts as a test needs them, and their mirror image."""

import datetime as dt
from decimal import Decimal
from typing import Any, cast

from hypothesis import strategies as st

from panel.domain.dossier import Dossier
from panel.domain.publication.release import Published
from panel.domain.publication.statements import Stated, statements
from panel.testing import make_dossier
from tests.publishing.site.published import make_published

DAY = dt.date(2026, 5, 4)
_WITNESS = {"source": "S1", "quote": "words of the source"}


def fact(topic: str, attribute: str, value: str | None = None, **more: Any) -> dict[str, Any]:
    """A fact without an id; neutral and official unless told otherwise."""
    found: dict[str, Any] = {
        "topic": topic,
        "attribute": attribute,
        "statement": f"Something about {attribute}.",
        "brief": f"a word on {topic}",
        "value": value,
        "as_of": DAY,
        "standing": "official",
        "leaning": "neutral",
        "witnesses": [_WITNESS],
    }
    return found | more


def dossier_of(*facts: dict[str, Any], slug: str = "tern-2", **more: Any) -> Dossier:
    """A dossier of these facts, `F1`, `F2`, ..."""
    numbered = [{"id": f"F{at}", **one} for at, one in enumerate(facts, start=1)]
    base = fact("vendor", "release", id=f"F{len(facts) + 1}")
    price: dict[str, Any] = {"input_per_million": None, "output_per_million": None, "facts": []}
    told: dict[str, Any] = {
        "price": price,
        "facts": [*numbered, base],
        "slug": slug,
        "name": slug.title(),
    }
    return make_dossier(**(told | more))


def stated(*facts: dict[str, Any], **more: Any) -> tuple[Stated, ...]:
    """What a dossier of these facts states."""
    return statements(dossier_of(*facts, **more))


def dispute(*ids: str, attribute: str = "licence", **more: Any) -> dict[str, Any]:
    """A conflict between facts."""
    return {"id": "C1", "attribute": attribute, "facts": list(ids), "note": "Both?", **more}


_VALUES: dict[str, tuple[str, tuple[str | None, ...]]] = {
    "licence": ("licence", ("Apache 2.0", "proprietary", "research only", None)),
    "weights": ("access", ("open", "none", "partial", None)),
    "context-window": ("context", ("128K", "1M", "64K to 128K", "soon")),
    "modalities": ("modality", ("text, images", "text, video", "text only", None)),
    "swe-bench-verified": ("benchmark", ("61.5", "70", "4 of 10", None)),
    "coding": ("capability", (None, "good")),
    "tool-use": ("tooling", (None,)),
    "entry-price": ("price", ("free", "20", None)),
    "languages": ("language", ("33", "100", None)),
    "data-use": ("privacy", (None,)),
}


@st.composite
def _facts(draw: st.DrawFn) -> list[dict[str, Any]]:
    names = draw(st.lists(st.sampled_from(sorted(_VALUES)), max_size=9))
    return [
        fact(
            _VALUES[name][0],
            name,
            draw(st.sampled_from(_VALUES[name][1])),
            unit="tokens" if name == "context-window" else None,
            standing=draw(st.sampled_from(["official", "measured", "disputed", "superseded"])),
            leaning=draw(st.sampled_from(["for", "against", "neutral"])),
        )
        for name in names
    ]


_ENDED = st.tuples(*[st.sampled_from(["ship", "skip", "timeout"])] * 5)
_MONEY = st.none() | st.decimals(0, 90, places=2)


@st.composite
def _models(draw: st.DrawFn, slug: str) -> Published:
    facts = draw(_facts())
    price = {
        "input_per_million": draw(_MONEY),
        "output_per_million": draw(_MONEY),
        "currency": draw(st.sampled_from(["USD", "EUR"])),
    }
    more: dict[str, Any] = {"price": price}
    clashing = [f"F{at}" for at, one in enumerate(facts, start=1) if one["attribute"] == "weights"]
    if len(clashing) > 1:
        more["conflicts"] = [dispute(*clashing, attribute="weights")]
    return make_published(slug, draw(_ENDED), dossier=dossier_of(*facts, slug=slug, **more))


def facing() -> st.SearchStrategy[tuple[Published, Published]]:
    """Two models that equal panels reviewed."""
    return st.tuples(_models("gannet-5"), _models("tern-2"))


_SIDES = {"A": "B", "B": "A"}


def mirrored(value: Any) -> Any:
    """What a comparison says once its sides have changed places."""
    if isinstance(value, dict):
        told = cast("dict[str, Any]", value)
        return {{"a": "b", "b": "a"}.get(key, key): mirrored(one) for key, one in told.items()}
    if isinstance(value, list):
        return [mirrored(one) for one in cast("list[Any]", value)]
    return _SIDES.get(value, value) if isinstance(value, str) else value


def priced(slug: str, sent: str | None, got: str | None, **more: Any) -> Published:
    """A model with prices per million tokens."""
    price = {
        "input_per_million": sent and Decimal(sent),
        "output_per_million": got and Decimal(got),
        **more,
    }
    return make_published(slug, dossier=dossier_of(slug=slug, price=price))
