"""Requests that no page of the site sends."""

import socket
from pathlib import Path

import pytest

from panel.public.guard import BODY_BYTES
from tests.public.living import SLUG, LiveSite, living, make_house, make_site

PATH = f"/vote/{SLUG}"
SHIP = {"call": "ship"}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.", "[x"])
def test_a_host_it_does_not_answer_to_is_refused(live: LiveSite, host: str) -> None:
    answer = live.reader(host=host).get("/")
    assert answer.status_code in {400, 421}
    assert b"front front" not in answer.content


@pytest.mark.parametrize(
    ("origin", "site", "status"),
    [
        ("", "", 403),
        ("", "same-origin", 303),
        ("", "cross-site", 403),
        ("", "none", 403),
        ("http://evil.example", "", 403),
        ("http://127.0.0.1:1", "", 403),
        ("null", "", 403),
        ("ftp://{host}", "", 403),
        ("http://[::1", "", 403),
        ("http://{host}", "cross-site", 403),
        ("http://{host}", "", 303),
    ],
)
def test_a_vote_comes_from_a_page_of_the_site(
    live: LiveSite, origin: str, site: str, status: int
) -> None:
    host = live.address.removeprefix("http://")
    told = {"origin": origin.format(host=host), "sec-fetch-site": site}
    reader = live.reader()
    del reader.headers["origin"]
    answer = reader.post(PATH, data=SHIP, headers={k: v for k, v in told.items() if v})
    assert answer.status_code == status
    assert len(live.store.votes()) == (status == 303)


def test_over_tls_only_pages_over_tls_count(tmp_path: Path) -> None:
    house = make_house(tmp_path / "work", site_url="https://reviews.example")
    with living(house, make_site(tmp_path / "out")) as live:
        own = {"host": "reviews.example", "origin": "https://reviews.example"}
        answer = live.reader().post(PATH, data=SHIP, headers=own)
        assert answer.status_code == 303
        assert answer.headers["set-cookie"].startswith("__Host-shipskip-visitor=")
        assert "Secure" in answer.headers["set-cookie"]
        assert "strict-transport-security" in answer.headers
        plain = {**own, "origin": "http://reviews.example"}
        assert live.reader().post(PATH, data=SHIP, headers=plain).status_code == 403


def test_too_much_is_refused_calmly(live: LiveSite) -> None:
    answer = live.reader().post(PATH, data={"call": "ship", "x": "x" * BODY_BYTES})
    assert answer.status_code == 413
    parts = (b"x" * 1024 for _ in range(8))
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert live.reader().post(PATH, content=parts, headers=headers).status_code == 413


@pytest.mark.parametrize(
    ("content", "media", "status"),
    [
        (b'{"call":"ship"}', "application/json", 415),
        (b"call=ship", "text/plain", 415),
        (b"call=%ff", "application/x-www-form-urlencoded", 400),
        (b"call=\xff", "application/x-www-form-urlencoded", 400),
        (b"&".join([b"a=1"] * 30), "application/x-www-form-urlencoded", 400),
        (b"call=ship&call=skip", "application/x-www-form-urlencoded", 303),
    ],
)
def test_only_small_forms_are_taken(
    live: LiveSite, content: bytes, media: str, status: int
) -> None:
    answer = live.reader().post(PATH, content=content, headers={"content-type": media})
    assert answer.status_code == status
    assert {vote.call for vote in live.store.votes()} <= {"ship"}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(live: LiveSite, method: str) -> None:
    assert live.reader().request(method, "/").status_code == 405


def test_a_page_takes_no_form(live: LiveSite) -> None:
    answer = live.reader().post("/", data=SHIP)
    assert answer.status_code == 405
    assert "This cannot be done here" in answer.text


def test_every_answer_is_fenced(live: LiveSite) -> None:
    reader = live.reader()
    answers = [reader.get(path) for path in ("/", "/nothing", PATH, f"/votes/{SLUG}.json")]
    answers.append(reader.post(PATH, data={}))
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "server" not in answer.headers


def test_a_reader_who_hangs_up_ends_nothing(live: LiveSite) -> None:
    with socket.create_connection(live.site.listens_on) as raw:
        host = live.address.removeprefix("http://")
        head = f"POST {PATH} HTTP/1.1\r\nHost: {host}\r\nOrigin: {live.address}\r\n"
        raw.sendall(f"{head}Content-Length: 100\r\n\r\ncall".encode())
    assert live.reader().get("/").status_code == 200
