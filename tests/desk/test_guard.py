"""Requests that no page of the desk sends."""

import socket

import pytest

from panel.desk.guard import BODY_BYTES
from tests.desk.living import LiveDesk, words_of


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.", "evil.example:8642", "[x"]
)
def test_a_host_it_does_not_answer_to_is_refused(desk: LiveDesk, host: str) -> None:
    answer = desk.person().get("/me", headers={"host": host})
    assert answer.status_code in {400, 421}
    assert "Revoke" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1"])
def test_this_machine_has_several_names(desk: LiveDesk, host: str) -> None:
    port = desk.open_desk.listens_on[1]
    assert desk.person().get("/me", headers={"host": f"{host}:{port}"}).status_code == 200


def test_an_origin_of_the_right_name_and_another_port_is_another_origin(desk: LiveDesk) -> None:
    person = desk.person()
    fields = {"csrf": person.csrf}
    for origin in ("http://127.0.0.1:1", "http://localhost", "ftp://127.0.0.1", "http://[::1"):
        assert person.send("/sign-out", fields, origin=origin).status_code == 403
    assert person.send("/sign-out", fields).status_code == 303


def test_a_browser_that_tells_only_the_site_is_believed(desk: LiveDesk) -> None:
    person = desk.person()
    fields = {"csrf": person.csrf}
    answer = person.send("/sign-out", fields, origin="", sec_fetch_site="same-origin")
    assert answer.status_code == 303


@pytest.mark.parametrize("size", [BODY_BYTES + 1, BODY_BYTES * 3])
def test_too_much_at_once_is_told_calmly(desk: LiveDesk, size: int) -> None:
    person = desk.person()
    answer = person.post("/sign-out", words="x" * size)
    assert answer.status_code == 413
    assert "at most 1024 KiB" in words_of(answer)


def test_a_body_of_unknown_length_is_measured_too(desk: LiveDesk) -> None:
    person = desk.person()
    parts = (b"x" * 65536 for _ in range(17))
    headers = {"origin": desk.address, "content-type": "application/x-www-form-urlencoded"}
    assert person.client.post("/sign-out", content=parts, headers=headers).status_code == 413


@pytest.mark.parametrize("body", [b"csrf=\xff", b"&".join([b"a=1"] * 1001), b"csrf=%ff"])
def test_a_form_that_cannot_be_read_is_refused(desk: LiveDesk, body: bytes) -> None:
    headers = {"origin": desk.address, "content-type": "application/x-www-form-urlencoded"}
    answer = desk.person().client.post("/sign-out", content=body, headers=headers)
    assert answer.status_code == 400
    assert "cannot be read" in words_of(answer)


def test_a_form_older_than_the_session_is_kept_and_can_be_sent_again(desk: LiveDesk) -> None:
    admin = desk.person("admin")
    fields = {"csrf": "old", "login": "ana", "name": 'Ana <b>"&\nMaria', "role": "editor"}
    answer = admin.send("/people/add", fields)
    assert answer.status_code == 403
    assert desk.context.store.user("ana") is None
    assert "What you wrote is still here" in words_of(answer)
    assert "<b>" not in answer.text
    assert "Ana &lt;b&gt;" in answer.text


def test_a_password_is_never_shown_again(desk: LiveDesk) -> None:
    answer = desk.person(None).send("/sign-in", {"csrf": "x", "login": "a", "password": "CANARY"})
    assert answer.status_code == 403
    assert "CANARY" not in answer.text


def test_asking_for_the_head_of_a_page_is_asking_for_the_page(desk: LiveDesk) -> None:
    answer = desk.person().client.head("/me")
    assert (answer.status_code, answer.text) == (200, "")


def test_somebody_who_hangs_up_halfway_leaves_nothing_behind(desk: LiveDesk) -> None:
    host, port = desk.open_desk.listens_on
    with socket.create_connection((host, port)) as line:
        line.sendall(
            f"POST /sign-out HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {desk.address}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            "Content-Length: 99\r\n\r\ncs".encode()
        )
    assert desk.person().get("/me").status_code == 200
