"""The containers: no engine is needed to see that every name and command in them exists."""

import json
import re
from typing import Any

import pytest
import yaml

from panel.settings import ENV_PREFIX, Settings
from tests.docs.pages import ROOT, page
from tests.docs.test_docs import wrong

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
HOW_TO = page("docs/how-to/many-machines.md").text
OURS = [name for name, service in SERVICES.items() if "build" in service]


def instructions(name: str) -> list[str]:
    """What stands behind an instruction of the Dockerfile."""
    return re.findall(rf"^{name} (.+)$", DOCKERFILE, re.MULTILINE)


def test_there_are_a_database_three_workers_and_any_command() -> None:
    assert set(SERVICES) == {"database", "worker", "shipskip"}
    assert SERVICES["worker"]["deploy"]["replicas"] == 3
    assert SERVICES["shipskip"]["profiles"], "`docker compose up` would start it"


@pytest.mark.parametrize("name", OURS)
def test_every_service_of_ours_runs_a_command_that_exists(name: str) -> None:
    (entry,) = (json.loads(words) for words in instructions("ENTRYPOINT"))
    command = " ".join([*entry, *SERVICES[name].get("command", ["runs", "list"])])
    assert not wrong(command, whole=True)


@pytest.mark.parametrize("name", OURS)
def test_every_service_of_ours_finds_its_workspace_and_its_database(name: str) -> None:
    service = SERVICES[name]
    assert instructions("WORKDIR")[-1] == service["working_dir"] == "/desk"
    assert service["volumes"] == [".:/desk"]
    settings = {f"{ENV_PREFIX}{field}".upper() for field in Settings.model_fields}
    assert set(service["environment"]) <= settings
    database = SERVICES["database"]["environment"]
    url = service["environment"]["SHIPSKIP_DATABASE_URL"]
    user, password, name = (database[f"POSTGRES_{part}"] for part in ("USER", "PASSWORD", "DB"))
    assert url == f"postgresql://{user}:{password}@database/{name}"
    assert set(service["depends_on"]) <= set(SERVICES)


def test_every_volume_is_declared() -> None:
    named = [volume.split(":")[0] for one in SERVICES.values() for volume in one["volumes"]]
    assert {name for name in named if name != "."} == set(COMPOSE["volumes"])


def test_everything_that_is_copied_into_the_image_is_there() -> None:
    for line in instructions("COPY"):
        *sources, _ = line.split()
        for source in sources:
            assert (ROOT / source).exists(), source


def test_what_is_to_be_set_is_told_in_the_how_to() -> None:
    wanted = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "compose.yaml").read_text(encoding="utf-8")))
    assert wanted == {"POSTGRES_PASSWORD", "DATABASE_ADDRESS"}
    assert all(name in HOW_TO for name in wanted)


def test_the_how_to_names_services_that_exist() -> None:
    calls = re.findall(r"docker compose (up|run|logs|build)\b([^`\n#]*)", HOW_TO)
    assert {verb for verb, _ in calls} == {"up", "run", "logs", "build"}
    for verb, rest in calls:
        words = [word for word in rest.split() if word not in {"-d", "--rm", "--scale"}]
        named = words[:1] if verb == "run" else words
        assert {word.partition("=")[0] for word in named} <= set(SERVICES), rest
