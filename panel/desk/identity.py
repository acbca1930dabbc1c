"""Who sends a request: each way to be known is one function, and they are tried in order.

A program under `/api/` is known by its token alone and a browser by its session alone, so that no
page elsewhere can have a browser call the API in somebody's name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import Request

from panel.desk.context import context_of
from panel.desk.cookies import session_of
from panel.desk.proxies import HEADER, login_in
from panel.desk.secrets import key_id
from panel.domain.editing.people import Key, KeyKind, User

API = "/api/"
"""Where programs speak JSON."""


@dataclass(frozen=True)
class Identity:
    """Somebody who is known.

    Attributes:
        user: Who.
        key: By which session or token; None when by neither.
    """

    user: User
    key: Key | None = None


class Identify(Protocol):
    """One way to be known."""

    def __call__(self, request: Request) -> Identity | None:
        """Who sends a request; None when this way does not tell.

        Args:
            request: The request.
        """
        ...


def by_proxy(request: Request) -> Identity | None:
    """Known by what a proxy signed, to whoever looks at pages (see `Identify`)."""
    context, header = context_of(request), request.headers.get(HEADER, "")
    if is_api(request) or not header or not context.proxy_secret:
        return None
    query = request.scope["query_string"]
    target = request.scope.get("raw_path", b"") + (b"?" + query if query else b"")
    now, secret = context.clock().timestamp(), context.proxy_secret
    login = login_in(header, secret, now, request.method, target.decode("latin-1"))
    user = login and context.store.user(login)
    return Identity(user) if user and not user.disabled else None


def by_session(request: Request) -> Identity | None:
    """Known by the session of a browser (see `Identify`)."""
    secret = session_of(request)
    return None if is_api(request) or not secret else _holder(request, secret, "session")


def by_token(request: Request) -> Identity | None:
    """Known by the token of a program (see `Identify`)."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if not is_api(request) or scheme.lower() != "bearer" or not secret.strip():
        return None
    return _holder(request, secret.strip(), "token")


WAYS: Sequence[Identify] = (by_proxy, by_session, by_token)
"""All ways to be known, the first that tells wins."""


def is_api(request: Request) -> bool:
    """Whether a request comes from a program.

    Args:
        request: The request.
    """
    return request.scope["path"].startswith(API)


def known(request: Request) -> Identity | None:
    """Who sends a request; looked up once and then remembered with it.

    Args:
        request: The request.

    Returns:
        None when nobody is signed in.
    """
    if not hasattr(request.state, "identity"):
        found = (way(request) for way in request.app.state.ways)
        request.state.identity = next((one for one in found if one), None)
    return request.state.identity


def _holder(request: Request, secret: str, kind: KeyKind) -> Identity | None:
    context = context_of(request)
    key = context.store.key(key_id(secret))
    if key is None or key.kind != kind or key.ended or key.expires <= context.clock():
        return None
    user = context.store.user(key.login)
    return None if user is None or user.disabled else Identity(user, key)
