"""The views of the desk; a new one adds its router here."""

from panel.desk.api import ROUTERS as API_ROUTERS
from panel.desk.views import (
    bulk,
    comparing,
    conflicts,
    copies,
    drafts,
    editing,
    events,
    exchanges,
    files,
    history,
    me,
    moves,
    new_run,
    people,
    queue,
    runs,
    signing_in,
    talk,
)

ROUTERS = (
    files.router,
    signing_in.router,
    me.router,
    people.router,
    drafts.router,
    talk.router,
    conflicts.router,
    history.router,
    exchanges.router,
    editing.router,
    copies.router,
    moves.router,
    comparing.router,
    queue.router,
    bulk.router,
    new_run.router,
    runs.router,
    events.router,
    *API_ROUTERS,
)
"""Every router, in the order in which paths are looked up."""
