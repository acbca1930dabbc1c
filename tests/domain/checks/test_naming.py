"""Names of the lexicon are found with their version, and found again however they are joined."""

import pytest

from panel.domain.checks import lexicon
from panel.domain.checks.naming import is_named_in, names


@pytest.mark.parametrize(
    ("text", "word", "sort"),
    [
        ("beside GPT-5.4 it", "GPT-5.4", "family"),
        ("beside Claude Opus 4.7 it", "Claude Opus 4.7", "family"),
        ("beside Llama 3.3 70B it", "Llama 3.3", "family"),
        ("beside Qwen3.6-35B-A3B it", "Qwen3.6-35B-A3B", "family"),
        ("says Anthropic today", "Anthropic", "vendor"),
        ("on Terminal-Bench it", "Terminal-Bench", "benchmark"),
        ("on Humanity\u2019s Last Exam it", "Humanity\u2019s Last Exam", "benchmark"),
        ("under Apache\u20112.0 it", "Apache\u20112.0", "licence"),
        ("is open\u2011sourced now", "open\u2011sourced", "licence"),
        ("on an A100 it", "A100", "mixed"),
    ],
)
def test_names(text: str, word: str, sort: str) -> None:
    first = names(text)[0]
    assert (text[first.start : first.end], first.sort) == (word, sort)


@pytest.mark.parametrize(
    "text",
    ["a step in a seed of a meta claim", "ollama runs it", "a sonnet and a haiku", "the commit"],
)
def test_common_words_are_no_names(text: str) -> None:
    assert names(text) == ()


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("gemma4-31b", "beats gemma 4 31b now", True),
        ("gpt-5", "beats gpt-5.4 now", False),
        ("gpt-5", "beats gpt-5.", True),
        ("llama 4", "runs on ollama 4", False),
        ("\u03b2", "nothing here", False),
    ],
)
def test_a_name_however_its_parts_are_joined(name: str, text: str, *, found: bool) -> None:
    assert is_named_in(text, name) == found


def test_the_lists_are_folded_and_free_of_repeats() -> None:
    for listed in (lexicon.FAMILIES, lexicon.VENDORS):
        assert len(set(listed)) == len(listed)
        assert all(name == name.casefold() for name in listed)
    for kinds in (lexicon.BENCHMARKS, lexicon.LICENCES):
        assert len({kind for kind, _, _ in kinds}) == len(kinds)
    assert set(lexicon.IMPLIED) <= {kind for kind, _, _ in lexicon.LICENCES}
    assert lexicon.OPEN.isdisjoint(lexicon.CLOSED)
