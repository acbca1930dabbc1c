"""Pages that tell a reader one thing in the look of the site, also when something is wrong."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from panel.public.context import Context, context_of
from panel.publishing.site import paths
from panel.publishing.site.templating import render

log = logging.getLogger("shipskip.public")
log.addHandler(logging.NullHandler())  # silent until somebody asks

_NOT_FOUND = "404.html"


@dataclass(frozen=True)
class Message:
    """What a page tells.

    Attributes:
        title: Its heading.
        words: Its paragraphs.
        action: Where a button below them posts to; empty for none.
        button: What the button says.
        back: Where a link leads, below the root.
        back_words: What the link says.
    """

    title: str
    words: tuple[str, ...] = ()
    action: str = ""
    button: str = ""
    back: str = paths.HOME
    back_words: str = "To the front page"


class RefusedRequestError(Exception):
    """A request is answered with a message.

    Args:
        status: HTTP status.
        told: What its sender is told.
        wait: Seconds after which it may be sent again; 0 for nothing to say.
    """

    def __init__(self, status: int, told: Message, wait: int = 0) -> None:
        super().__init__(told.title)
        self.status = status
        self.told = told
        self.wait = wait


def refuse(status: int, title: str, *words: str, wait: int = 0) -> RefusedRequestError:
    """A refusal, to be raised.

    Args:
        status: HTTP status.
        title: What is wrong.
        words: What to do next.
        wait: Seconds after which it may be sent again.
    """
    return RefusedRequestError(status, Message(title, words), wait)


def page(request: Request, told: Message, status: int = 200) -> Response:
    """A page that tells one thing.

    Args:
        request: The request it answers.
        told: What it tells.
        status: HTTP status.
    """
    return draw(request, "message.html.j2", {"message": told}, status)


def draw(
    request: Request, template: str, said: Mapping[str, object], status: int = 200
) -> HTMLResponse:
    """A page of the server in the look of the site.

    Args:
        request: The request it answers.
        template: Name of the template.
        said: What it says.
        status: HTTP status.
    """
    context = context_of(request)
    path = request.scope["path"].removeprefix("/")
    site = context.site.model_copy(update={"assets": context.files.assets(context.site.assets)})
    return HTMLResponse(render(template, site, path, {"hidden": True, **said}), status)


def not_found(request: Request) -> Response:
    """The site's own page for what is not there.

    Args:
        request: The request.
    """
    content = context_of(request).files.read(_NOT_FOUND)
    if content is None:
        return page(request, Message("There is nothing here"), 404)
    return HTMLResponse(content, 404)


def refused(request: Request, error: Exception) -> Response:
    """The answer to a request that is refused.

    Args:
        request: The request.
        error: Why, and what is told.
    """
    assert isinstance(error, RefusedRequestError)  # noqa: S101 - registered for no other
    if request.scope["path"].endswith(".json"):
        response: Response = JSONResponse({"error": error.told.title}, error.status)
    else:
        response = page(request, error.told, error.status)
    if error.wait:
        response.headers["retry-after"] = str(error.wait)
    return response


def unavailable(request: Request, error: Exception) -> Response:
    """The answer when the records cannot be reached just now.

    Args:
        request: The request.
        error: What was raised.
    """
    log.error("request failed", extra={"path": request.scope["path"], "error": str(error)})
    told = Message("This does not work just now", ("Nothing was changed. Try again in a minute.",))
    response = page(request, told, 503)
    response.headers["retry-after"] = "60"
    return response


def count(context: Context, key: str, most: int, seconds: float) -> None:
    """Count one more of something, and refuse it when there were too many.

    Args:
        context: The server.
        key: What, and by whom.
        most: How often it may be done.
        seconds: Within this time.

    Raises:
        RefusedRequestError: It was done too often.
    """
    wait = context.limits.take(key, most, seconds)
    if wait:
        raise refuse(429, "Too many at once", "Wait a while, then try again.", wait=wait)
