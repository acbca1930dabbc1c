import pytest
from starlette.requests import Request

from panel.public.app import create_app
from panel.public.pages import (
    Message,
    RefusedRequestError,
    count,
    not_found,
    page,
    refuse,
    refused,
)
from tests.public.living import LiveSite


def request(live: LiveSite, path: str = "/a/b") -> Request:
    """A request to a server."""
    app = create_app(live.context)
    return Request({"type": "http", "path": path, "headers": [], "app": app, "method": "GET"})


def test_what_is_told_is_escaped(live: LiveSite) -> None:
    told = Message("<b>", ("<script>",), action="x/<y>", button="<Go>")
    text = bytes(page(request(live), told).body).decode()
    assert "<script>" not in text
    assert "<h1>&lt;b&gt;</h1>" in text
    assert 'action="../x/&lt;y&gt;"' in text


def test_a_refusal_says_when_to_come_back(live: LiveSite) -> None:
    answer = refused(request(live), refuse(429, "Too many", "Wait.", wait=7))
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")


def test_too_many_are_refused(live: LiveSite) -> None:
    count(live.context, "x", 1, 60)
    with pytest.raises(RefusedRequestError) as refusal:
        count(live.context, "x", 1, 60)
    assert (refusal.value.status, refusal.value.wait > 0) == (429, True)


def test_a_site_without_a_page_for_what_is_not_there_has_one(live: LiveSite) -> None:
    (live.out / "404.html").unlink()
    answer = not_found(request(live))
    assert answer.status_code == 404
    assert b"There is nothing here" in answer.body
