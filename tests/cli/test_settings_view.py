from pathlib import Path

import pytest

from panel.settings import Settings
from tests.cli.conftest import Command, told

KEY = "sk-test-CANARYKEY1"


def test_config_shows_every_setting(shipskip: Command, workspace: Path) -> None:
    result = shipskip("config")
    assert [line.split()[0] for line in result.out.splitlines()] == list(Settings.model_fields)
    assert f"no settings file ({workspace}/shipskip.toml does not exist)" in result.err
    assert told(result, r"^seats +developer,skeptic,futurist,business-analyst,creator$")
    assert told(result, r"^llm +\(not set\)$")


def test_config_tells_where_each_value_comes_from(
    shipskip: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / "shipskip.toml").write_text('samples = 3\ntimeout = 60\ninput_price = "0.10"\n')
    monkeypatch.setenv("SHIPSKIP_TIMEOUT", "90")
    result = shipskip("config", "--origin")
    assert told(result, r"^samples +3 +shipskip.toml$")
    assert told(result, r"^timeout +90 +environment, SHIPSKIP_TIMEOUT$")
    assert told(result, r"^input_price +0.10 +shipskip.toml$")
    assert told(result, r"^seed +7 +default$")
    assert f"file: {workspace}/shipskip.toml" in result.err


def test_config_as_json(
    shipskip: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIPSKIP_RECUSE", "true")
    found = shipskip("config", "--json").json
    assert found["file"] is None
    assert list(found["settings"]) == list(Settings.model_fields)
    assert found["settings"]["recuse"] == {"value": True, "origin": "environment"}
    assert found["settings"]["max_cost"] == {"value": None, "origin": "default"}


@pytest.mark.parametrize("flags", [(), ("--origin",), ("--json",)])
def test_config_shows_no_secret(
    shipskip: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch, flags: tuple[str, ...]
) -> None:
    monkeypatch.setenv("SHIPSKIP_DATABASE_URL", "postgresql://ada:hunter22@db.example/shipskip")
    monkeypatch.setenv("SHIPSKIP_API_KEY", KEY)
    result = shipskip("config", *flags)
    assert result.code == 0
    assert "db.example/shipskip" in result.out
    assert not any(secret in result.out + result.err for secret in ("hunter22", KEY))
