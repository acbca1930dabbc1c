import re

import pytest

from panel.desk.assets import asset, asset_url
from panel.errors import InputError
from tests.desk.living import LiveDesk


@pytest.mark.parametrize("name", ["desk.css", "desk.js", "icon.svg"])
def test_a_file_is_known_by_its_content(name: str) -> None:
    url = asset_url(name)
    stem, _, suffix = name.partition(".")
    assert re.fullmatch(rf"/static/{stem}\.[0-9a-f]{{12}}\.{suffix}", url)
    found = asset(url.removeprefix("/static/"))
    assert found
    assert found.body


def test_a_file_that_is_not_there_is_a_mistake_of_the_template() -> None:
    with pytest.raises(InputError, match=r"no file none\.css"):
        asset_url("none.css")
    assert asset("desk.css") is None


def test_a_browser_may_keep_a_file_for_ever(desk: LiveDesk) -> None:
    answer = desk.person(None).get(asset_url("desk.css"))
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ["desk.css", "..%2fapp.py", "%2e%2e", "desk.000000000000.css"])
def test_nothing_else_is_given_out(desk: LiveDesk, name: str) -> None:
    assert desk.person(None).get(f"/static/{name}").status_code == 404


def test_no_file_asks_anybody_else_for_anything() -> None:
    for name in ("desk.css", "desk.js"):
        found = asset(asset_url(name).removeprefix("/static/"))
        assert found
        assert not re.search(rb"https?://|@import|url\(|innerHTML|eval\(", found.body)
