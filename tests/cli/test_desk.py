from pathlib import Path

import pytest

from panel.cli.desk import app
from tests.cli.conftest import Command, Result
from tests.databases import Environment


@pytest.fixture
def desk_command(
    shipskip: Command, tmp_path: Path, database: Environment, monkeypatch: pytest.MonkeyPatch
) -> Command:
    """Runs `shipskip desk user` in an empty workspace, with admin root."""
    assert app
    (tmp_path / "dossiers").mkdir()
    monkeypatch.chdir(tmp_path)

    def call(*words: object) -> Result:
        return shipskip("desk", "user", *words)

    assert call("add", "root", "--role", "admin", "--name", "The Root").code == 0
    return call


def test_accounts_are_opened_listed_and_closed(desk_command: Command) -> None:
    added = desk_command("add", "ana")
    assert (added.code, added.out) == (0, "added ana (editor)\n")
    assert "desk user password ana" in added.err
    assert desk_command("role", "ana", "publisher").out == "ana is publisher\n"
    assert desk_command("disable", "ana").out == "disabled ana\n"
    listed = [line.split() for line in desk_command("list").out.splitlines()]
    assert listed[1:] == [
        ["ana", "publisher", "disabled", "ana"],
        ["root", "admin", "link", "The", "Root"],
    ]
    assert desk_command("enable", "ana").out == "enabled ana\n"


def test_a_link_is_printed_for_the_address_people_use(
    desk_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk_command("link", "root").out.startswith("http://127.0.0.1:8642/sign-in?link=")
    monkeypatch.setenv("SHIPSKIP_DESK_URL", "https://desk.example/")
    assert desk_command("link", "root").out.startswith("https://desk.example/sign-in?link=")


def test_a_password_is_asked_for_and_never_an_argument(
    desk_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def typed(*_words: object) -> str:
        return "a long enough password"

    monkeypatch.setattr("getpass.getpass", typed)
    assert desk_command("password", "root").out == "root has a password\n"
    assert "password or link" in desk_command("list").out
    assert desk_command("password", "root", "secret").code == 2


@pytest.mark.parametrize(
    ("words", "code", "problem"),
    [
        (("add", "Ana"), 2, "a login is up to 64 small letters"),
        (("add", "root"), 2, "there is an account root already"),
        (("add", "ana", "--role", "boss"), 2, "boss is no role"),
        (("role", "nobody", "viewer"), 2, "there is no account nobody"),
        (("disable", "root"), 1, "root is the only admin left"),
        (("link", "nobody"), 2, "there is no account nobody"),
        (("password", "nobody"), 2, "there is no account nobody"),
    ],
)
def test_what_cannot_be_is_told(
    desk_command: Command, words: tuple[str, ...], code: int, problem: str
) -> None:
    result = desk_command(*words)
    assert result.code == code
    assert problem in result.err
    assert not result.out


def test_a_desk_for_others_says_what_it_needs(shipskip: Command, desk_command: Command) -> None:
    result = shipskip("desk", "--host", "127.0.0.2", "--port", "0")
    assert result.code == 2
    assert "SHIPSKIP_DESK_SECRET" in result.err
    assert "openssl rand -hex 32" in result.err
    assert desk_command
