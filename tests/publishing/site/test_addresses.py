"""What is remembered of addresses, and where moved ones lead."""

from pathlib import Path

import pytest

from panel.errors import InputError
from panel.publishing.site.addresses import Addresses, lasting, moves, read_addresses, remember


def test_addresses_are_remembered_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "runs" / "addresses.txt"
    assert read_addresses(path) == Addresses()
    remember(path, ["models/a/index.html", "assets/site.123.css", "search/a.json"])
    remember(path, ["models/b/index.html"])
    assert read_addresses(path).known == {"models/a/index.html", "models/b/index.html"}
    assert path.read_text(encoding="utf-8").splitlines() == sorted(read_addresses(path).known)
    assert [one.name for one in path.parent.iterdir()] == ["addresses.txt"]


def test_what_readers_see_is_known_besides(tmp_path: Path) -> None:
    found = Addresses(frozenset({"a"})).with_known(["b"], tmp_path)
    assert (found.known, found.folder) == ({"a", "b"}, tmp_path)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("models/a/index.html", True),
        ("models/a/card.png", True),
        ("feeds/atom.xml", True),
        ("search/a.json", False),
        ("assets/site.1.css", False),
    ],
)
def test_what_people_link_to_lasts(path: str, expected: bool) -> None:
    assert lasting(path) is expected


def test_moves_are_followed_to_their_end() -> None:
    assert moves(["a:b", "b : c", "x:y"]) == {"a": "c", "b": "c", "x": "y"}
    assert moves([]) == {}


@pytest.mark.parametrize("listed", [["a:b", "b:a"], ["a:a"], ["a:b", "b:c", "c:b"]])
def test_a_circle_is_refused_and_named(listed: list[str]) -> None:
    with pytest.raises(InputError, match=r"circle: .*->"):
        moves(listed)


@pytest.mark.parametrize("listed", [["a"], ["a:"], [":b"], ["a:b", "a:c"]])
def test_what_is_no_move_is_refused(listed: list[str]) -> None:
    with pytest.raises(InputError, match="OLD:NEW"):
        moves(listed)
