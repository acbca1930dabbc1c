"""Files that pages load, and the way in."""

from typing import Annotated

from fastapi import APIRouter, HTTPException
from fastapi.responses import RedirectResponse, Response

from panel.desk.assets import asset, asset_url
from panel.desk.rights import anybody
from panel.domain.editing.people import User

router = APIRouter()

_FOR_EVER = "public, max-age=31536000, immutable"


@router.get("/")
def index(_user: Annotated[User | None, anybody()]) -> Response:
    """Leads to the queue, where every day begins."""
    return RedirectResponse("/queue", 303)


@router.get("/favicon.ico")
def favicon(_user: Annotated[User | None, anybody()]) -> Response:
    """Leads browsers that ask for the old name to the icon."""
    return RedirectResponse(asset_url("icon.svg"), 308)


@router.get("/static/{name}")
def static(name: str, _user: Annotated[User | None, anybody()]) -> Response:
    """A file by its hashed name."""
    found = asset(name)
    if found is None:
        raise HTTPException(404)
    return Response(found.body, media_type=found.media_type, headers={"cache-control": _FOR_EVER})
