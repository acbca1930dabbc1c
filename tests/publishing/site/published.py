"""Published models as the desk leaves them, made in memory: what tests of the site stand on."""

import datetime as dt
from typing import Any

from panel.domain.dossier import Dossier
from panel.domain.editing.edition import Edition
from panel.domain.persona import Persona
from panel.domain.publication.release import Published, Release, ReleaseKind
from panel.domain.reduction import reduce
from panel.domain.review import FailureKind
from panel.domain.run import Order, Run
from panel.domain.verdict import Call, Verdict
from panel.settings import DEFAULT_SEATS
from panel.testing import (
    make_dossier,
    make_order,
    make_persona,
    make_review,
    make_run,
    make_seat,
)

NOON = dt.datetime(2026, 5, 12, 12, 0, tzinfo=dt.UTC)
ENDED: tuple[Call | FailureKind, ...] = ("ship", "skip", "ship", "ship", "skip")


def make_published(
    slug: str = "some-model",
    ended: tuple[Call | FailureKind | Verdict, ...] = ENDED,
    *,
    dossier: Dossier | None = None,
    personas: tuple[Persona, ...] = (),
    kind: ReleaseKind = "published",
    at: dt.datetime = NOON,
    **edition: Any,
) -> Published:
    """A model with one release.

    Args:
        slug: Slug of its dossier.
        ended: How each seat of the default panel ended.
        dossier: Its dossier; a made one of that slug unless given.
        personas: The personas on the panel; made ones of the default seats unless given.
        kind: How it went live.
        at: When.
        edition: Fields of the edition that differ.
    """
    dossier = dossier or make_dossier(slug=slug, name=slug.replace("-", " ").title())
    personas = personas or tuple(make_persona(name) for name in DEFAULT_SEATS[: len(ended)])
    seats = tuple(make_seat(persona) for persona in personas)
    order: Order = make_order(dossier, seats=seats)
    run: Run = make_run(order)
    reviews = tuple(make_review(dossier, seat, how) for seat, how in zip(seats, ended, strict=True))
    values: dict[str, Any] = {
        "run": run.id,
        "slug": slug,
        "version": 2,
        "card": reduce(run, dossier, reviews),
        "reviews": reviews,
        "dossier": dossier,
        "edited_by": ("Ana Roy",),
        "approved_by": "Pia Roy",
        "approved": at,
    }
    release = Release(kind=kind, at=at, edition=Edition.model_validate({**values, **edition}))
    return Published(
        slug=slug,
        releases=(release,),
        order=order,
        ordered=run.created,
        personas=personas,
        drafted=reviews,
    )
