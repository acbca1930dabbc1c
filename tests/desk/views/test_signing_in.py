import pytest

from panel.desk.secrets import form_token
from tests.desk.living import LiveDesk, Person, hidden_fields, words_of

PASSWORD = "a long enough password"


@pytest.fixture
def ana(desk: LiveDesk) -> LiveDesk:
    """A desk where ana has a password."""
    desk.user("editor", "ana")
    desk.accounts.set_password("ana", PASSWORD)
    return desk


def newcomer(desk: LiveDesk) -> Person:
    """Somebody whose browser was never here, before the page to sign in."""
    person = desk.person(None)
    person.client.cookies.clear()
    person.csrf = hidden_fields(person.get("/sign-in"))["csrf"]
    return person


def test_following_a_link_does_not_use_it_up_but_the_button_does(desk: LiveDesk) -> None:
    path = desk.accounts.link(desk.user("editor").login)
    for _ in range(3):
        page = newcomer(desk).get(path)
        assert "Sign in as editor" in words_of(page)
    person = newcomer(desk)
    done = person.post("/sign-in", link=path.partition("=")[2], next="/me")
    assert (done.status_code, done.headers["location"]) == (303, "/me")
    assert "Firefox" not in words_of(person.get("/me"))
    assert "used before" in words_of(newcomer(desk).get(path))
    again = newcomer(desk).post("/sign-in", link=path.partition("=")[2])
    assert again.status_code == 401
    assert "This link was used before" in words_of(again)


def test_a_password_signs_in(ana: LiveDesk) -> None:
    person = newcomer(ana)
    assert person.post("/sign-in", login="ana", password=PASSWORD).status_code == 303
    assert person.get("/me").status_code == 200


def test_a_wrong_password_keeps_the_login_and_the_way(ana: LiveDesk) -> None:
    answer = newcomer(ana).post("/sign-in", login='a"na', password="CANARY", next="/me")
    assert answer.status_code == 401
    assert "do not belong together" in words_of(answer)
    assert 'value="a&#34;na"' in answer.text
    assert hidden_fields(answer)["next"] == "/me"
    assert "CANARY" not in answer.text


def test_too_many_tries_are_told(ana: LiveDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.desk.signing.TRIES_BY_ADDRESS", 0)
    answer = newcomer(ana).post("/sign-in", login="ana", password=PASSWORD)
    assert answer.status_code == 429
    assert "Signing in failed too often" in words_of(answer)


def test_signing_in_leads_nowhere_else(ana: LiveDesk) -> None:
    for path in ("//evil.example", "https://evil.example", "/\\evil.example"):
        answer = newcomer(ana).post("/sign-in", login="ana", password=PASSWORD, next=path)
        assert answer.headers["location"] == "/queue"
        assert "evil" not in newcomer(ana).get("/sign-in", params={"next": path}).text


def test_signing_in_again_ends_the_session_before(ana: LiveDesk) -> None:
    person = ana.person("editor", "ana")
    before = dict(person.client.cookies)
    person.post("/sign-in", login="ana", password=PASSWORD)
    assert dict(person.client.cookies) != before
    live = [key for key in ana.context.store.keys_of("ana") if not key.ended]
    assert len(live) == 1


def test_a_session_somebody_planted_is_not_taken_over(ana: LiveDesk) -> None:
    person = newcomer(ana)
    person.client.cookies.set(ana.context.cookie, "planted")
    person.csrf = form_token(ana.context.secret, "planted")
    person.post("/sign-in", login="ana", password=PASSWORD)
    stranger = newcomer(ana)
    stranger.client.cookies.set(ana.context.cookie, "planted")
    assert stranger.get("/me").status_code == 303


def test_signing_out_ends_the_session_for_good(desk: LiveDesk) -> None:
    person = desk.person()
    kept = dict(person.client.cookies)
    answer = person.post("/sign-out")
    assert answer.headers["location"] == "/sign-in"
    assert "You are signed out." in words_of(person.get("/sign-in"))
    person.client.cookies.update(kept)
    assert person.get("/me").status_code == 303
    acts = [event.act for event in desk.context.store.events() if event.by == "editor"]
    assert "session.end" in acts
