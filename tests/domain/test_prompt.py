from typing import Any

import pytest
from pydantic import ValidationError

from panel.domain.prompt import Prompt
from panel.domain.value import digest_of


def make_prompt(**changes: Any) -> Prompt:
    content: dict[str, Any] = {
        "rules": "Judge by your lens.",
        "dossier": "mark\nF1 A fact.\nmark",
        "persona": "You are The Developer.",
        "fence": "mark",
        "fact_ids": ("F1", "F2"),
        "made_of": {"rules.md.j2": digest_of("template", "rules")},
    }
    return Prompt.model_validate({**content, **changes})


def test_the_digest_of_a_prompt_is_pinned() -> None:
    assert make_prompt().digest.startswith("ae36d4a8cb1c9b41")


@pytest.mark.parametrize(
    "change",
    [
        {"rules": "Judge by your lens!"},
        {"dossier": "mark\nF1 A fact. \nmark"},
        {"persona": "You are The Skeptic."},
        {"fence": "other"},
        {"fact_ids": ("F2", "F1")},
        {"made_of": {}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_byte_of_a_prompt_is_in_its_digest(change: dict[str, Any]) -> None:
    assert make_prompt(**change).digest != make_prompt().digest


def test_white_space_is_kept_as_it_is() -> None:
    assert make_prompt(rules="  two\n\nparts \n").rules == "  two\n\nparts \n"


def test_a_prompt_survives_its_json() -> None:
    prompt = make_prompt()
    again = Prompt.model_validate_json(prompt.model_dump_json())
    assert again == prompt
    assert again.digest == prompt.digest


def test_the_order_of_the_ingredients_does_not_matter() -> None:
    one, two = digest_of("template", "one"), digest_of("template", "two")
    forwards = make_prompt(made_of={"a": one, "b": two})
    backwards = make_prompt(made_of={"b": two, "a": one})
    assert forwards.digest == backwards.digest


@pytest.mark.parametrize("made_of", [{"rules": "not a digest"}, {"rules": "A" * 64}])
def test_ingredients_are_named_by_digest(made_of: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="made_of"):
        make_prompt(made_of=made_of)


def test_a_changed_copy_has_a_body_and_a_name_of_its_own() -> None:
    prompt = make_prompt()
    assert prompt.digest == digest_of("prompt", prompt)
    changed = prompt.model_copy(update={"rules": "Be kind."})
    assert changed.body == make_prompt(rules="Be kind.").body != prompt.body
    assert changed.digest == make_prompt(rules="Be kind.").digest
