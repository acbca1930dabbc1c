"""The command as a whole: its groups, its version, and that no traceback reaches a person."""

import os
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.cli.conftest import Command, script

GROUPS = ("review", "runs", "dossier", "personas", "doctor", "config", "schema")


@pytest.mark.parametrize("arguments", [("--help",), ()])
def test_help_names_every_command(
    shipskip: Command, workspace: Path, arguments: tuple[str, ...]
) -> None:
    result = shipskip(*arguments)
    assert result.code == (0 if arguments else 2)
    assert all(f"  {name} " in result.out + result.err for name in GROUPS)


@pytest.mark.parametrize("group", ["runs", "dossier", "personas"])
def test_every_command_has_a_line_of_help(shipskip: Command, workspace: Path, group: str) -> None:
    result = shipskip(group, "--help")
    commands = result.out.partition("Commands:")[2].strip().splitlines()
    assert len(commands) >= 3
    assert all(len(line.split(maxsplit=1)) == 2 for line in commands)


def test_version(shipskip: Command, workspace: Path) -> None:
    result = shipskip("--version")
    assert (result.code, result.out) == (0, f"shipskip {version('shipskip')}\n")


@pytest.mark.parametrize(
    "arguments", [("reviews",), ("review", "--sample", "2"), ("runs", "list", "--limit", "0")]
)
def test_wrong_usage_is_exit_code_2_on_stderr(
    shipskip: Command, workspace: Path, arguments: tuple[str, ...]
) -> None:
    result = shipskip(*arguments)
    assert (result.code, result.out) == (2, "")
    assert "Usage:" in result.err


@pytest.mark.sqlite_only("it spoils the name of the file")
def test_an_unexpected_error_is_one_line_unless_a_traceback_is_asked_for(
    shipskip: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / "shipskip.toml").write_text('database_url = "sqlite:///a\\u0000b.db"\n')
    result = shipskip("runs", "list")
    assert (result.code, result.out) == (1, "")
    assert result.err.splitlines() == [
        "error: unexpected ValueError: embedded null byte",
        "  -> this is a bug in shipskip; run again with SHIPSKIP_DEBUG=1 and report it",
    ]
    monkeypatch.setenv("SHIPSKIP_DEBUG", "1")
    with pytest.raises(ValueError, match="embedded null byte"):
        shipskip("runs", "list")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_data_in_a_pipe_is_utf_8_whatever_the_locale(workspace: Path, encoding: str) -> None:
    done = subprocess.run(
        [script(), "review", "hy-mt2"],
        cwd=workspace,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "“" in done.stdout.decode("utf-8")
