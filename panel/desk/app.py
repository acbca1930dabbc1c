"""Joins the views, the guard before them and the pages for errors into one application."""

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI

from panel.desk.backstage import Backstage
from panel.desk.context import Context
from panel.desk.errors import add_error_handlers
from panel.desk.guard import Guard
from panel.desk.identity import WAYS, Identify
from panel.desk.rights import declarations
from panel.desk.views import ROUTERS


def create_app(
    context: Context,
    routers: Sequence[APIRouter] = ROUTERS,
    ways: Sequence[Identify] = WAYS,
) -> FastAPI:
    """The desk as an application.

    Args:
        context: Its parts.
        routers: The routers of its views.
        ways: The ways to be known, tried in order.

    Raises:
        ShipskipError: A route does not declare the right it needs.
    """
    list(declarations(routers))
    backstage = Backstage(context)
    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=backstage.lifespan,
    )
    app.state.context = context
    app.state.backstage = backstage
    app.state.routers = tuple(routers)
    app.state.ways = tuple(ways)
    for router in routers:
        app.include_router(router)
    add_error_handlers(app)
    app.add_middleware(Guard, context=context)
    return app
