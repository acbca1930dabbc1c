import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from panel.settings import DEFAULT_SEATS, ENV_PREFIX, Settings, gather, read_file

NAMES = list(Settings.model_fields)
LAYERS = ("file", "environment", "flag")


def test_defaults_are_valid() -> None:
    settings = Settings.model_validate({})
    assert (settings.llm, settings.seats) == (None, DEFAULT_SEATS)
    assert Settings.model_validate(settings.model_dump()) == settings


@given(st.dictionaries(st.sampled_from(NAMES), st.sets(st.sampled_from(LAYERS), min_size=1)))
def test_the_strongest_layer_that_speaks_wins(given_in: dict[str, set[str]]) -> None:
    def layer(name: str) -> dict[str, str]:
        return {field: name for field, layers in given_in.items() if name in layers}

    environ = {f"{ENV_PREFIX}{name.upper()}": value for name, value in layer("environment").items()}
    flags: dict[str, Any] = {**dict.fromkeys(NAMES), **layer("flag")}
    loaded = gather(flags, environ, layer("file"))
    strongest = {name: max(layers, key=LAYERS.index) for name, layers in given_in.items()}
    assert loaded.values == strongest
    assert loaded.origins == {**dict.fromkeys(NAMES, "default"), **strongest}
    assert loaded.unknown == []


def test_only_our_variables_are_read() -> None:
    environ = {"SAMPLES": "9", "SHIPSKIP_API_KEY": "sk-CANARY1234", "SHIPSKIP_SEED": ""}
    loaded = gather({}, environ, {})
    assert (loaded.values, loaded.unknown) == ({}, [])


def test_unknown_names_are_told_as_they_were_written() -> None:
    loaded = gather({}, {"SHIPSKIP_LLMS": "x"}, {"llms": "x"})
    assert loaded.unknown == ["llms", "SHIPSKIP_LLMS"]


@pytest.mark.parametrize(
    ("value", "seats"),
    [
        ("a,b", ("a", "b")),
        (" a , b ,", ("a", "b")),
        ("skeptic", ("skeptic",)),
        (["a", "b"], ("a", "b")),
    ],
)
def test_seats_are_a_list_or_words_with_commas(value: object, seats: tuple[str, ...]) -> None:
    assert Settings.model_validate({"seats": value}).seats == seats


def test_prices_are_exact() -> None:
    assert Settings.model_validate({"input_price": "0.1"}).input_price == Decimal("0.1")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("base_url", "localhost:11434"),
        ("base_url", "http://ada:secret@host/v1"),
        ("output_mode", "json"),
        ("temperature", 2.1),
        ("max_tokens", 199),
        ("seed", -1),
        ("seats", ","),
        ("samples", 0),
        ("quorum", 0),
        ("concurrency", 0),
        ("timeout", 0),
        ("timeout", 3601),
        ("max_retries", 11),
        ("max_cost", "-0.01"),
        ("input_price", "-1"),
        ("api_key", "sk-CANARY1234"),
    ],
)
def test_out_of_bounds(name: str, value: object) -> None:
    with pytest.raises(ValidationError, match=name):
        Settings.model_validate({name: value})


def test_a_timeout_may_be_an_hour() -> None:
    assert Settings.model_validate({"timeout": 3600}).timeout == 3600


def test_a_settings_file_is_toml(tmp_path: Path) -> None:
    path = tmp_path / "shipskip.toml"
    assert read_file(path) == {}
    path.write_text('llm = "ollama:qwen3"\nseats = ["skeptic"]\n')
    assert read_file(path) == {"llm": "ollama:qwen3", "seats": ["skeptic"]}
    path.write_text("llm: x")
    with pytest.raises(tomllib.TOMLDecodeError):
        read_file(path)


def test_every_setting_explains_itself() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name
