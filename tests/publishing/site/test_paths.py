"""Every address of the site follows one rule."""

import pytest

from panel.publishing.site import paths


def test_a_pair_has_one_address() -> None:
    assert paths.comparison_path("b", "a") == paths.comparison_path("a", "b") == "compare/a/b/"


def test_two_pairs_never_share_an_address() -> None:
    assert paths.comparison_path("x-vs-y", "z") != paths.comparison_path("x", "y-vs-z")


@pytest.mark.parametrize(
    ("path", "file", "up"),
    [
        ("", "index.html", ""),
        ("models/x/", "models/x/index.html", "../../"),
        ("compare/a/b/", "compare/a/b/index.html", "../../../"),
        ("feed.xml", "feed.xml", ""),
    ],
)
def test_a_page_knows_its_file_and_its_way_home(path: str, file: str, up: str) -> None:
    assert paths.file_of(path) == file
    assert paths.up(path) == up


def test_pages_of_one_kind_lie_together() -> None:
    assert paths.model_path("x") == "models/x/"
    assert paths.persona_path("skeptic").startswith(paths.PERSONAS)
    assert paths.digest_path("2026-w47").startswith(paths.DIGESTS)
