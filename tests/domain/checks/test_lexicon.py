"""The word lists are data: lower case where they are compared so, and free of contradictions."""

import pytest

from panel.domain.checks import lexicon


@pytest.mark.parametrize("name", ["COMMON_WORDS", "ACRONYMS", "PLAIN_TOKENS", "MONTHS_AND_DAYS"])
def test_words_are_compared_in_lower_case(name: str) -> None:
    words: frozenset[str] = getattr(lexicon, name)
    assert words
    assert all(word == word.lower() == word.strip() for word in words)


def test_no_family_of_models_passes_as_a_harmless_acronym() -> None:
    assert not {*lexicon.FAMILIES, *lexicon.VENDORS} & (lexicon.ACRONYMS | lexicon.PLAIN_TOKENS)


def test_a_licence_is_open_or_closed_never_both() -> None:
    assert not lexicon.OPEN & lexicon.CLOSED
