"""Values are closed and frozen, texts are clean, and a digest names content."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from panel.domain.value import (
    RESERVED_SLUGS,
    Line,
    Slug,
    Text,
    Value,
    canonical_json,
    clean_answer,
    digest_of,
    slugify,
    unprintable,
)

LINE, TEXT, SLUG = TypeAdapter[str](Line), TypeAdapter[str](Text), TypeAdapter[str](Slug)


class Box(Value):
    """A small value."""

    b: int
    a: str = "x"


def test_values_are_frozen_and_closed() -> None:
    with pytest.raises(ValidationError):
        Box(b=1).b = 2  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(ValidationError):
        Box.model_validate({"b": 1, "c": 2})


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Qwen3.6-27B", "qwen3-6-27b"),
        ("qwen3-6 27b", "qwen3-6-27b"),
        ("Command A+", "command-a"),
        ("  Müse  Spark! ", "muse-spark"),
        ("../../etc/passwd", "etc-passwd"),
        ("模型", ""),
        ("-" * 99, ""),
        ("a" * 63 + "-b", "a" * 63),
    ],
)
def test_slugify(name: str, slug: str) -> None:
    assert slugify(name) == slug


@given(st.text(max_size=120))
def test_a_slug_made_of_any_name_is_a_slug_or_nothing(name: str) -> None:
    slug = slugify(name)
    assert slug == "" or slug in RESERVED_SLUGS or SLUG.validate_python(slug) == slug


@pytest.mark.parametrize("slug", ["", "A", "a_b", "-a", "a-", "a--b", "a/b", "..", "a\n", "a" * 65,
                                  "api", "con", "nul", "index"])  # fmt: skip
def test_what_is_no_slug_is_refused(slug: str) -> None:
    with pytest.raises(ValidationError):
        SLUG.validate_python(slug)


@pytest.mark.parametrize(
    "char",
    ["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\x00", "\x1b", "\x7f", "\t", "\n", "\r",
     "\u2028", "\U000e0041", "\ue000", "\u2060"],
)  # fmt: skip
def test_a_line_has_no_invisible_character(char: str) -> None:
    with pytest.raises(ValidationError, match="position 5"):
        LINE.validate_python(f"Muse{char}Spark")
    found = unprintable(f"Muse{char}Spark", newlines=False)
    assert found is not None
    assert found[0] == 4


def test_lines_are_stripped_composed_and_never_empty() -> None:
    assert LINE.validate_python("  Cafe\u0301 ") == "Café"
    for empty in ("", "  ", "\u00a0"):
        with pytest.raises(ValidationError):
            LINE.validate_python(empty)
    with pytest.raises(ValidationError):
        LINE.validate_python("x" * 401)


def test_texts_may_have_lines_and_tell_the_line_of_a_fault() -> None:
    assert TEXT.validate_python(" a\nb\n") == "a\nb"
    assert TEXT.validate_python("") == ""
    with pytest.raises(ValidationError, match="its line 3"):
        TEXT.validate_python("a\nb\nc\u202ed")


def test_an_answer_is_folded_to_one_line() -> None:
    assert clean_answer(" a \n\t b\r\nc ") == "a b c"
    with pytest.raises(ValueError, match="invisible"):
        clean_answer("a\u200bb")


def test_canonical_json_is_one_spelling() -> None:
    assert canonical_json(Box(b=1, a="é")) == '{"a":"é","b":1}'
    assert canonical_json({"b": 1, "a": [True, None]}) == '{"a":[true,null],"b":1}'
    with pytest.raises(ValueError, match="Out of range"):
        canonical_json({"a": float("nan")})


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), _JSON))
def test_the_order_of_keys_does_not_change_a_digest(content: dict[str, object]) -> None:
    turned = dict(reversed(content.items()))
    assert digest_of("x", turned) == digest_of("x", content)
    assert json.loads(canonical_json(content)) == content


def test_a_digest_depends_on_kind_and_content() -> None:
    digests = {digest_of(kind, text) for kind in ("a", "b") for text in ("x", "y", "a\nx")}
    assert len(digests) == 6
    assert all(len(digest) == 64 for digest in digests)
    assert digest_of("a", "\ud800") != digest_of("a", "?")


@given(st.text())
def test_clean_text_stays_clean(text: str) -> None:
    if unprintable(text, newlines=False) is None and text.strip() and len(text) <= 200:
        once = LINE.validate_python(text)
        assert LINE.validate_python(once) == once == unicodedata.normalize("NFC", once)
