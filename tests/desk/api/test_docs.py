"""The schema is for whoever holds a token."""

from panel.desk.api.docs import schema_of
from panel.desk.views import ROUTERS
from tests.desk.api.conftest import Api

DRAFT = "/api/drafts/{run}/{slug}"


def test_nobody_is_known_by_anything_but_a_token(api: Api) -> None:
    cms, editor = api.program(), api.desk.person("editor")
    assert editor.get(f"/api/drafts/{api.ref}").status_code == 401
    assert editor.get("/api/openapi.json").status_code == 401
    schema = cms.get("/api/openapi.json").json()
    assert "/api/drafts/{run}/{slug}/moves" in schema["paths"]
    assert not any(not path.startswith("/api/") for path in schema["paths"])


def test_every_change_of_a_draft_asks_for_its_version() -> None:
    told = schema_of(ROUTERS)
    unversioned = {"/comments", "/comments/{comment_id}/resolve", "/assignee"}
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            names = {one["name"] for one in operation.get("parameters", ()) if one["required"]}
            free = method == "get" or path.removeprefix(DRAFT) in unversioned
            assert ("If-Match" in names) is not free, (method, path)
