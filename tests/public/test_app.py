"""Requests to all of it at once."""

import datetime as dt
import json
from pathlib import Path

import pytest
from starlette.routing import Route

from panel.public.app import create_app
from tests.public.living import SLUG, LiveSite, living, make_house, make_site


def test_pages_of_the_server_look_like_the_site(live: LiveSite) -> None:
    page = live.reader().get(f"/vote/{SLUG}").text
    assert 'href="../assets/site.0123456789.css"' in page
    assert 'content="noindex"' in page
    assert f'action="../vote/{SLUG}"' in page


@pytest.mark.parametrize("path", ["/", f"/vote/{SLUG}", "/nothing"])
def test_no_page_has_a_style_or_a_script_of_its_own(live: LiveSite, path: str) -> None:
    page = live.reader().get(path).text
    assert "style=" not in page
    assert "<script>" not in page


def test_trouble_with_the_records_is_told_calmly(live: LiveSite) -> None:
    path = live.store.address.path
    assert path
    live.context.records.close()
    path.write_bytes(b"no database " * 1000)
    answer = live.reader().post(f"/vote/{SLUG}", data={"call": "ship"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert "Nothing was changed" in answer.text
    assert "public.db" not in answer.text


def test_a_bug_is_told_calmly(tmp_path: Path) -> None:
    def broken() -> dt.datetime:
        raise ZeroDivisionError("a clock without hands")

    house, out = make_house(tmp_path / "work"), make_site(tmp_path / "out")
    with living(house, out, clock=broken) as live:
        answer = live.reader().post(f"/vote/{SLUG}", data={"call": "ship"})
        assert answer.status_code == 503
        assert "hands" not in answer.text
        assert live.reader().get("/").status_code == 200


def test_every_address_that_changes_something_takes_only_posts(live: LiveSite) -> None:
    routes = [route for route in create_app(live.context).routes if isinstance(route, Route)]
    changing = {route.path for route in routes if "POST" in (route.methods or ())}
    assert changing == {"/vote/{slug}", "/subscribe", "/confirm/{token}", "/unsubscribe/{token}"}
    assert all((route.methods or set()) <= {"GET", "HEAD", "POST"} for route in routes)
    assert live.reader().get("/subscribe").status_code in {404, 405}


def test_what_is_refused_as_data_is_data(live: LiveSite) -> None:
    answer = live.reader(host="evil.example").get(f"/votes/{SLUG}.json")
    assert answer.status_code == 421
    assert json.loads(answer.text) == {"error": "This server does not answer to that name"}
