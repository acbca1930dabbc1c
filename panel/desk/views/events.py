"""The log of everything done at the desk, to be kept elsewhere."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse

from panel.desk.context import context_of
from panel.desk.rights import needs
from panel.domain.editing.people import Event, User

router = APIRouter()

_LARGEST = 2**31 - 1


@router.get("/events.jsonl")
def export(
    request: Request,
    user: Annotated[User, needs("people")],
    after: Annotated[int, Query(ge=0, le=_LARGEST)] = 0,
) -> Response:
    """All lines after one, a JSON object each, read as they are sent."""
    context = context_of(request)
    told = Event(at=context.clock(), by=user.login, act="events.export", subject="events")
    context.store.add_event(told)

    def lines() -> Iterator[str]:
        for event in context.store.events(after):
            yield event.model_dump_json() + "\n"

    return StreamingResponse(
        lines(),
        media_type="application/x-ndjson",
        headers={"content-disposition": 'attachment; filename="events.jsonl"'},
    )
