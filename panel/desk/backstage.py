"""What goes on at the desk beside requests; it begins and ends with the application."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from panel.desk.arrivals import Arrivals
from panel.desk.context import Context
from panel.desk.workshop import Workshop


class Backstage:
    """The work beside requests.

    Args:
        context: The desk.

    Attributes:
        arrivals: Keeps the queue up to date.
        workshop: Works on runs.
    """

    def __init__(self, context: Context) -> None:
        self.arrivals = Arrivals(context)
        self.workshop = Workshop(context, ended=self.arrivals.look)

    @asynccontextmanager
    async def lifespan(self, _app: Any) -> AsyncGenerator[None]:
        """Goes on as long as the application is served."""
        self.arrivals.start()
        try:
            yield
        finally:
            await run_in_threadpool(self.close)

    def close(self) -> None:
        """End all of it, runs first, so that what they left is in the queue."""
        self.workshop.close()
        self.arrivals.close()


def workshop_of(request: Request) -> Workshop:
    """The runs that the desk works on itself.

    Args:
        request: The request.
    """
    found = request.app.state.backstage
    assert isinstance(found, Backstage)  # noqa: S101 - put there by create_app
    return found.workshop
