import pytest

from panel.bootstrap.house import House
from tests.desk.living import LiveDesk, living, words_of


def test_a_session_cookie_is_for_this_desk_and_no_script(desk: LiveDesk) -> None:
    link = desk.accounts.link(desk.user().login).partition("link=")[2]
    cookie = desk.person(None).post("/sign-in", link=link).headers["set-cookie"]
    assert cookie.startswith(f"{desk.context.cookie}=")
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=43200"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


def test_over_tls_the_cookie_is_bound_to_the_host(house: House) -> None:
    with living(house.with_settings(desk_url="https://desk.example")) as desk:
        stranger = desk.person(None)
        stranger.client.cookies.clear()
        answer = stranger.get("/sign-in", headers={"host": "desk.example"})
    assert answer.headers["strict-transport-security"]
    assert answer.headers["set-cookie"].startswith("__Host-desk-visit=")
    assert {"Secure", "Path=/"} <= set(answer.headers["set-cookie"].split("; "))


def test_what_was_done_is_told_once(desk: LiveDesk) -> None:
    person = desk.person()
    assert person.post("/me/sessions/end-others").status_code == 303
    assert "Signed out everywhere else (0)." in words_of(person.get("/me"))
    assert "Signed out" not in words_of(person.get("/me"))


@pytest.mark.parametrize("value", ["!!!", "/w==", "PGI-eDwvYj4="])
def test_a_word_somebody_made_up_is_only_words(desk: LiveDesk, value: str) -> None:
    person = desk.person()
    person.client.cookies.set(f"{desk.context.cookie}-said", value)
    answer = person.get("/me")
    assert answer.status_code == 200
    assert "<b>" not in answer.text
