"""Stands before every view: refuses what no page of ours can have sent, before anything is read.

Host names defeat DNS rebinding; origins, content types and form tokens defeat pages elsewhere that
have a signed-in browser send something; sizes and times defeat floods.
"""

import asyncio
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from panel.desk.context import Context
from panel.desk.cookies import bearer_of
from panel.desk.errors import Trouble, answer
from panel.desk.headers import missing_headers
from panel.desk.identity import is_api
from panel.desk.rights import SAFE
from panel.desk.secrets import is_form_token

BODY_BYTES = 1024 * 1024
"""Most bytes one request may carry."""

BODY_SECONDS = 30
"""Longest that a request's body may take to arrive."""

FORM = "application/x-www-form-urlencoded"
TOKEN_FIELD = "csrf"  # noqa: S105 - the name of a field
"""Field of a form that carries its token."""

_FIELDS = 1000
_DRAINED = 8
"""How many times the limit is read and thrown away, so that a browser gets to see the answer."""


class TroubleError(Exception):
    """A request is refused.

    Args:
        trouble: What its sender is told.
    """

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.detail)
        self.trouble = trouble


class Guard:
    """The middleware.

    Args:
        app: What stands behind it.
        context: The desk.
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
            check_host(self._context, request)
            if scope["method"] not in SAFE:
                receive = await self._opened(request)
        except TroubleError as refusal:
            response = await run_in_threadpool(answer, request, refusal.trouble)
            await response(scope, receive, secured)
            return
        except ClientDisconnect:
            return
        if scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
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

    async def _opened(self, request: Request) -> Receive:
        """Check a request that changes something, and give its body again to whoever comes next."""
        check_origin(self._context, request)
        body = await _body(request)
        check_type(request, body)
        if not is_api(request):
            fields = parse_fields(body)
            request.state.fields = fields
            check_token(self._context, request, fields)
        pending = [body]

        async def receive() -> Message:
            if pending:
                return {"type": "http.request", "body": pending.pop(), "more_body": False}
            return await request.receive()

        return receive


def check_host(context: Context, request: Request) -> None:
    """Refuse a request for a host this desk does not answer to.

    Args:
        context: The desk.
        request: The request.

    Raises:
        TroubleError: It is meant for another host.
    """
    if not context.answers_to(_host(request)):
        raise TroubleError(
            Trouble(
                421,
                "the desk does not answer to this host name",
                f"open {context.address}, or add the name to the setting desk_hosts",
            )
        )


def check_origin(context: Context, request: Request) -> None:
    """Refuse what a page elsewhere had a browser send.

    Args:
        context: The desk.
        request: The request, whose host is right.

    Raises:
        TroubleError: It comes from elsewhere, or from a browser's page that does not tell.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    from_here = site in (None, "same-origin") and (origin is None or _is_here(context, request))
    tells = site is not None or origin is not None
    if not from_here or not (tells or is_api(request)):
        raise TroubleError(
            Trouble(
                403,
                "this was not sent from a page of the desk",
                "open the page at the desk and send it from there",
            )
        )


def _is_here(context: Context, request: Request) -> bool:
    try:
        origin = urlsplit(request.headers["origin"])
    except ValueError:
        return False
    scheme = "https" if context.is_https and _host(request) in context.hosts else origin.scheme
    is_web = origin.scheme in ("http", "https") and origin.scheme == scheme
    return is_web and origin.netloc.lower() == request.headers.get("host", "").lower()


def _host(request: Request) -> str:
    try:
        return urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""


def check_type(request: Request, body: bytes) -> None:
    """Refuse content that is neither a form nor, for programs, JSON.

    Args:
        request: The request.
        body: Its body.

    Raises:
        TroubleError: It is of another type.
    """
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if is_api(request):
        if given in ("application/json", "application/merge-patch+json") or not (given or body):
            return
        wanted = "application/json"
    elif given == FORM:
        return
    else:
        wanted = FORM
    raise TroubleError(
        Trouble(415, f"content of this type is not taken: {given or 'none'}", f"send {wanted}")
    )


def check_token(context: Context, request: Request, fields: Sequence[tuple[str, str]]) -> None:
    """Refuse a form that does not carry the token of this browser's session.

    Args:
        context: The desk.
        request: The request.
        fields: The fields of the form.

    Raises:
        TroubleError: The token is missing, or another session's.
    """
    given = next((value for name, value in fields if name == TOKEN_FIELD), "")
    bearer = bearer_of(request)
    if not bearer or not is_form_token(given, context.secret, bearer):
        raise TroubleError(
            Trouble(
                403,
                "this page was opened before you last signed in or out",
                "nothing was changed; check what you wrote and send it again",
                resend=True,
            )
        )


def parse_fields(body: bytes) -> list[tuple[str, str]]:
    """The fields of a form, in order.

    Args:
        body: Its body.

    Raises:
        TroubleError: It is no form, or one with too many fields.
    """
    try:
        text = body.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, max_num_fields=_FIELDS, errors="strict")
    except ValueError:
        raise TroubleError(
            Trouble(400, "the form cannot be read", "reload the page and send it again")
        ) from None


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
        raise TroubleError(
            Trouble(408, "the request took too long to arrive", "send it again")
        ) from None
    if size > BODY_BYTES:
        most = f"{BODY_BYTES // 1024} KiB"
        raise TroubleError(Trouble(413, f"a request may carry at most {most}", "send less at once"))
    return b"".join(parts)
