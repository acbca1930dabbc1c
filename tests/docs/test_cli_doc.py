import re

import pytest

from tests.docs.reference import AGAIN, cli_page, commands
from tests.docs.tables import first_cells, page, section


def test_the_page_is_the_one_the_commands_make() -> None:
    assert page("cli") == cli_page(), f"write the page again with {AGAIN}"


@pytest.mark.parametrize(("path", "node"), list(commands()))
def test_every_command_option_and_argument_is_explained(path: str, node: object) -> None:
    part = section(page("cli"), f"`{re.escape(path)}`")
    told = first_cells(part.replace("\\|", "/"))
    for param in getattr(node, "params", []):
        if param.name != "help" and param.opts[0].startswith("-"):
            assert set(param.opts) <= told, param.name
            assert param.help, f"{path} {param.name} has no help"


def test_all_the_promised_commands_exist() -> None:
    found = {path.removeprefix("shipskip ") for path, _ in commands()}
    assert {
        "review", "doctor", "config", "schema",
        "dossier check", "dossier show", "dossier list", "dossier new",
        "personas list", "personas show", "personas check",
        "runs list", "runs show", "runs export", "runs verify", "runs replay", "runs resume",
    } <= found  # fmt: skip
