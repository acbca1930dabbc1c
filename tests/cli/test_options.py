"""Which of a command's parameters are settings, and how they are handed on."""

import pytest

from panel.cli.options import settings_of
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
