import re

from tests.desk.living import LiveDesk, words_of


def test_an_admin_opens_changes_and_closes_accounts(desk: LiveDesk) -> None:
    admin = desk.person("admin")
    admin.post("/people/add", login="Ana", name="Ana <b>Maria", role="viewer")
    page = admin.get("/people")
    assert "Ana <b>Maria has an account; give them a link next." in words_of(page)
    assert "<b>Maria" not in page.text
    admin.post("/people/ana/role", role="publisher")
    admin.post("/people/ana/disable")
    found = desk.context.store.user("ana")
    assert found
    assert (found.role, found.disabled) == ("publisher", True)
    assert "disabled" in words_of(admin.get("/people"))
    admin.post("/people/ana/enable")
    assert "Ana <b>Maria may sign in again." in words_of(admin.get("/people"))
    by = {event.by for event in desk.context.store.events() if event.subject == "user/ana"}
    assert by == {"admin"}


def test_a_link_for_somebody_is_shown_once_and_works(desk: LiveDesk) -> None:
    admin, user = desk.person("admin"), desk.user("editor")
    page = admin.post(f"/people/{user.login}/link")
    found = re.search(r'class="secret">(http[^<]+)<', page.text)
    assert found
    assert found[1] not in admin.get("/people").text
    path = found[1].removeprefix(desk.address)
    assert "Sign in as editor" in words_of(desk.person(None).get(path))


def test_an_admin_cannot_lock_everybody_out(desk: LiveDesk) -> None:
    admin = desk.person("admin")
    for path, fields in (("disable", {}), ("role", {"role": "viewer"})):
        answer = admin.post(f"/people/admin/{path}", **fields)
        assert answer.status_code == 403
        assert "only admin left" in words_of(answer)


def test_what_cannot_be_an_account_is_told(desk: LiveDesk) -> None:
    admin = desk.person("admin")
    for fields in (
        {"login": "a b", "name": "A", "role": "viewer"},
        {"login": "ab", "name": "", "role": "viewer"},
        {"login": "ab", "name": "A", "role": "boss"},
        {"login": "admin", "name": "A", "role": "viewer"},
    ):
        assert admin.post("/people/add", **fields).status_code == 422
    assert [user.login for user in desk.context.store.users()] == ["admin"]
    assert admin.post("/people/nobody/disable").status_code == 422
