"""Stands before every view: refuses what no page of the site can have sent, before it is read.

Host names defeat DNS rebinding; origins defeat pages elsewhere that have a reader's browser vote;
sizes and times defeat floods.
"""

import asyncio
from urllib.parse import parse_qsl, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from panel.public.context import Context
from panel.public.headers import missing_headers
from panel.public.pages import RefusedRequestError, refuse, refused

BODY_BYTES = 4096
"""Most bytes one request may carry: a call, or a mail address."""

BODY_SECONDS = 10
"""Longest that a request's body may take to arrive."""

LEAVING = "/unsubscribe/"
"""Mail providers post here for their users; the token in the address is what lets them."""

_FORM = "application/x-www-form-urlencoded"
_FIELDS = 20
_DRAINED = 64
"""How many times the limit is read and thrown away, so that a browser gets to see the answer."""


class Guard:
    """The middleware.

    Args:
        app: What stands behind it.
        context: The server.
    """

    def __init__(self, app: ASGIApp, context: Context) -> None:
        self._app = app
        self._context = context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here (see ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        secured = self._secured(send)
        try:
            self._check(request)
            if scope["method"] == "POST":
                request.state.fields = await _fields(request)
        except RefusedRequestError as refusal:
            response = await run_in_threadpool(refused, request, refusal)
            await response(scope, receive, secured)
            return
        except ClientDisconnect:
            return
        await self._app(scope, receive, secured)

    def _secured(self, send: Send) -> Send:
        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                present = {name.lower() for name in headers}
                for name, value in missing_headers(present, is_https=self._context.is_https):
                    headers[name] = value
            await send(message)

        return secured

    def _check(self, request: Request) -> None:
        if not self._context.answers_to(_host(request)):
            raise refuse(421, "This server does not answer to that name")
        if request.method not in ("GET", "HEAD", "POST"):
            raise refuse(405, "This cannot be done here")
        is_leaving = request.scope["path"].startswith(LEAVING)
        if request.method == "POST" and not is_leaving and not is_from_here(self._context, request):
            raise refuse(
                403,
                "This was not sent from a page of this site",
                "Open the page here and send it from there.",
            )


def is_from_here(context: Context, request: Request) -> bool:
    """Whether a browser says that a page of this site had it send something.

    Args:
        context: The server.
        request: The request, whose host is right.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site not in (None, "same-origin") or (site is None and origin is None):
        return False
    if origin is None:
        return True
    try:
        given = urlsplit(origin)
    except ValueError:
        return False
    is_ours = _host(request) in context.hosts
    schemes = ("https",) if context.is_https and is_ours else ("http", "https")
    same = given.netloc.lower() == request.headers.get("host", "").lower()
    return given.scheme in schemes and same


def _host(request: Request) -> str:
    try:
        return urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""


async def _fields(request: Request) -> dict[str, str]:
    """The fields of a form; none of one that only a token is needed for."""
    body = await _body(request)
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.scope["path"].startswith(LEAVING) or not body:
        return {}
    if given != _FORM:
        raise refuse(415, "Only forms are taken here")
    try:
        text = body.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_FIELDS, errors="strict")
    except ValueError:
        raise refuse(
            400, "The form cannot be read", "Reload the page, and send it again."
        ) from None
    return dict(reversed(pairs))


async def _body(request: Request) -> bytes:
    """A request's body, unless it is too long or too slow."""
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                size += len(part)
                if size > BODY_BYTES * _DRAINED:
                    break
                if size <= BODY_BYTES:
                    parts.append(part)
    except TimeoutError:
        raise refuse(408, "The request took too long to arrive", "Send it again.") from None
    if size > BODY_BYTES:
        raise refuse(413, "The request is too long")
    return b"".join(parts)
