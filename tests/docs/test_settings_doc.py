import re
import tomllib

import pytest

from panel.errors import Exit
from panel.judging.endpoints import KEY_VARIABLE, key_of
from panel.settings import ENV_PREFIX, Settings
from tests.docs.reference import AGAIN, settings_page
from tests.docs.tables import first_cells, page


def test_the_table_is_the_one_the_settings_make() -> None:
    assert page("settings") == settings_page(page("settings")), f"write it again with {AGAIN}"


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_explained(name: str) -> None:
    text = page("settings")
    assert name in first_cells(text)
    assert f"`{ENV_PREFIX}{name.upper()}`" in text
    assert str(Settings.model_fields[name].description) in text


def test_the_example_file_is_valid() -> None:
    example = re.search(r"```toml\n(.*?)```", page("settings"), re.DOTALL)
    assert example
    settings = Settings.model_validate(tomllib.loads(example[1]))
    assert settings.samples == 3


@pytest.mark.parametrize(
    ("kind", "variable"),
    [
        ("openai", "OPENAI_API_KEY"),
        ("openai-chat", "OPENAI_API_KEY"),
        ("openai-responses", "OPENAI_API_KEY"),
        ("google", "GOOGLE_API_KEY"),
        ("anthropic", "ANTHROPIC_API_KEY"),
        ("groq", "GROQ_API_KEY"),
    ],
)
def test_the_key_variables_told_are_those_read(kind: str, variable: str) -> None:
    assert key_of(kind, {variable: "own"}) == "own"
    assert key_of(kind, {variable: "own", KEY_VARIABLE: "ours"}) == "ours"
    assert f"`{variable}`" in page("settings")


def test_exactly_our_exit_codes_are_explained() -> None:
    rows = re.findall(r"^\| (\d+) \|", page("exit-codes"), re.MULTILINE)
    assert [int(code) for code in rows] == sorted(int(code) for code in Exit)
