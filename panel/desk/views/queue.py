"""What waits: found, counted, sorted, and kept as views with a name."""

from collections.abc import Sequence
from typing import Annotated, Literal
from uuid import uuid4

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import QueryParams

from panel.desk.asked import (
    ONLY_WORDS,
    OUTCOME_WORDS,
    SORT_WORDS,
    STATE_WORDS,
    address,
    asked,
    chips,
    last_asked,
    spelled,
    tabs,
)
from panel.desk.at_hand import is_blind, path_of, ref_of
from panel.desk.context import Context, context_of
from panel.desk.cookies import remember_queue
from panel.desk.rendering import render, see_other
from panel.desk.rights import needs
from panel.domain.editing.people import User
from panel.domain.editing.queue import (
    PAGE,
    STALE_DAYS,
    QueuePage,
    QueueQuery,
    QueueRow,
    SavedView,
)
from panel.domain.editing.states import may
from panel.domain.value import Value
from panel.editing.drafts import Ref
from panel.editing.intent import text_problems, tidy
from panel.errors import InputError, Problem

router = APIRouter()

VIEWS = 20
"""Most views one person may keep."""

LONGEST_NAME = 60
_LONGEST_QUERY = 1000


class Line(Value):
    """A row of the queue as somebody sees it.

    Attributes:
        row: The row.
        path: Its page.
        assignee: Name of who is to work on it; empty for nobody.
        is_blind: Whether what the panel says is kept from them until they have called.
        is_stale: Whether its facts are old.
    """

    row: QueueRow
    path: str
    assignee: str
    is_blind: bool
    is_stale: bool


@router.get("/queue")
def queue(request: Request, user: Annotated[User, needs("view")]) -> Response:
    """The drafts that match, a page at a time."""
    context = context_of(request)
    query = asked(request.query_params)
    today = context.clock().date()
    found = context.store.queue(query, today, user.login)
    pages = max(1, -(-found.total // PAGE))
    if query.page > pages:
        return RedirectResponse(address(query, page=pages), 303)
    users = context.store.users()
    names = {one.login: one.name for one in users}
    response = render(
        request,
        "queue.html.j2",
        query=query,
        page=found,
        pages=pages,
        lines=lines_of(context, user, found, names),
        tabs=tabs(query, found.states),
        chips=chips(query, names),
        views=[(one, f"/queue?{one.query}") for one in context.store.views_of(user.login)],
        spelled=spelled(query.model_copy(update={"page": 1})),
        address=lambda number: address(query, page=number),  # pyright: ignore
        is_usual=query == QueueQuery(sort=query.sort),
        editors=_editors(users),
        words={
            "state": STATE_WORDS,
            "outcome": OUTCOME_WORDS,
            "only": ONLY_WORDS,
            "sort": SORT_WORDS,
        },
    )
    remember_queue(response, context, spelled(query.model_copy(update={"page": 1})))
    return response


@router.get("/step/{to}/{run}/{slug}")
def step(
    request: Request,
    user: Annotated[User, needs("view")],
    to: Literal["next", "previous"],
    run: str,
    slug: str,
) -> Response:
    """The draft after or before one, in the queue as it was last shown."""
    context, ref = context_of(request), ref_of(request, run, slug)
    query = last_asked(request)
    places = context.store.queue_neighbours(
        query, context.clock().date(), user.login, (ref.run, ref.slug)
    )
    if found := places[to == "next"]:
        return RedirectResponse(path_of(Ref(*found)), 303)
    end = "last" if to == "next" else "first"
    words = f"That was the {end} one." if any(places) else "That draft stands alone here by now."
    return see_other(request, address(query), words)


@router.post("/queue/views")
def save_view(
    request: Request,
    user: Annotated[User, needs("view")],
    name: Annotated[str, Form(max_length=400)],
    query: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Keep a question under a name."""
    words, store = " ".join(tidy(name).split()), context_of(request).store
    kept = spelled(asked(QueryParams(query)).model_copy(update={"page": 1}))
    problems = list(text_problems("name", words, LONGEST_NAME))
    if not words:
        problems.append(Problem("is empty", "give the view a name", key="name"))
    if len(kept) > _LONGEST_QUERY:
        problems.append(Problem("this search is too long to be kept", "shorten it", key="query"))
    if len(store.views_of(user.login)) >= VIEWS:
        problems.append(Problem(f"you keep {VIEWS} views already", "drop one first", key="name"))
    if problems:
        raise InputError(problems)
    store.save_view(SavedView(id=uuid4().hex, login=user.login, name=words, query=kept))
    return see_other(request, f"/queue?{kept}", f"The view “{words}” is kept.")


@router.post("/queue/views/{view}/drop")
def drop_view(request: Request, user: Annotated[User, needs("view")], view: str) -> Response:
    """Forget a view."""
    context_of(request).store.drop_view(user.login, view)
    return see_other(request, "/queue", "The view is dropped.")


def lines_of(
    context: Context, user: User, page: QueuePage, names: dict[str, str]
) -> Sequence[Line]:
    """The rows of a page as somebody sees them.

    Args:
        context: The desk.
        user: Who.
        page: The page.
        names: Names of people by login.
    """
    today = context.clock().date()
    return [
        Line(
            row=row,
            path=f"/drafts/{row.run}/{row.slug}",
            assignee=names.get(row.assignee or "", row.assignee or ""),
            is_blind=is_blind(context, user, row),
            is_stale=(today - row.newest_fact).days > STALE_DAYS,
        )
        for row in page.rows
    ]


def _editors(users: Sequence[User]) -> list[tuple[str, str]]:
    """Whom a draft can be given to."""
    return [(one.login, one.name) for one in users if may(one.role, "edit") and not one.disabled]
