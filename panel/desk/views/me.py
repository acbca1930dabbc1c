"""What is somebody's own: their sessions and their tokens for the API."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from panel.desk import secrets
from panel.desk.browsers import browser_name
from panel.desk.context import context_of
from panel.desk.identity import known
from panel.desk.rendering import render, see_other
from panel.desk.rights import needs
from panel.domain.editing.people import Event, Key, User
from panel.errors import InputError

router = APIRouter(prefix="/me")

TOKEN_DAYS = (30, 90, 365)
"""How long a token may hold."""

TOKENS = 20
"""Most tokens one person may hold at once."""


@router.get("")
def mine(request: Request, user: Annotated[User, needs("view")]) -> Response:
    """My account, my sessions and my tokens."""
    return _page(request, user)


@router.post("/sessions/end")
def end_session(
    request: Request, user: Annotated[User, needs("view")], key_id: Annotated[str, Form(alias="id")]
) -> Response:
    """Revoke one of my sessions or tokens."""
    context = context_of(request)
    key = next((one for one in _live(request, user) if one.id == key_id), None)
    if key is None:
        raise InputError("this one has ended already", remedy="reload the page")
    context.store.end_key(key.id, user.login, _event(request, user, f"{key.kind}.end", key.id))
    return see_other(request, "/me", f"Revoked: {_name(key)}.")


@router.post("/sessions/end-others")
def end_others(request: Request, user: Annotated[User, needs("view")]) -> Response:
    """Revoke all my sessions but this one."""
    identity = known(request)
    own = identity.key.id if identity and identity.key else ""
    others = [one for one in _live(request, user) if one.kind == "session" and one.id != own]
    for key in others:
        event = _event(request, user, "session.end", key.id)
        context_of(request).store.end_key(key.id, user.login, event)
    return see_other(request, "/me", f"Signed out everywhere else ({len(others)}).")


@router.post("/tokens")
def add_token(
    request: Request,
    user: Annotated[User, needs("view")],
    name: Annotated[str, Form(min_length=1, max_length=80)],
    days: Annotated[int, Form()],
) -> Response:
    """Make a token; its secret is on this page and nowhere else, ever."""
    if days not in TOKEN_DAYS:
        raise InputError(f"a token cannot hold for {days} days", remedy="choose from the list")
    if sum(one.kind == "token" for one in _live(request, user)) >= TOKENS:
        raise InputError(f"you hold {TOKENS} tokens already", remedy="revoke one first")
    context, secret = context_of(request), secrets.new_secret()
    now = context.clock()
    key = Key(
        id=secrets.key_id(secret),
        kind="token",
        login=user.login,
        name=name,
        created=now,
        expires=now + dt.timedelta(days=days),
    )
    context.store.add_key(key, _event(request, user, "token.add", key.id))
    return _page(request, user, secret=secret, secret_name=name)


def _page(request: Request, user: User, *, secret: str = "", secret_name: str = "") -> Response:
    identity, live = known(request), _live(request, user)
    return render(
        request,
        "me.html.j2",
        own=identity.key.id if identity and identity.key else "",
        sessions=[(one, _name(one)) for one in live if one.kind == "session"],
        tokens=[one for one in live if one.kind == "token"],
        days=TOKEN_DAYS,
        secret=secret,
        secret_name=secret_name,
    )


def _live(request: Request, user: User) -> list[Key]:
    """Keys that hold, the newest first."""
    context = context_of(request)
    now = context.clock()
    return [
        one
        for one in context.store.keys_of(user.login)
        if one.kind != "link" and not one.ended and one.expires > now
    ]


def _name(key: Key) -> str:
    return browser_name(key.name) if key.kind == "session" else key.name


def _event(request: Request, user: User, act: str, key: str) -> Event:
    now = context_of(request).clock()
    return Event(at=now, by=user.login, act=act, subject=f"user/{user.login}", after=key)
