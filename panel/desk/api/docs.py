"""The schema of the API, for whoever holds a token; strangers are told nothing."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute

from panel.desk.identity import API
from panel.desk.rights import needs
from panel.domain.editing.people import User

router = APIRouter(prefix="/api")

VERSION = "1"
"""Version of the API; its routes are only added to while it stands."""

_PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "remedy"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "remedy": {"type": "string", "description": "What to do next."},
        "problems": {"type": "array", "items": {"type": "object"}},
        "merge": {
            "type": "object",
            "description": "What becomes of a change on an older version, field by field.",
        },
    },
}


@router.get("/openapi.json", include_in_schema=False)
def schema(request: Request, _user: Annotated[User, needs("view")]) -> Response:
    """The schema."""
    return JSONResponse(schema_of(request.app.state.routers))


def schema_of(routers: Any) -> dict[str, Any]:
    """The schema of the API.

    Args:
        routers: The routers of the desk.
    """
    routes = [
        route
        for one in routers
        for route in one.routes
        if isinstance(route, APIRoute) and route.path.startswith(API)
    ]
    made = get_openapi(
        title="shipskip desk",
        version=VERSION,
        description="Everything that can be done at the desk. Make a token on the page of your"
        " account and send it as `Authorization: Bearer TOKEN`. Whatever changes a draft names the"
        ' version it is based on: `If-Match: "3"`.',
        routes=routes,
    )
    parts = made.setdefault("components", {})
    parts.setdefault("schemas", {})["Problem"] = _PROBLEM
    parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    made["security"] = [{"token": []}]
    for path in made["paths"].values():
        for operation in path.values():
            _require_version(operation)
    return made


def _require_version(operation: dict[str, Any]) -> None:
    """Without the header a change is refused, though not as a mistake in its form."""
    for one in operation.get("parameters", ()):
        if one["name"] == "If-Match":
            one |= {"required": True, "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'}}
