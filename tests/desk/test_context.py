from dataclasses import replace

import pytest

from panel.bootstrap.house import House
from panel.desk.context import make_context
from tests.desk.living import LiveDesk


def test_settings_reach_the_desk(house: House) -> None:
    changed = house.with_settings(
        desk_url="https://desk.example/", desk_hosts=("a.example",), session_hours=2, four_eyes=True
    )
    with changed.store(write=True) as store:
        context = make_context(changed, store, "http://127.0.0.1:1", environ={})
    assert context.address == "https://desk.example"
    assert context.hosts == {"desk.example", "a.example"}
    assert (context.four_eyes, context.blind_first, context.is_https) == (True, False, True)
    assert context.session_length.total_seconds() == 7200
    assert context.cookie.startswith("__Host-")


def test_two_desks_on_one_machine_have_two_cookies(desk: LiveDesk) -> None:
    port = desk.open_desk.listens_on[1]
    assert desk.context.cookie == f"desk-{port}"
    assert replace(desk.context, address="http://desk.example").cookie == "desk-80"


@pytest.mark.parametrize(
    ("host", "answers"),
    [("localhost", True), ("::1", True), ("a.example", True), ("b.example", False), ("", False)],
)
def test_it_answers_to_its_names(desk: LiveDesk, host: str, answers: bool) -> None:
    assert replace(desk.context, hosts=frozenset({"a.example"})).answers_to(host) is answers


def test_the_secret_is_not_shown(desk: LiveDesk) -> None:
    assert "CANARY" not in repr(replace(desk.context, secret=b"CANARY"))
