from pathlib import Path
from typing import Any

import pytest

from panel.bootstrap.house import House
from panel.domain.llm import LlmSettings
from panel.errors import InputError
from panel.testing import make_persona


def opened(root: Path, content: str = "", /, **flags: Any) -> House:
    (root / "dossiers").mkdir(exist_ok=True)
    if content:
        (root / "shipskip.toml").write_text(content)
    return House.open(root, flags, environ={})


@pytest.mark.parametrize("start", [".", "dossiers", "dossiers/deep/er"])
def test_the_workspace_is_found_from_within(tmp_path: Path, start: str) -> None:
    folder = tmp_path / start
    folder.mkdir(parents=True, exist_ok=True)
    (tmp_path / "shipskip.toml").write_text("samples = 2")
    house = House.open(folder, environ={})
    assert house.workspace.root == tmp_path.resolve()
    assert house.settings.samples == 2


def test_flags_win_over_environment_over_file(tmp_path: Path) -> None:
    (tmp_path / "shipskip.toml").write_text("samples = 2\nseed = 2\ntimeout = 2\n")
    environ = {"SHIPSKIP_SEED": "3", "SHIPSKIP_TIMEOUT": "3"}
    house = House.open(tmp_path, {"timeout": 4.0, "seed": None}, environ)
    found = {name: getattr(house.settings, name) for name in ("samples", "seed", "timeout")}
    assert found == {"samples": 2, "seed": 3, "timeout": 4.0}
    assert [house.origins[name] for name in (*found, "quorum")] == [
        "file",
        "environment",
        "flag",
        "default",
    ]


def test_every_wrong_setting_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "shipskip.toml").write_text("samples = 0\n")
    environ = {"SHIPSKIP_TIMEOUT": "soon"}
    with pytest.raises(InputError) as error:
        House.open(tmp_path, {"output_mode": "nativ", "max_cost": "-1"}, environ)
    told = {problem.key: problem for problem in error.value.problems}
    assert told["samples"].path == str(tmp_path / "shipskip.toml")
    assert told["timeout"].path == "SHIPSKIP_TIMEOUT"
    assert told["output_mode"].path == "--output-mode"
    assert told["output_mode"].remedy.startswith("did you mean native?")
    assert told["max_cost"].path == "--max-cost"
    assert all(problem.message and problem.remedy for problem in told.values())


@pytest.mark.parametrize(
    ("content", "environ", "place"),
    [
        ("sampels = 1", {}, "shipskip.toml"),
        ('api_key = "sk-CANARY1234"', {}, "shipskip.toml"),
        ("", {"SHIPSKIP_SAMPELS": "1"}, "environment"),
    ],
)
def test_what_is_no_setting_is_refused(
    tmp_path: Path, content: str, environ: dict[str, str], place: str
) -> None:
    (tmp_path / "shipskip.toml").write_text(content)
    with pytest.raises(InputError, match="is no setting") as error:
        House.open(tmp_path, environ=environ)
    assert error.value.problems[0].path.endswith(place)
    assert "CANARY" not in str(error.value)


def test_the_key_variable_is_no_unknown_setting(tmp_path: Path) -> None:
    assert House.open(tmp_path, environ={"SHIPSKIP_API_KEY": "sk-CANARY1234"}).settings.llm is None


def test_a_settings_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        opened(tmp_path, "samples: 1")
    assert error.value.problems[0].path.endswith("shipskip.toml")


@pytest.mark.parametrize(
    ("url", "resolved"),
    [
        ("sqlite:///runs/a.db", "sqlite:///{root}/runs/a.db"),
        ("sqlite:////var/lib/a.db", "sqlite:////var/lib/a.db"),
        ("postgresql://ada@db/shipskip", "postgresql://ada@db/shipskip"),
    ],
)
def test_relative_databases_start_at_the_workspace(tmp_path: Path, url: str, resolved: str) -> None:
    house = opened(tmp_path, database_url=url)
    assert house.database_url == resolved.format(root=tmp_path.resolve())


def test_parts_are_of_the_workspace(tmp_path: Path) -> None:
    house = opened(tmp_path)
    assert house.dossiers.slugs() == ()
    assert set(house.settings.seats) <= set(house.personas.ids())
    assert "rules.md.j2" in house.prompts.digests
    with house.store(write=True) as store:
        assert list(store.runs(1)) == []
    assert (tmp_path / "runs" / "shipskip.db").is_file()


@pytest.mark.parametrize(
    ("llm", "base_url", "kind", "name"),
    [
        ("openai-chat:gpt-5.5", None, "openai-chat", "gpt-5.5"),
        ("openai:gpt-5.5", None, "openai-chat", "gpt-5.5"),
        ("openai-responses:gpt-5.5", None, "openai-chat", "gpt-5.5"),
        ("anthropic:claude", None, "anthropic", "claude"),
        ("ollama:qwen3:8b", None, "ollama", "qwen3:8b"),
        ("qwen3", "http://localhost:1/v1", "openai-chat", "qwen3"),
        ("qwen3:8b", "http://localhost:1/v1", "openai-chat", "qwen3:8b"),
        ("Qwen/Qwen3-8B", "http://localhost:1/v1", "openai-chat", "Qwen/Qwen3-8B"),
        ("vllm:Qwen/Qwen3-8B", "http://localhost:1/v1", "vllm", "Qwen/Qwen3-8B"),
    ],
)
def test_an_llm_is_named_by_kind_and_name(
    tmp_path: Path, llm: str, base_url: str | None, kind: str, name: str
) -> None:
    found = opened(tmp_path, llm=llm, base_url=base_url).llm()
    assert (found.kind, found.name, found.base_url) == (kind, name, base_url)


@pytest.mark.parametrize("llm", ["gpt-5.5", ":gpt", "kind:"])
def test_a_bare_name_needs_an_address(tmp_path: Path, llm: str) -> None:
    with pytest.raises(InputError, match="not of the form KIND:NAME"):
        opened(tmp_path, llm=llm).llm()


def test_an_address_needs_a_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no llm is named"):
        opened(tmp_path, base_url="http://localhost:1/v1").llm()


@pytest.mark.parametrize("flags", [{}, {"llm": "rubric"}])
def test_without_an_llm_the_rubric_drafts(tmp_path: Path, flags: dict[str, str]) -> None:
    found = opened(tmp_path, **flags, seed=3).llm()
    assert (found.is_rubric, found.seed) == (True, 3)


def test_what_pins_an_answer_reaches_the_llm(tmp_path: Path) -> None:
    pins: dict[str, Any] = {
        "output_mode": "tool", "temperature": 0.5, "max_tokens": 900, "seed": 9,
        "input_price": "0.1", "output_price": "0.2",
    }  # fmt: skip
    found = opened(tmp_path, llm="x", base_url="http://localhost:1/v1", **pins).llm()
    wanted = LlmSettings.model_validate(
        {"kind": "openai-chat", "name": "x", "base_url": "http://localhost:1/v1", **pins}
    )
    assert found == wanted


def test_a_persona_brings_its_own_llm_but_not_to_a_strange_address(tmp_path: Path) -> None:
    persona = make_persona(llm="anthropic:claude")
    house = opened(tmp_path, llm="ollama:qwen3", base_url="http://localhost:1/v1")
    assert house.llm().base_url == "http://localhost:1/v1"
    own = house.llm(persona)
    assert (own.kind, own.name, own.base_url) == ("anthropic", "claude", None)
    same = house.llm(make_persona(llm="ollama:llama3"))
    assert (same.name, same.base_url) == ("llama3", "http://localhost:1/v1")
