import pytest

from panel.domain.intake.normal import content_words, licences_clash, meaning


@pytest.mark.parametrize(
    ("attribute", "one", "other", "same"),
    [
        ("licence", "Apache 2.0", "apache-2.0", True),
        ("licence", "closed source", "proprietary", True),
        ("licence", "not open source", "proprietary", True),
        ("licence", "GPL 2", "GPL 3.0", False),
        ("release-date", "8 April 2026", "2026-04-08", True),
        ("release-date", "April 2026", "8 April 2026", True),
        ("release-date", "9 April 2026", "8 April 2026", False),
        ("modalities", "text, images", "image and text", True),
        ("weights", "none", "not released", True),
        ("weights", "none", "undisclosed", False),
        ("context", "128K", "131072", True),
        ("gpu", "Nvidia B200", "a single Nvidia B200", False),
        ("thing", "the", "of", False),
    ],
)
def test_values_that_state_the_same(attribute: str, one: str, other: str, same: bool) -> None:
    first, second = meaning(attribute, one), meaning(attribute, other)
    assert first.same(second) is same
    assert second.same(first) is same


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ("Apache 2.0", "MIT", True),
        ("Apache 2.0", "open source", False),
        ("Llama 4 licence", "open weights", False),
        ("proprietary", "open weights", True),
        ("CC BY 4.0", "CC BY-NC 4.0", True),
        ("permissive", "MIT", False),
    ],
)
def test_licences_that_a_model_cannot_both_have(one: str, other: str, clash: bool) -> None:
    first, second = meaning("licence", one), meaning("licence", other)
    assert licences_clash(first, second) is clash
    assert licences_clash(second, first) is clash


def test_words_without_meaning_and_plurals_do_not_count() -> None:
    assert content_words("The images of a model") == content_words("image model")
    assert content_words("the analysis") == {"analysis"}
