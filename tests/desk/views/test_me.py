import re

import pytest

from panel.desk.secrets import key_id
from tests.desk.living import LiveDesk, words_of


def test_my_sessions_are_listed_and_can_be_revoked(desk: LiveDesk) -> None:
    here, there = desk.person(), desk.person()
    assert words_of(here.get("/me")).count("Firefox on Linux") >= 2
    gone = key_id(there.client.cookies[desk.context.cookie])
    assert here.post("/me/sessions/end", id=gone).status_code == 303
    assert "Revoked: Firefox on Linux." in words_of(here.get("/me"))
    assert there.get("/me").status_code == 303
    again = here.post("/me/sessions/end", id=gone)
    assert again.status_code == 422
    assert "has ended already" in words_of(again)


def test_i_can_be_signed_out_everywhere_else(desk: LiveDesk) -> None:
    people = [desk.person() for _ in range(3)]
    people[0].post("/me/sessions/end-others")
    assert [one.get("/me").status_code for one in people] == [200, 303, 303]


def test_nobody_revokes_what_is_anothers(desk: LiveDesk) -> None:
    ana, bo = desk.person("editor", "ana"), desk.person("admin", "bo")
    foreign = key_id(ana.client.cookies[desk.context.cookie])
    assert bo.post("/me/sessions/end", id=foreign).status_code == 422
    assert ana.get("/me").status_code == 200


def test_a_token_is_shown_once(desk: LiveDesk) -> None:
    person = desk.person("viewer")
    page = person.post("/me/tokens", name="our <cms>", days="90")
    found = re.search(r'class="secret">([\w-]{43})<', page.text)
    assert found
    key = desk.context.store.key(key_id(found[1]))
    assert key
    assert (key.kind, key.login, key.name) == ("token", "viewer", "our <cms>")
    assert (key.expires - key.created).days == 90
    later = person.get("/me")
    assert found[1] not in later.text
    assert "our <cms>" in words_of(later)
    assert "<cms>" not in later.text
    assert person.post("/me/sessions/end", id=key.id).status_code == 303
    assert "No token yet" in words_of(person.get("/me"))


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "", "days": "90"},
        {"name": "x" * 81, "days": "90"},
        {"name": "x", "days": "9999"},
        {"name": "x"},
        {"name": "x", "days": "many"},
    ],
)
def test_a_token_without_name_or_end_is_not_made(desk: LiveDesk, fields: dict[str, str]) -> None:
    person = desk.person()
    assert person.post("/me/tokens", **fields).status_code == 422
    assert all(key.kind != "token" for key in desk.context.store.keys_of("editor"))


def test_nobody_hoards_tokens(desk: LiveDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panel.desk.views.me.TOKENS", 1)
    person = desk.person()
    assert person.post("/me/tokens", name="a", days="30").status_code == 200
    assert "revoke one first" in words_of(person.post("/me/tokens", name="b", days="30"))
