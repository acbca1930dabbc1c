"""Joins the views, the files of the site and the guard before them into one application."""

from collections.abc import Mapping

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ExceptionHandler

from panel.errors import ShipskipError
from panel.public import subscribing, voting
from panel.public.context import Context, context_of
from panel.public.guard import Guard
from panel.public.pages import RefusedRequestError, not_found, page, refuse, refused, unavailable


def site_file(request: Request) -> Response:
    """A file of the site, or its page for what is not there.

    Args:
        request: A GET or HEAD.
    """
    return context_of(request).files.answer(request) or not_found(request)


def _other(request: Request, error: Exception) -> Response:
    """What the framework itself refuses, e.g. a POST to a page."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404:
        return not_found(request)
    return page(request, refuse(status, "This cannot be done here").told, status)


_HANDLERS: Mapping[type[Exception] | int, ExceptionHandler] = {
    RefusedRequestError: refused,
    ShipskipError: unavailable,
    HTTPException: _other,
    Exception: unavailable,
}


def create_app(context: Context) -> Starlette:
    """The public server as an application.

    Args:
        context: Its parts.
    """
    app = Starlette(
        routes=[
            Route("/vote/{slug}", voting.voted, methods=["GET"]),
            Route("/vote/{slug}", voting.vote, methods=["POST"]),
            Route("/votes/{slug}.json", voting.tally, methods=["GET"]),
            Route("/subscribe", subscribing.subscribe, methods=["POST"]),
            Route("/confirm/{token}", subscribing.confirm_page, methods=["GET"]),
            Route("/confirm/{token}", subscribing.confirm, methods=["POST"]),
            Route("/unsubscribe/{token}", subscribing.leave_page, methods=["GET"]),
            Route("/unsubscribe/{token}", subscribing.leave, methods=["POST"]),
            Route("/{path:path}", site_file, methods=["GET"]),
        ],
        exception_handlers=dict(_HANDLERS),
    )
    app.state.context = context
    app.add_middleware(Guard, context=context)
    return app
