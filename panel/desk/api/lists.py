"""The queue, runs and the log as JSON."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from panel.desk.api.answers import JsonRoute, answered, problems
from panel.desk.api.bodies import EventsView, QueueRowView, QueueView, RunsView
from panel.desk.asked import checked
from panel.desk.at_hand import is_blind, run_of
from panel.desk.context import Context, context_of
from panel.desk.rights import needs
from panel.domain.editing.people import User
from panel.domain.editing.queue import PAGE, QueueQuery, QueueRow
from panel.domain.progress import Progress
from panel.domain.value import unprintable
from panel.errors import InputError

router = APIRouter(prefix="/api", route_class=JsonRoute, responses=problems())

Viewer = Annotated[User, needs("view")]
LARGEST = 2**31 - 1
"""Largest number a database column of ours holds."""


@router.get("/queue", response_model=QueueView)
def queue(request: Request, user: Viewer, query: Annotated[QueueQuery, Query()]) -> Response:
    """One page of the queue; every filter of its page is a parameter here."""
    context = context_of(request)
    found = context.store.queue(checked(query), context.clock().date(), user.login)
    pages = max(1, -(-found.total // PAGE))
    return answered(
        QueueView(
            rows=tuple(_row(context, user, row) for row in found.rows),
            total=found.total,
            states=found.states,
            page=query.page,
            pages=pages,
        )
    )


def _row(context: Context, user: User, row: QueueRow) -> QueueRowView:
    """A row as somebody may see it."""
    names = ("outcome", "ships", "skips", "blocking", "warnings")
    kept_back = dict.fromkeys(names) if is_blind(context, user, row) else {}
    return QueueRowView.model_validate({**row.model_dump(), **kept_back})


@router.get("/runs", response_model=RunsView)
def runs(
    request: Request, _user: Viewer, limit: Annotated[int, Query(ge=1, le=1000)] = 20
) -> Response:
    """The newest runs."""
    return answered(RunsView(runs=context_of(request).store.runs(limit)))


@router.get("/runs/{run}", response_model=Progress)
def run(request: Request, _user: Viewer, run: str) -> Response:
    """How far a run is, and what it cost."""
    found = run_of(request, run)
    return answered(context_of(request).store.progress(found.id))


@router.get("/events", response_model=EventsView)
def events(
    request: Request,
    _user: Annotated[User, needs("people")],
    after: Annotated[int, Query(ge=0, le=LARGEST)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    subject: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The log of everything done at the desk, in order."""
    if unprintable(subject, newlines=False):
        raise InputError("the subject has an invisible character", remedy="delete it")
    found = tuple(context_of(request).store.events(after, limit, subject=subject))
    following = found[-1].seq if len(found) == limit else None
    return answered(EventsView(events=found, next=following))
