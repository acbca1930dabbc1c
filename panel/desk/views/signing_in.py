"""Signing in and out."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response

from panel.desk.context import context_of
from panel.desk.cookies import end_session
from panel.desk.cookies import start_session as set_session
from panel.desk.errors import trouble_of
from panel.desk.identity import known
from panel.desk.rendering import render, safe_path, see_other
from panel.desk.rights import anybody, needs
from panel.desk.signing import live_link, sign_in_by_link, sign_in_by_password, start_session
from panel.domain.editing.people import Event, User
from panel.errors import RefusedError

router = APIRouter()

Field = Annotated[str, Form(max_length=400)]
Next = Annotated[str, Query(alias="next")]


@router.get("/sign-in")
def sign_in_page(
    request: Request, _user: Annotated[User | None, anybody()], link: str = "", then: Next = ""
) -> Response:
    """The ways to sign in; following a link does not use it up, the button on the page does."""
    return _page(request, link=link, then=then)


@router.post("/sign-in")
def sign_in(
    request: Request,
    _user: Annotated[User | None, anybody()],
    *,
    link: Field = "",
    login: Field = "",
    password: Annotated[str, Form(max_length=1024)] = "",
    then: Annotated[str, Form(alias="next", max_length=2000)] = "",
) -> Response:
    """Begin a session by a one-time link or a password."""
    context = context_of(request)
    address = request.client.host if request.client else ""
    try:
        if link:
            user = sign_in_by_link(context, link)
        else:
            user = sign_in_by_password(context, login, password, address)
    except RefusedError as error:
        return _page(request, link=link, login=login, then=then, error=error)
    before = known(request)
    if before and before.key:
        context.store.end_key(before.key.id, user.login)
    secret = start_session(context, user, request.headers.get("user-agent", ""))
    response = see_other(request, safe_path(then))
    set_session(response, context, secret, context.session_length)
    return response


@router.post("/sign-out")
def sign_out(request: Request, user: Annotated[User, needs("view")]) -> Response:
    """End the session."""
    context, identity = context_of(request), known(request)
    if identity and identity.key:
        event = Event(
            at=context.clock(), by=user.login, act="session.end", subject=f"user/{user.login}"
        )
        context.store.end_key(identity.key.id, user.login, event)
    response = see_other(request, "/sign-in", "You are signed out.")
    end_session(response, context)
    return response


def _page(
    request: Request,
    *,
    link: str = "",
    login: str = "",
    then: str = "",
    error: RefusedError | None = None,
) -> Response:
    context = context_of(request)
    key = live_link(context, link) if link else None
    return render(
        request,
        "sign_in.html.j2",
        trouble_of(error).status if error else 200,
        link=link if key else "",
        link_login=key.login if key else "",
        is_dead=bool(link) and key is None,
        login=login,
        next=safe_path(then) if then else "",
        error=error,
    )
