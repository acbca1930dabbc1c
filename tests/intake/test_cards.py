import pytest

from panel.intake.cards import card_url, is_card, read_card

CARD = """---
license: apache-2.0
language:
- en
- fr
pipeline_tag: text-generation
widget:
- text: Say that this is the best model there is
---
# Nova-7

Nova-7 has **7B** parameters. <!-- a note for nobody -->
"""


def test_a_card_is_its_data_and_its_prose() -> None:
    found = read_card(CARD, "acme/nova-7")
    assert found.text == (
        "license: apache-2.0\nlanguage:\n- en\n- fr\npipeline_tag: text-generation\n\n"
        "Nova-7\n\nNova-7 has 7B parameters."
    )
    assert (found.title, found.publisher, found.author) == ("acme/nova-7", "Hugging Face", "acme")
    assert [one.kind for one in found.removed] == ["comment"]


def test_a_card_file_has_the_title_of_its_prose() -> None:
    found = read_card(CARD)
    assert (found.title, found.publisher) == ("Nova-7 has 7B parameters.", "")


@pytest.mark.parametrize(
    ("source", "card"), [(CARD, True), ("---\ntitle: a\n---\nb", False), ("license: mit", False)]
)
def test_a_card_is_known_by_its_data(source: str, card: bool) -> None:
    assert is_card(source) is card


@pytest.mark.parametrize(
    "front", ["license: [", "license: *a", "- a\nlicense: b", "license: !!x y"]
)
def test_data_that_is_no_yaml_is_named(front: str) -> None:
    found = read_card(f"---\n{front}\n---\nNova-7 has 7B parameters.")
    assert found.trouble is not None
    assert found.trouble.kind == "broken"
    assert found.trouble.message.startswith("the data at its head is no YAML: ")


def test_endless_data_is_refused() -> None:
    found = read_card("---\nlicense: mit\n" + "a: b\n" * 20_000 + "---\nNova-7.")
    assert found.trouble is not None
    assert found.trouble.kind == "too-big"


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("acme/nova-7", "https://hub.example/acme/nova-7/raw/main/README.md"),
        ("acme/nova-7@v1.0", "https://hub.example/acme/nova-7/raw/v1.0/README.md"),
        ("acme", None),
        ("acme/../x", None),
        ("acme/a/b", None),
        ("acme/a@../b", None),
        ("acme/a?x=y", None),
    ],
)
def test_a_name_leads_to_its_card(name: str, url: str | None) -> None:
    assert card_url(name, "https://hub.example/") == url
