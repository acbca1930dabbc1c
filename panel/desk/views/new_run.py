"""Starting a panel or a batch: what it takes is told before anything is spent."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from panel.bootstrap.planning import Plan
from panel.desk.at_hand import new_key
from panel.desk.backstage import workshop_of
from panel.desk.context import context_of
from panel.desk.errors import trouble_of
from panel.desk.ordering import Wanted, planned, told, wanted_dossiers
from panel.desk.rendering import render, see_other
from panel.desk.rights import needs
from panel.domain.editing.people import Event, User
from panel.errors import InputError, ShipskipError, SpendingError

router = APIRouter()

SHOWN = 300
"""Most dossiers that are listed to be ticked; beyond, their names are typed."""

Short = Annotated[str, Field(max_length=400)]


class Sent(BaseModel):
    """The form of an order as it was sent.

    Attributes:
        dossier: Slugs that were ticked.
        dossiers: More of them, as typed.
        seat: Persona ids that were ticked.
        llm: Who drafts.
        samples: Reviews per seat.
        max_cost: Most USD.
        name: What the run is called.
        key: Name of the attempt.
        agreed: Digest of the order somebody agreed to; empty before.
    """

    dossier: list[str] = Field(default_factory=list[str])
    dossiers: Annotated[str, Field(max_length=700_000)] = ""
    seat: Annotated[list[str], Field(max_length=32)] = Field(default_factory=list[str])
    llm: Short = ""
    samples: Short = "1"
    max_cost: Short = ""
    name: Short = ""
    key: Annotated[str, Field(max_length=64)] = ""
    agreed: Annotated[str, Field(max_length=64)] = ""

    def wanted(self) -> Wanted:
        """What it asks for."""
        return Wanted(
            dossiers=wanted_dossiers(self.dossier, self.dossiers),
            seats=tuple(self.seat),
            llm=self.llm,
            samples=self.samples,
            max_cost=self.max_cost,
            name=self.name,
        )


@router.get("/runs/new")
def form(
    request: Request,
    _user: Annotated[User, needs("run")],
    dossier: Annotated[list[str] | None, Query(max_length=500)] = None,
) -> Response:
    """The form of an order."""
    settings = context_of(request).house.settings
    cap = "" if settings.max_cost is None else str(settings.max_cost)
    wanted = Wanted(
        dossiers=tuple(dict.fromkeys(dossier or ())),
        seats=settings.seats,
        llm=settings.llm or "",
        samples=str(settings.samples),
        max_cost=cap,
    )
    return _form(request, wanted)


@router.post("/runs/new")
def order(
    request: Request, user: Annotated[User, needs("run")], sent: Annotated[Sent, Form()]
) -> Response:
    """Tell what an order takes; begin it once somebody has agreed to just that."""
    wanted, workshop = sent.wanted(), workshop_of(request)
    begun = workshop.done_by(sent.key) if sent.key else None
    if begun:
        return see_other(request, f"/runs/{begun}")
    try:
        made = planned(context_of(request).house, wanted)
    except (InputError, SpendingError) as error:
        return _form(request, wanted, error)
    if sent.agreed != made.run.order.digest:
        return _agree(request, wanted, made, changed=bool(sent.agreed))
    try:
        workshop.begin(made, sent.key)
    except InputError as error:
        return _form(request, wanted, error)
    _note(request, user, made)
    return see_other(request, f"/runs/{made.run.id}", "The run has begun.")


def _form(request: Request, wanted: Wanted, error: ShipskipError | None = None) -> Response:
    house = context_of(request).house
    slugs = house.dossiers.slugs()
    usual = list(house.settings.seats)
    others = [one for one in house.personas.ids() if one not in usual]
    listed = slugs[:SHOWN]
    trouble = trouble_of(error) if error else None
    return render(
        request,
        "run_new.html.j2",
        trouble.status if trouble else 200,
        wanted=wanted,
        listed=listed,
        typed=" ".join(one for one in wanted.dossiers if one not in listed),
        count=len(slugs),
        seats=[*usual, *others],
        trouble=trouble,
        problems={one.key: one.message for one in trouble.problems} if trouble else {},
        hands_over=workshop_of(request).hands_over,
    )


def _agree(request: Request, wanted: Wanted, made: Plan, *, changed: bool) -> Response:
    return render(
        request,
        "run_agree.html.j2",
        wanted=wanted,
        told=told(made),
        slugs=[item.slug for item in made.run.order.dossiers],
        digest=made.run.order.digest,
        changed=changed,
        spends=bool(made.estimate.calls[1]),
        key=new_key(),
    )


def _note(request: Request, user: User, made: Plan) -> None:
    context = context_of(request)
    event = Event(
        at=context.clock(),
        by=user.login,
        act="run.start",
        subject=f"run/{made.run.id}",
        after=made.run.order.digest,
    )
    context.store.add_event(event)
