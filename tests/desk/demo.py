"""A page with every part of the design, so that all of it can be looked at and tested at once."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, Response
from jinja2 import FileSystemLoader

from panel.desk.rendering import environment, render, see_other
from panel.desk.rights import needs
from panel.domain.editing.people import User
from panel.domain.flag import Flag, Span
from panel.publishing.passages import FactRef, segments

router = APIRouter(prefix="/demo")

QUOTE = (
    "At 12 dollars per million tokens nobody will run this at night, and the licence forbids"
    " what its own page advertises. I tested it for a week."
)


def _span(words: str) -> Span:
    start = QUOTE.index(words)
    return Span(field="quote", start=start, end=start + len(words), text=words)


FLAGS = (
    Flag(
        kind="uncarried-price",
        severity="warns",
        message="no cited fact carries 12 dollars",
        span=_span("12 dollars per million tokens"),
    ),
    Flag(
        kind="first-hand",
        severity="blocks",
        message="a persona never claims to have tested",
        span=_span("I tested it for a week"),
    ),
)
SAVED: list[str] = []

_LOADER = environment().loader
assert isinstance(_LOADER, FileSystemLoader)
_LOADER.searchpath.append(str(Path(__file__).parent / "templates"))


def _page_url(page: int) -> str:
    return f"/demo?page={page}"


@router.get("")
def demo(request: Request, _user: Annotated[User, needs("view")]) -> Response:
    """All parts."""
    return render(
        request,
        "demo.html.j2",
        parts=segments(
            QUOTE, "quote", FLAGS, {63: (FactRef(id="F1", known=True, disputed=False),)}
        ),
        flags=FLAGS,
        quote=QUOTE,
        address=_page_url,
    )


@router.post("/save")
def save(_user: Annotated[User, needs("edit")], headline: Annotated[str, Form()]) -> Response:
    """Keep what was typed."""
    SAVED.append(headline)
    return JSONResponse({"fields": {"nth": str(len(SAVED))}})


@router.post("/send")
def send(
    request: Request, _user: Annotated[User, needs("edit")], headline: Annotated[str, Form()]
) -> Response:
    """Take the form."""
    return see_other(request, "/demo", f"Taken: {headline}")


@router.get("/boom")
def boom(_user: Annotated[User, needs("view")]) -> Response:
    """Fails as nobody foresaw."""
    raise ZeroDivisionError("a secret detail")
