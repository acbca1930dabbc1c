"""Everything that can go wrong, as a calm page or as JSON: what happened, and what to do next."""

import logging
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, urlencode

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from panel.desk.context import context_of
from panel.desk.headers import missing_headers
from panel.desk.identity import is_api
from panel.desk.rendering import render
from panel.desk.rights import SAFE
from panel.errors import (
    BusyError,
    EndpointError,
    InputError,
    MissingError,
    Problem,
    RefusedError,
    ShipskipError,
    SignInError,
    SpendingError,
    StaleError,
    StoreError,
)

log = logging.getLogger("shipskip.desk")
log.addHandler(logging.NullHandler())  # silent until somebody asks

PROBLEM = "application/problem+json"
"""Media type of an error told to a program (RFC 9457)."""

_TITLES: Mapping[int, str] = {
    400: "This could not be read",
    401: "Please sign in again",
    403: "This is not open to you",
    404: "There is nothing here",
    405: "This cannot be done here",
    408: "That took too long",
    409: "Somebody was faster",
    413: "That is too much at once",
    415: "This cannot be taken",
    421: "Wrong address",
    422: "Something is not right yet",
    429: "Too many tries",
    500: "Something went wrong here",
    502: "The server of the llm does not answer",
    503: "The database does not answer",
}

_REMEDIES: Mapping[int, str] = {
    404: "Go back, or start from the queue.",
    405: "Go back, and use the buttons on the page.",
    422: "Go back, correct it, and send it again.",
    500: "Try again; if it happens again, tell whoever runs this desk.",
}

_STATUS: tuple[tuple[type[ShipskipError], int], ...] = (
    (SignInError, 401),
    (StaleError, 409),
    (RefusedError, 403),
    (InputError, 422),
    (EndpointError, 502),
    (SpendingError, 422),
    (BusyError, 503),
    (MissingError, 404),
    (StoreError, 503),
)
"""The first class that fits decides."""


@dataclass(frozen=True)
class Trouble:
    """What somebody is told when a request fails.

    Attributes:
        status: HTTP status.
        detail: What happened.
        remedy: What to do next.
        problems: What is wrong, field by field.
        resend: Whether the page offers to send the same form again.
    """

    status: int
    detail: str
    remedy: str = ""
    problems: tuple[Problem, ...] = ()
    resend: bool = False

    @property
    def title(self) -> str:
        """It in a few words."""
        return _TITLES.get(self.status) or HTTPStatus(self.status).phrase


class TooManyTriesError(RefusedError):
    """Somebody failed to sign in too often."""


def trouble_of(error: ShipskipError) -> Trouble:
    """What somebody is told about an error of ours.

    Args:
        error: The error.
    """
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    if isinstance(error, TooManyTriesError):
        status = 429
    if isinstance(error, InputError):
        return Trouble(status, "nothing was changed", problems=tuple(error.problems))
    return Trouble(status, error.message, error.remedy, resend=status == 401)


def answer(
    request: Request, trouble: Trouble, headers: Mapping[str, str] | None = None
) -> Response:
    """The answer to a request that failed.

    Args:
        request: The request.
        trouble: What its sender is told.
        headers: More headers.
    """
    trouble = replace(trouble, remedy=trouble.remedy or _REMEDIES.get(trouble.status, ""))
    if is_api(request) or request.headers.get("accept", "").startswith("application/json"):
        response: Response = JSONResponse(_told(trouble), trouble.status, media_type=PROBLEM)
    else:
        response = render(
            request,
            "error.html.j2",
            trouble.status,
            trouble=trouble,
            resend=_resend(request) if trouble.resend else (),
            path=request.url.path,
        )
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def _told(trouble: Trouble) -> dict[str, object]:
    told: dict[str, object] = {
        "type": "about:blank",
        "title": trouble.title,
        "status": trouble.status,
        "detail": trouble.detail,
        "remedy": trouble.remedy,
    }
    if trouble.problems:
        told["problems"] = [
            {"field": one.key, "message": one.message, "remedy": one.remedy}
            for one in trouble.problems
        ]
    return told


def _resend(request: Request) -> list[tuple[str, str]]:
    """The fields to send again; none of a form with a password."""
    fields: list[tuple[str, str]] = getattr(request.state, "fields", [])
    if any("password" in name for name, _ in fields):
        return []
    return [(name, value) for name, value in fields if name != "csrf"]


def add_error_handlers(app: FastAPI) -> None:
    """Have every failure answered here.

    Args:
        app: The desk.
    """
    for kind, handler in (
        (ShipskipError, _ours),
        (HTTPException, _of_http),
        (RequestValidationError, _invalid),
        (Exception, _unexpected),
    ):
        app.add_exception_handler(kind, handler)


def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, ShipskipError)  # noqa: S101 - registered for it
    trouble = trouble_of(error)
    if trouble.status >= 500:
        log.error("request failed", extra=_facts(request, error))
    if not isinstance(error, SignInError):
        return answer(request, trouble)
    if is_api(request):
        return answer(request, trouble, {"www-authenticate": "Bearer"})
    if request.method in SAFE:
        where = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?{urlencode({'next': where}, quote_via=quote)}", 303)
    return answer(request, trouble)


def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    phrase = HTTPStatus(error.status_code).phrase
    words = "" if error.detail == phrase else str(error.detail)
    if not words and error.status_code == 404:
        words = "no page has this address"
    return answer(request, Trouble(error.status_code, words), error.headers)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it
    problems = tuple(
        Problem(one["msg"], key=".".join(str(part) for part in one["loc"][1:]))
        for one in error.errors()
    )
    return answer(request, Trouble(422, "nothing was changed", problems=problems))


def _unexpected(request: Request, error: Exception) -> Response:
    """Answered outside the guard, so that the headers are put here."""
    log.error("request failed", extra=_facts(request, error))
    response = answer(request, Trouble(500, "an error that nobody foresaw; nothing was changed"))
    context = context_of(request)
    for name, value in missing_headers(set(response.headers), is_https=context.is_https):
        response.headers[name] = value
    return response


def _facts(request: Request, error: Exception) -> dict[str, str]:
    return {
        "event": "desk.failed",
        "method": request.method,
        "path": request.url.path,
        "error": type(error).__name__,
        "where": _where(error),
    }


def _where(error: Exception) -> str:
    """The line it was raised at; its message may hold what an editor wrote, so that is not told."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
