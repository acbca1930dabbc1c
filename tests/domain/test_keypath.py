"""Key paths are written one way and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.keypath import KeyPath, dotted, keys_of, texts


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("name",), "name"),
        (("facts", 3, "witnesses", 0, "quote"), "facts[3].witnesses[0].quote"),
        (("price", "facts", 1), "price.facts[1]"),
    ],
)
def test_dotted_and_back(path: KeyPath, text: str) -> None:
    assert dotted(path) == text
    assert keys_of(text) == path


@given(st.lists(st.one_of(st.integers(0, 999), st.from_regex(r"[a-z][a-z_0-9]*", fullmatch=True))))
def test_any_path_of_ours_comes_back(parts: list[str | int]) -> None:
    assert keys_of(dotted(tuple(parts))) == tuple(parts)


def test_keys_of_strangers_cannot_garble_a_terminal() -> None:
    assert dotted(("a\u202eb\x1b[2J",)).isprintable()
    assert len(dotted(("x" * 9999,))) <= 60


def test_texts_are_found_with_their_place() -> None:
    data = {"a": "x", "b": [1, {"c": "y"}, None], "d": {"e": ["z", True]}}
    assert list(texts(data)) == [(("a",), "x"), (("b", 1, "c"), "y"), (("d", "e", 0), "z")]
