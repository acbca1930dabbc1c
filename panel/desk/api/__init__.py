"""The same actions as JSON, for a CMS to drive the desk; tokens instead of sessions."""

from panel.desk.api import changes, docs, lists, reading, talk

ROUTERS = (docs.router, lists.router, reading.router, changes.router, talk.router)
"""Every router of the API."""
