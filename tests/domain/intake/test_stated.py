import datetime as dt
import json
from typing import Any

import pytest

from panel.domain.intake.reading import Kind, Reading
from panel.domain.intake.stated import is_about, stated
from panel.domain.planting import find_plant
from panel.domain.typography import find_folded

DAY = dt.date(2026, 4, 8)


def reading(kind: Kind, text: str, title: str = "Tern 2") -> Reading:
    return Reading(address="a", kind=kind, title=title, read=DAY, sha256="0" * 64, text=text)


def entry(**changes: Any) -> str:
    content = {"id": "kestrel/tern-2", "context_length": 262144,
               "pricing": {"prompt": "0.0000006", "completion": "0.0000024"}}  # fmt: skip
    return json.dumps({**content, **changes}, indent=1)


def values(found: Reading) -> dict[str, tuple[str | None, str | None]]:
    return {one.attribute: (one.value, one.unit) for one in stated(found, "Tern 2", "S4")}


def test_an_entry_states_its_context_and_prices() -> None:
    assert values(reading("listing", entry())) == {
        "context-window": ("262,144", "tokens"),
        "input-price": ("0.60", "USD per million input tokens"),
        "output-price": ("2.40", "USD per million output tokens"),
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"pricing": {"prompt": "-1", "completion": "NaN"}, "context_length": "much"},
        {"pricing": None, "context_length": True},
        {"pricing": {"prompt": "x"}, "context_length": -3},
        {"pricing": [], "context_length": 10**12},
    ],
)
def test_what_is_no_figure_is_not_stated(changes: dict[str, Any]) -> None:
    found = values(reading("listing", entry(**changes)))
    assert set(found) <= {"context-window"}
    assert found.get("context-window", ("1", "tokens")) == ("1", "tokens")


@pytest.mark.parametrize("text", ["[", "[1]", "3", "[" * 100_000])
def test_what_is_no_entry_states_nothing(text: str) -> None:
    assert stated(reading("listing", text), "Tern 2", "S4") == ()


@pytest.mark.parametrize(
    ("head", "licence"),
    [
        ("license: apache-2.0", "Apache 2.0"),
        ('license: "mit"  # ours', "MIT"),
        ("license: other\nlicense_name: kestrel-community", "kestrel-community"),
        ("license: other", None),
        ("license: [mit, apache-2.0]", None),
        ("license:\n- mit", None),
        ("tags: x", None),
    ],
)
def test_a_card_states_its_licence(head: str, licence: str | None) -> None:
    found = values(reading("card", f"{head}\n\n# Tern 2\nlicense: gpl-3.0"))
    assert found.get("licence", (None, None))[0] == licence


def test_a_free_licence_speaks_for_the_model() -> None:
    text = "license: mit\nbase_model: kestrel/tern-1\n\nProse."
    licence, base = stated(reading("card", text), "Tern 2", "S4")
    assert (licence.leaning, licence.standing, licence.source) == ("for", "official", "S4")
    assert (base.attribute, base.value, base.leaning) == ("base-model", "kestrel/tern-1", "neutral")


@pytest.mark.parametrize(
    "found", [reading("card", "license: mit\nbase_model: a/b\n\nx"), reading("listing", entry())]
)
def test_every_quote_stands_in_the_source_and_looks_like_no_plant(found: Reading) -> None:
    told = stated(found, "Tern 2", "S4")
    assert told
    for one in told:
        assert find_folded(one.quote, found.text)
        assert find_plant(one.quote, own_words=False) is None


def test_other_documents_state_nothing_as_data() -> None:
    assert stated(reading("html", "license: mit"), "Tern 2", "S4") == ()


@pytest.mark.parametrize(
    ("title", "own"),
    [
        ("kestrel/Tern-2", True),
        ("Kestrel: Tern 2 (free)", True),
        ("Tern 2", True),
        ("kestrel/Tern-2-GGUF", False),
        ("kestrel/Tern-1", False),
        ("", False),
    ],
)
def test_a_card_of_another_model_is_not_its_own(title: str, own: bool) -> None:
    assert is_about(reading("card", "x", title), "Tern 2", "Kestrel") is own
