import pytest

from panel.domain.intake.walls import LANGUAGES, emptiness, foreignness, wall, words_in

ARTICLE = "Nova-7 is out with open weights, and its maker says that it reads long files. " * 30


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("a bb ccc", 2), ("模型已发布", 5), ("v1 2 3", 0), ("Nova 7模型", 3)],
)
def test_words_are_counted(text: str, count: int) -> None:
    assert words_in(text) == count


@pytest.mark.parametrize("text", ["", ":", "Thought process:", "3 4 5 6", "one two three"])
def test_a_text_without_words_is_empty(text: str) -> None:
    found = emptiness(text)
    assert found is not None
    assert found.kind == "empty"


def test_a_short_statement_is_not_empty() -> None:
    assert emptiness("There are no weights.") is None


def test_another_language_is_named() -> None:
    found = foreignness("Das Modell ist da und die Gewichte sind offen, wie es die Macher sagten.")
    assert found is not None
    assert found.message == "the text is not in English but in German"
    assert foreignness(ARTICLE, declared="de") is None
    assert foreignness("Nova-7", declared="fr") is not None
    assert set(LANGUAGES.values()) >= {"German", "Chinese"}


@pytest.mark.parametrize(
    "ending",
    [
        "Subscribe to continue reading.",
        "Sign in to continue.",
        "Page not found.",
        "Enable JavaScript.",
        "Accept all cookies on your device.",
    ],
)
def test_a_whole_article_is_no_wall_whatever_it_ends_with(ending: str) -> None:
    assert wall("Nova-7", ARTICLE + ending, ARTICLE + ending) is None


def test_a_page_that_says_it_is_not_free_is_a_paywall_only_when_short() -> None:
    teaser = "Nova-7 is out with open weights."
    found = wall("Nova-7", teaser, teaser, locked=True)
    assert found is not None
    assert found.kind == "paywall"
    assert wall("Nova-7", ARTICLE, ARTICLE, locked=True) is None


def test_what_an_extractor_left_out_is_looked_at_when_nothing_else_is_there() -> None:
    found = wall("", "", "Please verify you are human to go on")
    assert found is not None
    assert found.kind == "bot-wall"
