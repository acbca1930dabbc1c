"""Requests as views get them, for what is tried without a view."""

from fastapi import FastAPI
from starlette.requests import Request

from panel.desk.context import Context
from panel.desk.identity import Identity
from panel.domain.editing.people import User


def asking(context: Context, user: User, /, **fields: str) -> Request:
    """A request of somebody who is signed in.

    Args:
        context: The desk it is sent to.
        user: Who sends it.
        fields: The form that comes with it.
    """
    app = FastAPI()
    app.state.context = context
    here = {"path": "/", "query_string": b"", "server": ("127.0.0.1", 80)}
    request = Request({"type": "http", "method": "POST", "headers": [], "app": app, **here})
    request.state.identity = Identity(user)
    request.state.fields = list(fields.items())
    return request
