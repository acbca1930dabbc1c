"""Nobody the persona knows has used the model either; what they could do may be said."""

import pytest

from tests.domain.checks.bench import flags_of, found

TOLD = (
    "My evening class put Tern 2 to work and the room lit up.",
    "One of my students photographed two jars and got a nutritional comparison.",
    "My class made a short film with it.",
    "Last week the class loaded it on a laptop.",
    "A friend who uses it daily says so.",
    "Our team deployed it in May.",
    "Our team deployed in May.",
    "A client of mine switched last month.",
    "A client of mine switched to it.",
    "My neighbour runs it on an old card.",
    "A colleague has been running it for a week.",
    "Two of my students have tried the app.",
    "My crew loved it.",
    "The room loved it.",
    "My students are using it for scripts.",
    "Everyone I know uses it.",
    "The retired surveyor built a page with it.",
    "The cooks in my class used the app to plan a menu.",
    "A neighbour of mine pays for it.",
    "My daughter asked it for a poem.",
    "My sister showed it two photos and got a recipe.",
    "My team uses it for triage.",
    "Our engineers tried the endpoint.",
    "My clients have switched to the API.",
    "My class had it running by nine.",
)

HARMLESS = (
    "A class could make a short film with it.",
    "My students would use it on Monday.",
    "If my class used it, the buses would stop.",
    "My students once lost a term of work to a plug-in.",
    "None of my students used it.",
    "My class has not touched it.",
    "My room is full of makers.",
    "On Monday my class could download something large and then sit looking at it.",
    "The team behind it released it in May.",
    "Unlike the paid tools my students know, nobody had to reach for a card.",
    "My readers pay for their own cards.",
    "My readers like it plain.",
    "My students wrote to the maker and got no answer.",
    "Ask a friend who uses it.",
    "Our team switched vendors twice last year.",
    "My clients ask for invoices.",
    "The class that I teach would love it.",
    "My clients would be using it within a week.",
    "Somebody I know would try it.",
    "The studio that runs it on its own card knows the cost.",
    "A team that runs it knows the cost.",
    "A weekly writes that 'our team deployed it' and gives no date.",
)


@pytest.mark.parametrize("said", TOLD)
def test_an_experience_of_others_blocks(said: str) -> None:
    flags = [flag for flag in flags_of(said) if flag.kind == "first-hand"]
    assert len(flags) == 1
    assert flags[0].severity == "blocks"


@pytest.mark.parametrize("said", HARMLESS)
def test_what_could_be_and_what_has_another_object_is_fine(said: str) -> None:
    assert found("first-hand", said) == []
