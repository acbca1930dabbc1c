import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from panel.domain.dossier import Dossier
from panel.domain.persona import Persona
from panel.domain.verdict import Verdict
from panel.publishing.card_json import schema as scorecard_schema
from tests.cli.conftest import ROOT, Command, script

KEY = "sk-test-CANARYKEY1"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("samples = 0", "samples: 0 is too low -> the least is 1"),
        ("sample = 3", "sample is no setting"),
        ("samples = ", "mend the file"),
    ],
)
def test_a_wrong_settings_file_is_refused_by_every_command(
    shipskip: Command, workspace: Path, content: str, said: str
) -> None:
    (workspace / "shipskip.toml").write_text(content)
    for command in (("config",), ("doctor",), ("dossier", "list"), ("personas", "list")):
        result = shipskip(*command)
        assert (result.code, result.out) == (2, "")
        assert said in result.err


@pytest.mark.parametrize("value", [Dossier, Persona, Verdict])
def test_schema_of_a_value(shipskip: Command, workspace: Path, value: Any) -> None:
    found = shipskip("schema", value.__name__.lower()).json
    assert found.pop("$schema").endswith("2020-12/schema")
    assert found == value.model_json_schema()


def test_schema_of_a_scorecard(shipskip: Command, workspace: Path) -> None:
    assert shipskip("schema", "scorecard").json == json.loads(json.dumps(scorecard_schema()))


def test_schema_of_something_else_is_refused(shipskip: Command, workspace: Path) -> None:
    result = shipskip("schema", "page")
    assert result.code == 2
    assert "scorecard" in result.err


def test_a_refused_flag_names_its_limit(shipskip: Command, workspace: Path) -> None:
    result = shipskip("doctor", "--timeout", "4000")
    assert result.code == 2
    assert "error: --timeout: timeout: 4000.0 is too high -> the most is 3600" in result.err


def test_help_imports_neither_pydantic_nor_an_llm_library() -> None:
    heavy = {"pydantic", "pydantic_ai", "openai", "httpx2", "sqlalchemy", "jinja2", "yaml"}
    code = (
        "import sys\nfrom panel.cli.main import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print(sorted({heavy!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stderr.strip() == "[]"
    assert "doctor" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--version"], 0),
        (["config"], 0),
        (["schema", "page"], 2),
        (["nonsense"], 2),
        (["doctor"], 0),
    ],
)
def test_the_console_script_leaves_with_documented_codes(
    workspace: Path, arguments: list[str], code: int
) -> None:
    done = subprocess.run([script(), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
