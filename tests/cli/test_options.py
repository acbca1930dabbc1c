"""Which of a command's parameters are settings, and how they are handed on."""

import inspect
from typing import Any

import pytest

from panel.cli.options import ASKING, Json, adds, settings_of
from panel.settings import Settings


@pytest.mark.parametrize(
    ("given", "expected"), [(None, None), (True, "on"), (False, "off")], ids=["unset", "on", "off"]
)
def test_a_switch_becomes_the_word_of_its_setting(given: bool | None, expected: str | None) -> None:
    assert settings_of({"lead": given})["lead"] == expected


def test_every_setting_is_there_and_nothing_else() -> None:
    found = settings_of({"rate": "8/s", "path": "list.txt"})
    assert found.keys() == Settings.model_fields.keys()
    assert found["rate"] == "8/s"
    assert found["max_cost"] is None


def test_what_is_added_stands_between_arguments_and_own_options() -> None:
    @adds(rate=ASKING["rate"])
    def command(name: str, *, as_json: Json = False, **given: Any) -> None:
        assert (name, as_json, given) == ("x", True, {"rate": "8/s"})

    parameters = inspect.signature(command).parameters
    assert list(parameters) == ["name", "rate", "as_json"]
    assert parameters["rate"].default is None
    command(name="x", rate="8/s", as_json=True)


def test_every_option_that_is_added_stands_for_a_setting() -> None:
    assert ASKING.keys() <= Settings.model_fields.keys()
