"""Lists cut into pages, and the addresses of what has a name."""

import pytest

from panel.publishing.site.listing import listing_name, parts


def test_every_item_is_on_one_page_and_counted_through() -> None:
    found = list(parts(range(250), "leaderboard/"))
    assert [part.path for part in found] == [
        "leaderboard/",
        "leaderboard/page/2/",
        "leaderboard/page/3/",
    ]
    assert [item for part in found for item in part.items] == list(range(250))
    assert [part.begins for part in found] == [1, 101, 201]
    assert {part.total for part in found} == {250}


def test_links_lead_to_both_ends_and_around() -> None:
    part = list(parts(range(1000), "x/"))[5]
    assert [link.label for link in part.links] == ["1", "4", "5", "6", "7", "8", "10"]
    assert [link.path for link in part.links if link.current] == ["x/page/6/"]


@pytest.mark.parametrize("count", [0, 1, 100])
def test_what_fits_is_one_page(count: int) -> None:
    (part,) = parts(range(count), "x/")
    assert (part.path, len(part.items), len(part.links)) == ("x/", count, 1)


def test_names_become_addresses_even_without_a_letter_of_ours() -> None:
    assert listing_name("Open-Weight Language Model") == "open-weight-language-model"
    assert listing_name("open weight language model") == "open-weight-language-model"
    first, second = listing_name("智谱"), listing_name("月之暗面")
    assert len(first) == len(second) == 12
    assert first != second
