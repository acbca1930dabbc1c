"""The README's promises: its commands work in a fresh copy, and its picture is small."""

import re
from pathlib import Path

import pytest

from panel.domain.llm import OFFLINE
from tests.databases import Environment
from tests.docs.pages import ROOT, Step, page
from tests.docs.test_docs import Shell

README = page("README.md")
MAIN_JOB = "shipskip review muse-spark qwen3-6-27b qwen3-6-35b-a3b"


def command_lines() -> list[str]:
    """Every line of the README's shell blocks."""
    blocks = [block for block in README.blocks if block.kind == "sh"]
    return [line for block in blocks for line in block.body.splitlines()]


def test_the_two_commands_come_first() -> None:
    first, second = command_lines()[:2]
    assert first == f"python -m pip install uv && uv run --no-dev {MAIN_JOB}"
    assert second == "python -m pip install uv && uv run pytest"


def test_the_gate_runs_the_readme_commands() -> None:
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert MAIN_JOB in gate
    assert re.search(r"uv run\b.* pytest", gate)


def test_the_first_command_ends_with_three_scorecards(
    tmp_path: Path, database: Environment
) -> None:
    code, output = Shell(tmp_path, {**database}).run(Step(MAIN_JOB, (), 0))
    assert code == 0, output
    assert len(re.findall(r"^\d of 5 seats ship ", output, re.MULTILINE)) == 3
    assert output.count(OFFLINE.label) >= 3


def test_the_panel_of_the_five_minutes_is_priced_and_capped(
    tmp_path: Path, database: Environment
) -> None:
    lines = [line for line in command_lines() if line.startswith("shipskip review")]
    assert lines == [
        "shipskip review muse-spark --dry-run",
        "shipskip review muse-spark --max-cost 5 --out runs/first-panel",
    ]
    shell = Shell(tmp_path, {"SHIPSKIP_LLM": "openai-chat:gpt-5.5", **database})
    code, output = shell.run(Step(lines[0], (), 0))
    assert code == 0, output
    high = re.search(r"cost in USD.* to +([\d.]+)", output)
    assert high, output
    assert float(high[1]) <= 5, "the cap in the README refuses its own order"


@pytest.mark.parametrize("name", ["scorecard.png"])
def test_the_picture_is_small_and_shown(name: str) -> None:
    picture = ROOT / "docs" / "images" / name
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 250_000
    assert f"docs/images/{name}" in README.links


def test_the_table_of_places_names_places() -> None:
    rows = re.findall(r"^\| ((?:`[^`]+/`(?:, )?)+) \|", README.text, re.MULTILINE)
    places = [place for row in rows for place in re.findall(r"`([^`]+)`", row)]
    assert len(places) >= 6
    assert all((ROOT / place).is_dir() for place in places)
