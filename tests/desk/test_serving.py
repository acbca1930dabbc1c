import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from panel.bootstrap.house import House
from panel.bootstrap.sockets import bound
from panel.desk.accounts import Accounts
from panel.desk.context import utc_now
from panel.desk.serving import local_login, opened
from panel.errors import BusyError, InputError, RefusedError, ShipskipError

SECRET = {"SHIPSKIP_DESK_SECRET": "x" * 32}


def test_the_local_user_is_admin_from_the_first_start(house: House) -> None:
    login = local_login()
    for _ in range(2):
        with opened(house, "127.0.0.1", 0, {}) as desk:
            assert desk.link
            assert desk.link.startswith("/sign-in?link=")
            (user,) = desk.context.store.users()
            assert (user.login, user.role, user.password) == (login, "admin", None)


def test_a_disabled_local_user_gets_no_link(house: House) -> None:
    with house.store(write=True) as store:
        accounts = Accounts(store, utc_now)
        accounts.add(local_login(), "Me", "editor")
        accounts.disable(local_login())
    with (
        pytest.raises(RefusedError, match="is disabled -> enable it"),
        opened(house, "127.0.0.1", 0, {}),
    ):
        pass


@pytest.mark.parametrize("environ", [{}, {"SHIPSKIP_DESK_SECRET": "x" * 31}])
def test_a_desk_seen_from_outside_needs_a_secret(house: House, environ: dict[str, str]) -> None:
    with (
        pytest.raises(InputError, match="at least 32 characters"),
        opened(house, "127.0.0.2", 0, environ),
    ):
        pass


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_a_desk_for_all_names_needs_to_know_its_own(house: House, host: str) -> None:
    with pytest.raises(InputError, match="set desk_url"), opened(house, host, 0, SECRET):
        pass


def test_a_desk_seen_from_outside_needs_an_account_with_a_password(house: House) -> None:
    behind = house.with_settings(desk_url="https://desk.example")
    for open_house, host in ((house, "127.0.0.2"), (behind, "127.0.0.1")):
        with (
            pytest.raises(RefusedError, match="account with a password -> run `shipskip desk user"),
            opened(open_house, host, 0, SECRET),
        ):
            pass
    with house.store(write=True) as store:
        accounts = Accounts(store, utc_now)
        accounts.add("ana", "Ana", "admin")
        accounts.set_password("ana", "a long enough password")
    with opened(behind, "127.0.0.1", 0, SECRET) as desk:
        assert desk.link is None
        assert desk.address == "https://desk.example"
        assert desk.context.secret == b"x" * 32
    short = {**SECRET, "SHIPSKIP_PROXY_SECRET": "x" * 31}
    with pytest.raises(InputError, match="SHIPSKIP_PROXY_SECRET"):
        opened(behind, "127.0.0.1", 0, short).__enter__()
    named = house.with_settings(desk_hosts=("desk.example",))
    with opened(named, "0.0.0.0", 0, SECRET) as desk:
        assert desk.address.startswith("http://desk.example:")
        assert not desk.context.answers_to("0.0.0.0")


def test_a_port_that_is_taken_is_told(house: House) -> None:
    with bound("127.0.0.1", 0) as door:
        door.listen()
        port = door.getsockname()[1]
        with (
            pytest.raises(ShipskipError, match=f"cannot listen on 127.0.0.1:{port} .* --port"),
            opened(house, "127.0.0.1", port, {}),
        ):
            pass


@pytest.mark.sqlite_only("one process writes to a file")
def test_a_database_somebody_writes_to_is_told(house: House) -> None:
    with (
        house.store(write=True),
        pytest.raises(BusyError),
        opened(house, "127.0.0.1", 0, {}),
    ):
        pass


@pytest.mark.parametrize(
    ("name", "login"),
    [
        ("ana", "ana"),
        ("Ana Maria", "ana-maria"),
        ("DOMAIN\\Ana", "domain-ana"),
        ("_x", "x"),
        ("", "editor"),
        ("日本", "editor"),
    ],
)
def test_any_name_of_the_system_makes_a_login(name: str, login: str) -> None:
    assert local_login(lambda: name) == login


def test_a_system_that_knows_no_name_has_an_editor() -> None:
    def nameless() -> str:
        raise KeyError("no such user")

    assert local_login(nameless) == "editor"


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_until_it_is_stopped(house: House, sign: signal.Signals) -> None:
    command = [sys.executable, "-m", "tests.desk.console", "desk", "--port", "0"]
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=house.workspace.root, env=environ, **pipes) as process:  # pyright: ignore
        assert process.stdout
        link = process.stdout.readline().strip()
        page = httpx2.get(link, timeout=20)
        assert page.status_code == 200
        assert f"Sign in as {local_login()}" in page.text
        process.send_signal(sign)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (0, "")
    assert "the desk is closed; everything is kept" in err
    assert "Traceback" not in err


def test_behind_a_proxy_that_signs_people_in_no_password_is_needed(house: House) -> None:
    behind = house.with_settings(desk_url="https://desk.example")
    told = {**SECRET, "SHIPSKIP_PROXY_SECRET": "y" * 32}
    with pytest.raises(RefusedError, match="account"), opened(behind, "127.0.0.1", 0, told):
        pass
    with house.store(write=True) as store:
        Accounts(store, utc_now).add("ana", "Ana", "admin")
    with opened(behind, "127.0.0.1", 0, told) as desk:
        assert desk.context.proxy_secret == b"y" * 32
