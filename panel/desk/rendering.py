"""Turns templates into pages; everything is escaped, and a name nobody gave is an error."""

import datetime as dt
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from panel.desk.assets import asset_url
from panel.desk.context import context_of
from panel.desk.cookies import bearer_of, said, say_next, start_visit
from panel.desk.identity import Identity
from panel.desk.secrets import form_token, new_secret
from panel.domain.editing.states import may
from panel.publishing.words import visible

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


def environment() -> Environment:
    """The environment of all templates, for the tests that look through them."""
    return _ENVIRONMENT


def render(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page.

    Every template also gets `me` (the user, or None), `may(right)`, `csrf` (the token of its
    forms), `said` (what the last action wants told), `here` (the path) and `asset(name)`.

    Args:
        request: The request it answers.
        template: File name of the template.
        status: HTTP status.
        values: What the template shows.
    """
    context = context_of(request)
    identity: Identity | None = getattr(request.state, "identity", None)
    me = identity and identity.user
    bearer = bearer_of(request)
    fresh = "" if bearer else new_secret()
    common: dict[str, Any] = {
        "me": me,
        "may": lambda right: me is not None and may(me.role, right),  # pyright: ignore
        "csrf": form_token(context.secret, bearer or fresh),
        "said": said(request),
        "here": request.url.path,
        "asset": asset_url,
        "today": context.clock().date(),
    }
    body = _ENVIRONMENT.get_template(template).render({**common, **values})
    response = HTMLResponse(body, status)
    if fresh:
        start_visit(response, context, fresh)
    said(request, response)
    return response


def see_other(request: Request, path: str, say: str = "") -> RedirectResponse:
    """Lead to another page after something was done.

    Args:
        request: The request that did it.
        path: Path of that page, with its query.
        say: What that page tells first, e.g. `Approved.`
    """
    response = RedirectResponse(path, 303)
    if say:
        say_next(response, context_of(request), say)
    return response


def safe_path(path: str) -> str:
    """A path of this desk to go to next; the queue when it leads anywhere else.

    Args:
        path: Path and query, as an address gave them.
    """
    is_ours = path.startswith("/") and not path.startswith("//") and path.isprintable()
    return path if is_ours and "\\" not in path else "/queue"


def _moment(at: dt.datetime) -> str:
    """A moment in words, e.g. `21 Nov 2026, 12:04 UTC`."""
    return f"{at.astimezone(dt.UTC):%-d %b %Y, %H:%M} UTC"


def _day(day: dt.date) -> str:
    """A day in words, e.g. `21 Nov 2026`."""
    return f"{day:%-d %b %Y}"


def _seen(text: str) -> str:
    """A text of several lines, with what nobody could see in it made visible."""
    return "\n".join(visible(line) for line in text.split("\n"))


_ENVIRONMENT.filters |= {"moment": _moment, "day": _day, "seen": _seen, "visible": visible}
