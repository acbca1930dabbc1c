import pytest

from panel.errors import InputError
from panel.library.splice import Splice
from panel.library.tree import read_tree

TEXT = """\
name: x  # the name
price:
  entry: null  # none yet
items:
  - id: A
    note: |
      two
      lines

  - id: B   # second
    tags: [a, b]

# closing words
rest: {k: v}"""


def spliced(text: str = TEXT) -> Splice:
    return Splice(text.split("\n"))


def values(splice: Splice) -> object:
    return read_tree("\n".join(splice.text()), path="x", first_line=1).values


def test_items_keep_the_distance_that_the_others_have() -> None:
    splice = spliced()
    splice.append(("items",), [{"id": "C"}], apart=True)
    assert "    tags: [a, b]\n\n  - id: C\n\n# closing words" in "\n".join(splice.text())
    close = Splice(["items:", "- a", "- b"])
    close.append(("items",), ["c", "d"], apart=True)
    assert close.text() == ["items:", "- a", "- b", "- c", "- d"]


def test_an_item_with_a_text_of_several_lines_ends_where_the_text_does() -> None:
    splice = Splice(["items:", "  - |", "    one", "    two", "", "end: 1"])
    splice.append(("items",), ["three"], apart=False)
    assert splice.text() == ["items:", "  - |", "    one", "    two", "  - three", "", "end: 1"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("k: [a, b]  # c", "k: [a, b, x]  # c"),
        ("k: [a, b, ]", "k: [a, b, x]"),
        ("k: [a, # one, two\n  b]", "k: [a, # one, two\n  b, x]"),
        ("k: []  # none", "k:  # none\n  - x"),
        ("k: null", "k:\n  - x"),
        ("k:", "k:\n  - x"),
        ("j: 1", "j: 1\n\nk:\n  - x"),
    ],
)
def test_a_list_of_any_shape_is_added_to(before: str, after: str) -> None:
    splice = spliced(before)
    splice.append(("k",), ["x"], apart=False)
    assert "\n".join(splice.text()) == after


def test_values_are_set_in_place_and_missing_keys_in_order() -> None:
    splice = spliced()
    splice.set(("name",), "y: z")
    splice.set(("price", "entry"), "Free")
    splice.set(("vendor",), "V", after=("slug", "name"))
    text = splice.text()
    assert text[:4] == [
        'name: "y: z"  # the name',
        "vendor: V",
        "price:",
        "  entry: Free  # none yet",
    ]


def test_groups_in_brackets_stay_in_brackets() -> None:
    splice = spliced()
    splice.set(("rest", "k"), "a, b")
    splice.put(("rest", "more"), {"x": "1"})
    assert splice.text()[-1] == 'rest: {k: "a, b", more: {x: "1"}}'


def test_a_group_is_put_under_a_blank_or_missing_key() -> None:
    splice = spliced("a:\n  b: null  # to do\n  c: 1\nsources:\n  - x")
    splice.put(("a", "b"), {"d": 2})
    splice.put(("a", "e"), {"f": 3})
    splice.put(("price",), {"entry": "Free"})
    assert values(splice) == {
        "a": {"b": {"d": 2}, "c": 1, "e": {"f": 3}}, "price": {"entry": "Free"}, "sources": ["x"],
    }  # fmt: skip
    assert splice.has(("a",))
    assert not splice.has(("a", "b"))
    assert not splice.has(("none",))


def test_an_item_makes_room_for_others() -> None:
    splice = spliced()
    splice.remove(("items", 0))
    splice.remove(("items", 1))
    splice.append(("items",), [{"id": "C"}], apart=True)
    text = "\n".join(splice.text())
    assert "items:\n  - id: C\n" in text
    assert "two" not in text
    assert "# closing words" in text


def test_inserted_lines_end_as_the_others_do() -> None:
    splice = Splice(["items:\r", "- a\r"], "\r")
    splice.append(("items",), ["b"], apart=False)
    assert splice.text() == ["items:\r", "- a\r", "- b\r"]


@pytest.mark.parametrize("text", ["k: >\n  long\n  text", "k: {a: 1}"])
def test_what_cannot_be_written_over_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="cannot be added to"):
        spliced(text).set(("k",), "x")
    with pytest.raises(InputError, match="cannot be added to"):
        spliced(text).set(("none", "x"), "x")
    with pytest.raises(InputError, match="cannot be added to"):
        spliced("k: [a]").remove(("k", 0))
