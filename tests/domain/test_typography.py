"""The one rule of comparison: what it folds, and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.typography import find_folded, fold, sentences, shingles, words


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("\u201cplain\u201d", '"plain"'),
        ("\u2018plain\u2019", "'plain'"),
        ("a\u2014b \u2013 c \u2212 d", "a-b - c - d"),
        ("a -- b", "a - b"),
        ("so\u2026 on", "so... on"),
        ("14\u00a0billion\u2009\u202f more", "14 billion more"),
        ("  padded \t\n text ", "padded text"),
        ("Stra\u00dfe \ufb01le", "strasse file"),
        ("\U0001d412hip", "ship"),
        ("e\u0301te\u0301", "\u00e9t\u00e9"),
        ("in\u00advisible\u200b", "invisible"),
        ("", ""),
        ("`tick`", "'tick'"),
    ],
)
def test_fold(typed: str, folded: str) -> None:
    assert fold(typed).text == folded


@given(st.text(max_size=60))
def test_every_folded_character_leads_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(
        0 <= one < two <= len(text) for one, two in zip(folded.starts, folded.ends, strict=True)
    )
    assert "  " not in folded.text
    assert folded.text == folded.text.strip(" ")


@given(st.text(alphabet=st.characters(max_codepoint=0x2FF), max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(st.text(min_size=1, max_size=30), st.text(max_size=10), st.text(max_size=10))
def test_a_part_is_found_where_it_stands(part: str, before: str, after: str) -> None:
    place = find_folded(part, f"{before} {part} {after}")
    if place:
        found = f"{before} {part} {after}"[place[0] : place[1]]
        assert fold(found).text == fold(part).text or "-" in fold(part).text


@pytest.mark.parametrize(
    ("needle", "haystack", "expected"),
    [
        ("b-c", "a b \u2014 c d", "b \u2014 c"),
        ("b \u2013 c", "a b-c d", "b-c"),
        (
            "completely closed-no free copy, no open parts-following",
            "It is completely closed\u2014no free copy, no open parts\u2014following them.",
            "completely closed\u2014no free copy, no open parts\u2014following",
        ),
        ("THE Record", "see the  record here", "the  record"),
        ("gone", "not here", None),
        ("   ", "not here", None),
        ("-", "a b", None),
    ],
)
def test_find_folded(needle: str, haystack: str, expected: str | None) -> None:
    place = find_folded(needle, haystack)
    assert (haystack[slice(*place)] if place else None) == expected


def test_words_know_their_place() -> None:
    text = "Qwen3.6 \u2014 \u201cfast\u201d"
    assert [word.text for word in words(text)] == ["qwen3", "6", "fast"]
    assert [text[word.start : word.end] for word in words(text)] == ["Qwen3", "6", "fast"]


def test_shingles() -> None:
    assert shingles("A b, c d", 3) == {("a", "b", "c"), ("b", "c", "d")}
    assert shingles("a b", 3) == frozenset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", " Two!", " Three?"]),
        ("It is Apache 2.0 now. Next.", ["It is Apache 2.0 now.", " Next."]),
        ("See e.g. this one. Next", ["See e.g. this one.", " Next"]),
        ("He said \u201cstop.\u201d Next.", ["He said \u201cstop.\u201d", " Next."]),
        ("\u4e00\u3002\u4e8c\u3002", ["\u4e00\u3002", "\u4e8c\u3002"]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected
