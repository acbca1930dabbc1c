import csv
import io
import json
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


def test_the_log_is_printed_in_three_ways(desk_command: Command, shipskip: Command) -> None:
    desk_command("add", "ana", "--name", "=1+1")
    desk_command("role", "ana", "publisher")
    told = shipskip("desk", "events").out
    assert len(told.splitlines()) == 3
    assert "command-line user.role user/ana" in told
    as_json = [json.loads(line) for line in shipskip("desk", "events", "--json").out.splitlines()]
    assert [one["seq"] for one in as_json] == [1, 2, 3]
    table = list(csv.DictReader(io.StringIO(shipskip("desk", "events", "--csv").out)))
    assert [one["subject"] for one in table] == [one["subject"] for one in as_json]


@pytest.mark.parametrize(
    ("since", "count"), [("2", 1), ("3", 0), ("2020-01-01", 3), ("2999-01-01", 0)]
)
def test_the_log_is_printed_from_a_line_or_a_day_on(
    desk_command: Command, shipskip: Command, since: str, count: int
) -> None:
    desk_command("add", "ana")
    desk_command("role", "ana", "publisher")
    assert len(shipskip("desk", "events", "--since", since).out.splitlines()) == count


@pytest.mark.parametrize("since", ["yesterday", "-1", "9" * 40, "2026-13-01"])
def test_what_is_no_day_is_told(desk_command: Command, shipskip: Command, since: str) -> None:
    told = shipskip("desk", "events", f"--since={since}")
    assert told.code == 2
    assert "takes a day or the number of a line" in told.err
