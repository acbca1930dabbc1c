"""A program reads a draft and all that was done to it."""

from pathlib import Path

from tests.databases import Environment
from tests.desk.api.conftest import Api
from tests.desk.living import living, make_house
from tests.domain.editing.papers import make_papers
from tests.editing.desk import keep_papers


def test_a_draft_has_all_that_its_page_has(api: Api) -> None:
    found = api.program("viewer").get().json()
    assert (found["run"], found["slug"], found["version"]) == (api.ref.run, api.ref.slug, 0)
    assert found["card"]["seats"] == len(found["reviews"]) == 3
    assert found["content"]["seats"][0]["verdict"]["quote"]
    assert len(found["seen"]) == 64


def test_what_is_not_there_is_a_404(api: Api) -> None:
    viewer = api.program("viewer")
    for name in ("20200101-000000-abcdef/tern-2", f"{api.ref.run}/other", "x/y"):
        for path in ("", "/history", "/comments", "/conflicts"):
            answer = viewer.get(f"/api/drafts/{name}{path}")
            assert answer.status_code == 404
            assert answer.json()["title"] == "There is nothing here"


def test_who_calls_first_at_the_desk_calls_first(database: Environment, tmp_path: Path) -> None:
    with living(make_house(tmp_path / "blind", blind_first=True)) as desk:
        api = Api(desk, keep_papers(desk.context.store, make_papers()))
        assert api.program("viewer").get().status_code == 200
        assert api.program("editor").get().status_code == 403
        desk.person().post(f"/drafts/{api.ref}/blind", call="skip")
        assert api.program("editor").get().status_code == 200
