"""The cookies of the desk: who is signed in, a word said, and what was last shown of the queue."""

import base64
import binascii
import datetime as dt

from starlette.requests import Request
from starlette.responses import Response

from panel.desk.context import Context, context_of

_SAID_SECONDS = 60
_LONGEST = 1000
"""Characters of a question to the queue that are remembered."""


def session_of(request: Request) -> str:
    """The session's secret; empty when there is none.

    Args:
        request: The request.
    """
    return request.cookies.get(context_of(request).cookie, "")


def bearer_of(request: Request) -> str:
    """What ties forms to this browser: the session's secret, else the visit's, else nothing.

    Args:
        request: The request.
    """
    return session_of(request) or request.cookies.get(_visit(context_of(request)), "")


def start_session(response: Response, context: Context, secret: str, length: dt.timedelta) -> None:
    """Let a browser carry a session.

    Args:
        response: The answer.
        context: The desk.
        secret: The session's secret.
        length: How long it holds.
    """
    _set(response, context, context.cookie, secret, int(length.total_seconds()))


def start_visit(response: Response, context: Context, secret: str) -> None:
    """Let a browser in which nobody is signed in carry what ties its forms to it.

    Args:
        response: The answer.
        context: The desk.
        secret: The visit's secret.
    """
    _set(response, context, _visit(context), secret, None)


def end_session(response: Response, context: Context) -> None:
    """Let a browser forget its session.

    Args:
        response: The answer.
        context: The desk.
    """
    _set(response, context, context.cookie, "", 0)


def say_next(response: Response, context: Context, words: str) -> None:
    """Have the next page tell something, e.g. what was just done.

    Args:
        response: The answer that leads to that page.
        context: The desk.
        words: What to tell.
    """
    value = base64.urlsafe_b64encode(words[:500].encode()).decode()
    _set(response, context, _said(context), value, _SAID_SECONDS)


def said(request: Request, response: Response | None = None) -> str:
    """What the last answer wanted this page to tell; empty when nothing.

    Args:
        request: The request.
        response: The page, which then has told it.
    """
    context = context_of(request)
    value = request.cookies.get(_said(context), "")
    if value and response is not None:
        _set(response, context, _said(context), "", 0)
    return _decoded(value)


def remember_queue(response: Response, context: Context, words: str) -> None:
    """Have a browser remember what it was last shown of the queue, for the way from draft to draft.

    Args:
        response: The answer.
        context: The desk.
        words: The question, as a query string.
    """
    value = base64.urlsafe_b64encode(words.encode()).decode() if len(words) <= _LONGEST else ""
    _set(response, context, _queue(context), value, None)


def last_queue(request: Request) -> str:
    """The query string of what this browser was last shown of the queue.

    Args:
        request: The request.
    """
    return _decoded(request.cookies.get(_queue(context_of(request)), ""))


def _decoded(value: str) -> str:
    try:
        return base64.urlsafe_b64decode(value).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""


def _queue(context: Context) -> str:
    return f"{context.cookie}-queue"


def _visit(context: Context) -> str:
    return f"{context.cookie}-visit"


def _said(context: Context) -> str:
    return f"{context.cookie}-said"


def _set(response: Response, context: Context, name: str, value: str, seconds: int | None) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        secure=context.is_https,
        httponly=True,
        samesite="lax",
    )
