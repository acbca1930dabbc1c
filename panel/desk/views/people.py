"""Who may sign in, and as what; for admins."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from panel.desk.accounts import LINK_LENGTH, Accounts
from panel.desk.context import context_of
from panel.desk.rendering import render, see_other
from panel.desk.rights import needs
from panel.domain.editing.people import User
from panel.domain.editing.states import ROLES

router = APIRouter(prefix="/people")

Admin = Annotated[User, needs("people")]
Field = Annotated[str, Form(max_length=400)]


@router.get("")
def people(request: Request, _user: Admin) -> Response:
    """All accounts."""
    return _page(request)


@router.post("/add")
def add(request: Request, user: Admin, *, login: Field, name: Field, role: Field) -> Response:
    """Open an account."""
    added = _accounts(request, user).add(login.strip().lower(), name, role)
    return see_other(request, "/people", f"{added.name} has an account; give them a link next.")


@router.post("/{login}/role")
def role(request: Request, user: Admin, login: str, role: Field) -> Response:
    """Give somebody another role."""
    changed = _accounts(request, user).set_role(login, role)
    return see_other(request, "/people", f"{changed.name} is {changed.role} now.")


@router.post("/{login}/disable")
def disable(request: Request, user: Admin, login: str) -> Response:
    """Let somebody sign in no more."""
    changed = _accounts(request, user).disable(login)
    return see_other(request, "/people", f"{changed.name} is signed out and may not sign in.")


@router.post("/{login}/enable")
def enable(request: Request, user: Admin, login: str) -> Response:
    """Let somebody sign in again."""
    changed = _accounts(request, user).enable(login)
    return see_other(request, "/people", f"{changed.name} may sign in again.")


@router.post("/{login}/link")
def link(request: Request, user: Admin, login: str) -> Response:
    """Make a one-time link; it is on this page and nowhere else, ever."""
    path = _accounts(request, user).link(login)
    return _page(request, link=f"{context_of(request).address}{path}", link_login=login)


def _accounts(request: Request, user: User) -> Accounts:
    context = context_of(request)
    return Accounts(context.store, context.clock, user)


def _page(request: Request, *, link: str = "", link_login: str = "") -> Response:
    return render(
        request,
        "people.html.j2",
        users=context_of(request).store.users(),
        roles=ROLES,
        link=link,
        link_login=link_login,
        link_minutes=int(LINK_LENGTH.total_seconds() // 60),
    )
