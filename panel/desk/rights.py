"""The one place where a route says which right it needs, so that all of them can be listed.

A desk with a route that says nothing does not start.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from fastapi import APIRouter, Depends
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.requests import Request

from panel.desk.identity import known
from panel.domain.editing.people import User
from panel.domain.editing.states import Right
from panel.errors import ShipskipError, SignInError

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""


class Needs:
    """A dependency that gives the user, who has a right.

    Args:
        right: The right; None for a route that is open to anybody, known or not.
    """

    def __init__(self, right: Right | None) -> None:
        self.right: Right | None = right

    def __call__(self, request: Request) -> User | None:
        """The user who sends a request.

        Args:
            request: The request.

        Raises:
            SignInError: Nobody is signed in, and the route is not open to all.
            RefusedError: They have not the right.
        """
        identity = known(request)
        if self.right is None:
            return identity and identity.user
        if identity is None:
            raise SignInError("you are not signed in", remedy="sign in, then try again")
        identity.user.must(self.right)
        return identity.user


def needs(right: Right) -> Any:
    """What a route declares: the user, who has this right.

    Written as the annotation of a parameter, `user: Annotated[User, needs("edit")]`.

    Args:
        right: The right; `view` for what everybody does with what is their own.
    """
    return Depends(Needs(right))


def anybody() -> Any:
    """What a route declares that is open to all: the user, or None.

    Written as the annotation of a parameter, `user: Annotated[User | None, anybody()]`.
    """
    return Depends(Needs(None))


class Declared(NamedTuple):
    """What one route declares.

    Attributes:
        method: Its method.
        path: Its path with its parameters, e.g. `/drafts/{run}/{slug}`.
        right: The right it needs; None when it is open to anybody.
    """

    method: str
    path: str
    right: Right | None


def declarations(routers: Iterable[APIRouter]) -> Iterator[Declared]:
    """What every route declares.

    Args:
        routers: The routers of a desk.

    Raises:
        ShipskipError: A route declares nothing, or more than one right.
    """
    for router in routers:
        for route in router.routes:
            if not isinstance(route, APIRoute):
                raise ShipskipError(f"{route} is no route of a view and declares no right")
            for method in sorted(route.methods or ()):
                yield Declared(method, route.path, _right(route))


def _right(route: APIRoute) -> Right | None:
    found = [call for call in _calls(route.dependant) if isinstance(call, Needs)]
    if len(found) != 1:
        what = "declares no right" if not found else "declares more than one right"
        raise ShipskipError(
            f"route {route.path} {what}",
            remedy="give it one parameter with needs(RIGHT) or anybody()",
        )
    return found[0].right


def _calls(dependant: Dependant) -> Iterator[Any]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)
